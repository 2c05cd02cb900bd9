// In and out of the conference. A lost line is taken up again without anybody pressing anything.

import {
  ConnectionState, DisconnectReason, Room, RoomEvent, VideoPresets,
  type ConnectionQuality, type Participant,
} from "livekit-client";
import { post } from "../control/server";
import { say } from "../control/press";
import { digits, word } from "../control/words";
import { choice, endCheck, has } from "./devices";
import { facts, find, main } from "./facts";
import { attachSound, choose, listenForPages, place, showTiles } from "./tiles";

interface Entry {
  address: string;
  token: string;
}

export const room = new Room({
  dynacast: true,
  disconnectOnPageLeave: true,
  publishDefaults: { simulcast: true, videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360] },
});

const KEPT = `shonglap-joined-${main.dataset["place"] ?? ""}`;
let wanted = false;
let attempts = 0;
let changed: () => void = () => undefined;

export const wishes = { microphone: true, camera: true };

/** `whenChanged` is called after whatever the buttons of the page show. */
export function listenToConference(whenChanged: () => void): void {
  changed = whenChanged;
  room
    .on(RoomEvent.TrackPublished, choose)
    .on(RoomEvent.ParticipantConnected, () => showTiles(room))
    .on(RoomEvent.TrackSubscribed, (_track, publication, participant) => {
      attachSound(publication);
      place(publication, participant.identity);
    })
    .on(RoomEvent.TrackUnsubscribed, (track) => track.detach().forEach((element) => element.remove()))
    .on(RoomEvent.LocalTrackPublished, (publication) => {
      place(publication, facts.identity);
      changed();
    })
    .on(RoomEvent.LocalTrackUnpublished, (publication) => {
      publication.track?.detach().forEach((element) => element.remove());
      changed();
    })
    .on(RoomEvent.TrackMuted, () => changed())
    .on(RoomEvent.TrackUnmuted, () => changed())
    .on(RoomEvent.AudioPlaybackStatusChanged, showSoundButton)
    .on(RoomEvent.ConnectionQualityChanged, showQuality)
    .on(RoomEvent.Reconnecting, () => say(word("reconnecting"), true))
    .on(RoomEvent.Reconnected, () => tellConnected())
    .on(RoomEvent.Disconnected, (reason) => void afterLoss(reason));
  find("start-sound").addEventListener("click", () => void room.startAudio());
  listenForPages(room);
  listenForReturn();
}

export function wasJoined(): boolean {
  return sessionStorage.getItem(KEPT) === "yes";
}

export function isWanted(): boolean {
  return wanted;
}

export async function join(): Promise<void> {
  wanted = true;
  if (room.state !== ConnectionState.Disconnected) return;
  say(word("joining"));
  try {
    const entry = await post<Entry>(main.dataset["token"] ?? "");
    if (!entry.ok) return refused(entry.message);
    await room.connect(entry.address, entry.token, { autoSubscribe: false });
  } catch {
    return tryAgain();
  }
  attempts = 0;
  sessionStorage.setItem(KEPT, "yes");
  main.dataset["joined"] = "yes";
  tellConnected();
  showTiles(room);
  await publish();
}

/** The server says no: the state of the dialogue, or the host. The page says which; nobody asks again. */
function refused(message: string): void {
  wanted = false;
  main.dataset["joined"] = "no";
  say("");
  say(message, true);
}

/** Own camera and microphone, as far as there are any and the person wants them. */
async function publish(): Promise<void> {
  const chosen = choice();
  endCheck();
  const size = chosen.weak ? VideoPresets.h360 : VideoPresets.h720;
  const camera = { resolution: size.resolution, ...(chosen.camera ? { deviceId: chosen.camera } : {}) };
  const microphone = chosen.microphone ? { deviceId: chosen.microphone } : undefined;
  const unknown = wasJoined() && !has.camera && !has.microphone; // after a reload nothing was checked
  if (has.microphone || unknown) await openMicrophone(microphone).catch(() => undefined);
  if (has.camera || unknown) {
    await room.localParticipant.setCameraEnabled(wishes.camera, camera).catch(() => undefined);
  }
  showTiles(room);
  changed();
}

export async function openMicrophone(options?: { deviceId: string }): Promise<void> {
  const open = wishes.microphone && !facts.muted;
  if (open || room.localParticipant.isMicrophoneEnabled) {
    await room.localParticipant.setMicrophoneEnabled(open, options);
  }
}

function tellConnected(): void {
  say("", true);
  say(word("connected"));
  showSoundButton();
}

function showSoundButton(): void {
  find("start-sound").hidden = room.canPlaybackAudio;
}

function showQuality(quality: ConnectionQuality, participant: Participant): void {
  if (participant.isLocal && word(`quality_${quality}`)) say(word(`quality_${quality}`));
}

async function afterLoss(reason: DisconnectReason | undefined): Promise<void> {
  const elsewhere = reason === DisconnectReason.DUPLICATE_IDENTITY;
  main.dataset["joined"] = elsewhere ? "elsewhere" : "no";
  say(""); // how good the line was
  changed();
  if (elsewhere) return leaveTo("elsewhere");
  if (!wanted) return; // `leave` says what is to be said
  if (reason === DisconnectReason.CLIENT_INITIATED) return; // the page was put away: `listenForReturn`
  if (reason === DisconnectReason.PARTICIPANT_REMOVED) return leaveTo("left");
  await tryAgain();
}

/** A phone put the page to sleep, or the way back led to it: go on as before. */
function listenForReturn(): void {
  const back = (): void => {
    if (wanted && document.visibilityState === "visible") void join();
  };
  document.addEventListener("visibilitychange", back);
  window.addEventListener("pageshow", back);
}

function leaveTo(words: string): void {
  wanted = false;
  sessionStorage.removeItem(KEPT);
  find("join").hidden = false;
  say(word(words), words === "elsewhere");
}

async function tryAgain(): Promise<void> {
  attempts += 1;
  for (let left = Math.min(attempts * 2, 10); left > 0 && wanted; left -= 1) {
    say(word("try_again_in", { seconds: digits(left) }), true);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  if (wanted) await join();
}

export async function leave(): Promise<void> {
  wanted = false;
  await room.disconnect();
  leaveTo("left");
}
