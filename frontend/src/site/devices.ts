// The device check: what there is, what the person chose, and what goes wrong, in words.

import { digits, word } from "../control/words";
import { find } from "./facts";
import { Meter } from "./meter";

const REMEMBERED = "shonglap-devices";

export interface Choice {
  camera: string;
  microphone: string;
  weak: boolean;
}

const preview = () => find<HTMLVideoElement>("preview");
const meter = new Meter(() => say("heard"));
let stream: MediaStream | null = null;

export const has = { camera: false, microphone: false };

export function choice(): Choice {
  return {
    camera: find<HTMLSelectElement>("camera").value,
    microphone: find<HTMLSelectElement>("microphone").value,
    weak: find<HTMLInputElement>("weak-line").checked,
  };
}

export function listenForCheck(): void {
  const kept = JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}") as Partial<Choice>;
  find<HTMLInputElement>("weak-line").checked = kept.weak ?? false;
  find("check-begin").addEventListener("click", () => void check(kept));
  for (const id of ["camera", "microphone"]) find(id).addEventListener("change", () => void check(choice()));
  find("test-sound").addEventListener("click", () => void meter.playTone());
}

/** Ask for both; where one is missing, for the other; and say what came of it. */
export async function check(wish: Partial<Choice>): Promise<void> {
  endCheck();
  if (!navigator.mediaDevices) return finish("no_secure_page");
  let said = "good";
  try {
    stream = await open(wish, true, true);
  } catch (problem) {
    const reason = reasonOf(problem);
    if (reason !== "none_found" && reason !== "in_use") return finish(reason);
    said = await openOne(wish, reason);
  }
  await showDevices();
  showStream();
  finish(said);
}

async function openOne(wish: Partial<Choice>, reason: string): Promise<string> {
  stream = await open(wish, false, true).catch(() => null);
  if (stream) return reason === "in_use" ? reason : "no_camera";
  stream = await open(wish, true, false).catch(() => null);
  if (stream) return reason === "in_use" ? reason : "no_microphone";
  return reason;
}

function open(wish: Partial<Choice>, camera: boolean, microphone: boolean): Promise<MediaStream> {
  const video = { ...(wish.camera ? { deviceId: wish.camera } : {}), width: { ideal: 1280 }, height: { ideal: 720 } };
  const audio = wish.microphone ? { deviceId: wish.microphone } : true;
  return navigator.mediaDevices.getUserMedia({ video: camera && video, audio: microphone && audio });
}

function reasonOf(problem: unknown): string {
  const name = problem instanceof DOMException ? problem.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none_found";
  return name === "NotReadableError" || name === "AbortError" ? "in_use" : "failed";
}

/** Whatever the check found, the person may join: at least to see and hear. */
function finish(said: string): void {
  has.camera = Boolean(stream?.getVideoTracks().length);
  has.microphone = Boolean(stream?.getAudioTracks().length);
  say(said);
  find("check-result").classList.toggle("check__result--bad", said !== "good");
  find("check-devices").hidden = !stream;
  find("join").hidden = false;
  if (stream) localStorage.setItem(REMEMBERED, JSON.stringify(choice()));
}

function say(name: string): void {
  const speak = name === "good" && has.microphone ? ` ${word("speak")}` : "";
  find("check-result").textContent = name === "heard" ? `${word("good")} ${word("heard")}` : word(name) + speak;
}

function showStream(): void {
  preview().srcObject = stream;
  if (stream?.getAudioTracks().length) meter.follow(stream);
}

/** Names of devices are only told once one of them may be used. */
async function showDevices(): Promise<void> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  fill("camera", devices.filter((device) => device.kind === "videoinput"), stream?.getVideoTracks()[0]);
  fill("microphone", devices.filter((device) => device.kind === "audioinput"), stream?.getAudioTracks()[0]);
}

function fill(id: string, devices: MediaDeviceInfo[], used: MediaStreamTrack | undefined): void {
  const list = find<HTMLSelectElement>(id);
  list.replaceChildren(
    ...devices.map((device, place) => {
      const unnamed = word("device_number", { kind: word(id), number: digits(place + 1) });
      return new Option(device.label || unnamed, device.deviceId);
    }),
  );
  const current = used?.getSettings().deviceId;
  if (current) list.value = current;
  list.disabled = devices.length === 0;
}

/** Give camera and microphone back, so that the conference (or another program) can have them. */
export function endCheck(): void {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  meter.rest();
  preview().srcObject = null;
}
