// The recording: hls.js is fetched only when somebody wants to see it; where the browser plays HLS by
// itself or hls.js fails, the MP4 file takes its place.

import type Hls from "hls.js";

export class Player {
  readonly video: HTMLVideoElement;
  private readonly start: HTMLButtonElement;
  private readonly trouble: HTMLElement;
  private readonly playlist: string;
  private readonly file: string;
  private hls: Hls | null = null;
  private attached: Promise<void> | null = null;

  constructor(box: HTMLElement) {
    this.video = box.querySelector("video")!;
    this.start = box.querySelector("button")!;
    this.trouble = box.querySelector("[role=alert]")!;
    this.playlist = box.dataset["playlist"] ?? "";
    this.file = box.querySelector<HTMLSourceElement>("source[type='video/mp4']")?.getAttribute("src") ?? "";
    this.wait();
  }

  /** Plays from that second on, or from where it stands. */
  async play(at?: number): Promise<void> {
    this.start.hidden = true;
    this.video.controls = true;
    this.attached ??= this.attach(at ?? 0);
    await this.attached;
    if (at !== undefined) await this.seek(at);
    // A browser may want a press on its own controls first; they are there.
    await this.video.play().catch(() => undefined);
  }

  private wait(): void {
    for (const source of this.video.querySelectorAll("source")) source.remove();
    this.video.controls = false;
    this.start.hidden = false;
    this.start.addEventListener("click", () => {
      this.video.focus();
      void this.play();
    });
  }

  private async attach(at: number): Promise<void> {
    try {
      const { default: Library } = await import("hls.js/light");
      if (!Library.isSupported()) return this.playDirectly(this.ownPlaylist() || this.file);
      await this.attachTo(new Library({ startPosition: at, maxBufferLength: 30 }), Library);
    } catch {
      this.playDirectly(this.file || this.ownPlaylist());
    }
  }

  private attachTo(hls: Hls, library: typeof Hls): Promise<void> {
    this.hls = hls;
    return new Promise((resolve) => {
      hls.on(library.Events.MANIFEST_PARSED, () => resolve());
      hls.on(library.Events.ERROR, (_event, data) => {
        if (!data.fatal) return;
        if (data.type === library.ErrorTypes.MEDIA_ERROR && this.video.readyState > 0) {
          hls.recoverMediaError();
          return;
        }
        this.playDirectly(this.file || this.ownPlaylist());
        resolve();
      });
      hls.loadSource(this.playlist);
      hls.attachMedia(this.video);
    });
  }

  /** By the browser's own means, from where the other way broke off. */
  private playDirectly(address: string): void {
    const at = this.video.currentTime;
    this.hls?.destroy();
    this.hls = null;
    this.video.addEventListener("error", () => (this.trouble.hidden = false), { once: true });
    this.video.src = address;
    this.trouble.hidden = address !== "";
    if (at > 0) void this.seek(at);
  }

  /** The playlist, where the browser plays such by itself. */
  private ownPlaylist(): string {
    return this.video.canPlayType("application/vnd.apple.mpegurl") ? this.playlist : "";
  }

  private async seek(at: number): Promise<void> {
    if (this.video.readyState === 0) {
      await new Promise((resolve) => this.video.addEventListener("loadedmetadata", resolve, { once: true }));
    }
    this.video.currentTime = at;
  }
}
