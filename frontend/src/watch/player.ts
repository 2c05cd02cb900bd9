// The live picture. hls.js is fetched only when somebody presses play; Safari plays by itself.

import type Hls from "hls.js";

export interface Said {
  stalled: string;
}

export class LivePlayer {
  private readonly box: HTMLElement;
  private readonly video: HTMLVideoElement;
  private readonly button: HTMLButtonElement;
  private readonly trouble: HTMLElement;
  private readonly words: Said;
  private hls: Hls | null = null;
  private wanted = "auto";
  private playing = false;

  constructor(box: HTMLElement, trouble: HTMLElement, words: Said) {
    this.box = box;
    this.video = box.querySelector("video")!;
    this.button = box.querySelector("[data-play]")!;
    this.trouble = trouble;
    this.words = words;
    this.button.addEventListener("click", () => void this.play());
    this.video.addEventListener("playing", () => this.say(""));
    this.video.addEventListener("waiting", () => this.playing && this.say(this.words.stalled));
  }

  /** `on` offers to play; anything else shows the slate. */
  show(state: string): void {
    const on = state === "on";
    this.button.hidden = !on || this.playing;
    this.box.dataset["state"] = state;
    if (!on && this.playing && state === "ended") this.stop();
  }

  /** auto, 720, 360 or audio. */
  choose(rung: string): void {
    this.wanted = rung;
    if (!this.playing) return;
    if (rung === "audio" || this.hls === null) void this.play();
    else if (this.hls.url?.includes("/audio/")) void this.play();
    else this.setLevel();
  }

  async play(): Promise<void> {
    this.playing = true;
    const held = document.activeElement === this.button;
    this.button.hidden = true;
    this.video.controls = true;
    if (held) this.video.focus(); // who came by keys goes on from the picture
    const address = (this.wanted === "audio" ? this.box.dataset["audio"] : this.box.dataset["playlist"]) ?? "";
    const { default: Library } = await import("hls.js/light");
    if (Library.isSupported()) this.attach(Library, address);
    else this.video.src = address;
    await this.video.play().catch(() => undefined);
  }

  private attach(library: typeof Hls, address: string): void {
    this.hls?.destroy();
    const hls = new library({ liveSyncDurationCount: 2, maxBufferLength: 20, startLevel: weak() ? 0 : -1 });
    this.hls = hls;
    hls.on(library.Events.MANIFEST_PARSED, () => this.setLevel());
    hls.on(library.Events.ERROR, (_event, data) => {
      if (!data.fatal) return;
      this.say(this.words.stalled);
      if (data.type === library.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
      else window.setTimeout(() => this.playing && void this.play(), 2000 + Math.random() * 2000);
    });
    hls.loadSource(address);
    hls.attachMedia(this.video);
  }

  private setLevel(): void {
    if (!this.hls) return;
    const levels = this.hls.levels;
    const height = Number(this.wanted);
    this.hls.currentLevel = height ? levels.findIndex((level) => level.height === height) : -1;
  }

  private stop(): void {
    this.playing = false;
    this.hls?.destroy();
    this.hls = null;
  }

  private say(words: string): void {
    if (this.trouble.textContent !== words) this.trouble.textContent = words;
  }
}

/** Whether the reader or the line asks for little. */
export function weak(): boolean {
  const line = (navigator as Navigator & { connection?: { saveData?: boolean; effectiveType?: string } }).connection;
  return line?.saveData === true || /2g|3g/.test(line?.effectiveType ?? "");
}
