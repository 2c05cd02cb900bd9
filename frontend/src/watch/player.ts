// The live picture. hls.js is fetched only when somebody presses play; Safari plays by itself.

import type Hls from "hls.js";

export interface Said {
  coming: string;
  stalled: string;
  soundOnly: string;
  ended: string;
}

const PATIENCE = 1500; // ms; shorter halts are not worth a word

export class LivePlayer {
  private readonly box: HTMLElement;
  private readonly video: HTMLVideoElement;
  private readonly button: HTMLButtonElement;
  private readonly slate: HTMLElement;
  private readonly status: HTMLElement;
  private readonly sound: HTMLButtonElement;
  private readonly rung: HTMLSelectElement;
  private readonly words: Said;
  private hls: Hls | null = null;
  private playing = false;
  private moved = false;
  private halted = 0;

  constructor(box: HTMLElement, rung: HTMLSelectElement, words: Said) {
    this.box = box;
    this.video = box.querySelector("video")!;
    this.button = box.querySelector("[data-play]")!;
    this.slate = box.querySelector("#slate")!;
    this.status = box.querySelector("[role=status]")!;
    this.sound = box.querySelector("[data-sound]")!;
    this.rung = rung;
    this.words = words;
    this.button.addEventListener("click", () => void this.play());
    this.sound.addEventListener("click", () => this.soundOnly());
    rung.addEventListener("change", () => this.choose());
    this.video.addEventListener("playing", () => this.goesOn());
    this.video.addEventListener("waiting", () => this.halts());
  }

  /** `on` offers to play; anything else shows the slate. */
  show(state: string): void {
    const on = state === "on";
    this.button.hidden = !on || this.playing;
    this.box.dataset["state"] = state;
    if (state === "ended") this.end();
    this.dress();
  }

  async play(): Promise<void> {
    this.playing = true;
    this.moved = false;
    this.halts();
    const held = document.activeElement === this.button;
    this.button.hidden = true;
    this.video.controls = true;
    if (held) this.video.focus(); // who came by keys goes on from the picture
    this.dress();
    const address = (this.rung.value === "audio" ? this.box.dataset["audio"] : this.box.dataset["playlist"]) ?? "";
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
      this.halts();
      if (data.type === library.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
      else window.setTimeout(() => this.playing && this.hls === hls && void this.play(), 2000 + Math.random() * 2000);
    });
    hls.loadSource(address);
    hls.attachMedia(this.video);
  }

  private choose(): void {
    this.dress();
    if (!this.playing) return;
    if (this.rung.value === "audio" || this.hls === null || this.hls.url?.includes("/audio/")) void this.play();
    else this.setLevel();
  }

  private soundOnly(): void {
    this.rung.value = "audio";
    this.video.focus(); // the button goes away
    this.choose();
  }

  private setLevel(): void {
    if (!this.hls) return;
    const levels = this.hls.levels;
    const height = Number(this.rung.value);
    this.hls.currentLevel = height ? levels.findIndex((level) => level.height === height) : -1;
  }

  private goesOn(): void {
    window.clearTimeout(this.halted);
    this.moved = true;
    this.say("");
    this.sound.hidden = true;
  }

  /** Says so over the picture, so that nothing below it moves; who sees no picture is offered the sound. */
  private halts(): void {
    window.clearTimeout(this.halted);
    this.halted = window.setTimeout(() => {
      if (!this.playing) return;
      this.say(this.moved ? this.words.stalled : this.words.coming);
      this.sound.hidden = this.rung.value === "audio";
    }, PATIENCE);
  }

  private end(): void {
    this.slate.textContent = this.words.ended;
    if (!this.playing) return;
    this.playing = false;
    window.clearTimeout(this.halted);
    this.hls?.destroy();
    this.hls = null;
    this.video.removeAttribute("src");
    this.video.load();
    this.video.controls = false;
    this.say("");
    this.sound.hidden = true;
  }

  /** The slate lies where there is no picture. */
  private dress(): void {
    const on = this.box.dataset["state"] === "on";
    const listens = on && this.playing && this.rung.value === "audio";
    this.slate.hidden = on && !listens;
    if (listens) this.slate.textContent = this.words.soundOnly;
  }

  private say(words: string): void {
    if (this.status.textContent !== words) this.status.textContent = words;
  }
}

/** Whether the reader or the line asks for little. */
export function weak(): boolean {
  const line = (navigator as Navigator & { connection?: { saveData?: boolean; effectiveType?: string } }).connection;
  return line?.saveData === true || /2g|3g/.test(line?.effectiveType ?? "");
}
