// The person's own controls: microphone, camera, hand, screen, leave.

import { say } from "../control/press";
import { post } from "../control/server";
import { word } from "../control/words";
import { isWanted, leave, openMicrophone, room, wishes } from "./conference";
import { facts, find, main } from "./facts";

export function listenForButtons(): void {
  find("toggle-share").hidden = !("getDisplayMedia" in (navigator.mediaDevices ?? {}));
  press("toggle-microphone", async () => {
    wishes.microphone = !room.localParticipant.isMicrophoneEnabled;
    await openMicrophone();
  });
  press("toggle-camera", async () => {
    wishes.camera = !room.localParticipant.isCameraEnabled;
    await room.localParticipant.setCameraEnabled(wishes.camera);
  });
  press("toggle-share", async () => {
    await room.localParticipant.setScreenShareEnabled(!room.localParticipant.isScreenShareEnabled, { audio: true });
  });
  press("toggle-hand", raiseHand);
  press("leave", leave);
}

/** What the browser refuses (a screen not chosen, a camera unplugged) leaves the button as it was. */
function press(id: string, act: () => Promise<void>): void {
  const button = find<HTMLButtonElement>(id);
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    void act()
      .catch((problem: unknown) => {
        if (!(problem instanceof DOMException && id === "toggle-share")) say(word("failed"), true);
      })
      .finally(() => {
        button.removeAttribute("aria-busy");
        showButtons();
      });
  });
}

async function raiseHand(): Promise<void> {
  const body = new FormData();
  body.set("raised", facts.hand ? "0" : "1");
  const answer = await post(main.dataset["hand"] ?? "", body).catch(() => null);
  if (answer?.ok) facts.hand = !facts.hand;
  else say(answer?.message || word("not_sent"), true);
}

export function showButtons(): void {
  const own = room.localParticipant;
  const microphone = facts.muted ? "microphone_muted" : own.isMicrophoneEnabled ? "microphone_on" : "microphone_off";
  show("toggle-microphone", microphone, own.isMicrophoneEnabled && !facts.muted);
  find<HTMLButtonElement>("toggle-microphone").disabled = facts.muted;
  show("toggle-camera", own.isCameraEnabled ? "camera_on" : "camera_off", own.isCameraEnabled);
  show("toggle-hand", facts.hand ? "hand_up" : "hand_down", facts.hand);
  show("toggle-share", own.isScreenShareEnabled ? "share_on" : "share_off", own.isScreenShareEnabled);
  const open = facts.phase === "open";
  if (facts.on_air) find("join").hidden = false; // a reopened page is waited for: no time for a check
  find("join").toggleAttribute("disabled", isWanted() || !open);
}

function show(id: string, words: string, pressed: boolean): void {
  const button = find(id);
  const label = button.querySelector("[data-words]");
  if (label && label.textContent !== word(words)) label.textContent = word(words);
  button.setAttribute("aria-pressed", String(pressed));
}
