// The picture that the public sees, played from the same files.

import type Hls from "hls.js/light";

let player: Hls | null = null;
let playing = false;

const video = () => document.getElementById("monitor") as HTMLVideoElement | null;

/** Begin as soon as there is something to see; the last picture stays when the programme is over. */
export function followStream(): void {
  const stream = document.querySelector<HTMLElement>("[data-stream]")?.dataset["stream"];
  const there = stream === "on" || stream === "silent";
  document.getElementById("monitor-empty")?.toggleAttribute("hidden", there || playing);
  if (there && !playing) void play();
  if (!there && playing && stream === "off") stop();
}

async function play(): Promise<void> {
  const element = video();
  const address = element?.dataset["playlist"];
  if (!element || !address) return;
  playing = true;
  const { default: Player } = await import("hls.js/light");
  if (!Player.isSupported()) {
    element.src = address;
    return showSoundButton(element);
  }
  player = new Player({ liveSyncDurationCount: 2, maxBufferLength: 12, backBufferLength: 10, capLevelToPlayerSize: true });
  player.on(Player.Events.ERROR, (_event, error) => {
    if (error.fatal) again();
  });
  player.on(Player.Events.MANIFEST_PARSED, () => void element.play().catch(() => undefined));
  player.loadSource(address);
  player.attachMedia(element);
  showSoundButton(element);
}

function stop(): void {
  player?.destroy();
  player = null;
  playing = false;
}

/** The playlist may not be there yet, or the programme restarts: come back shortly. */
function again(): void {
  player?.destroy();
  player = null;
  setTimeout(() => {
    playing = false;
    followStream();
  }, 2000);
}

function showSoundButton(element: HTMLVideoElement): void {
  const button = document.getElementById("monitor-sound");
  if (!button || !button.hidden) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    element.muted = !element.muted;
    button.setAttribute("aria-pressed", String(!element.muted));
  });
}
