// The questions beside the recording, in step with it: as they stood at the moment that is playing.

import { Ticks, type Contribution, type State } from "./ticks";

interface Part {
  began_at: string;
  seconds: number;
}

interface Facts {
  parts: Part[];
  feed: string;
  statuses: Record<string, string>;
}

const SHOWN = 40;
const PAUSE = 1000;

/** The wall-clock moment, in milliseconds, of a place in the recording. */
export function momentAt(parts: Part[], seconds: number): number {
  let left = seconds;
  for (const part of parts) {
    if (left < part.seconds) return Date.parse(part.began_at) + left * 1000;
    left -= part.seconds;
  }
  const last = parts[parts.length - 1];
  return last ? Date.parse(last.began_at) + last.seconds * 1000 : 0;
}

export function followReplay(video: HTMLVideoElement): void {
  const panel = document.querySelector<HTMLDetailsElement>("#replay");
  const facts = document.querySelector("#replay-facts")?.textContent;
  if (panel && facts) new Replay(video, panel, JSON.parse(facts) as Facts);
}

class Replay {
  private readonly ticks: Ticks;
  private readonly list: HTMLElement;
  private readonly item: HTMLTemplateElement;
  private readonly language = document.documentElement.lang;
  private readonly numbers = new Intl.NumberFormat(this.language === "bn" ? "bn-BD" : "en", { useGrouping: false });
  private shownAt = 0;
  private shown: State | null = null;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly panel: HTMLDetailsElement,
    private readonly facts: Facts,
  ) {
    this.ticks = new Ticks(facts.feed);
    this.list = panel.querySelector("ol")!;
    this.item = document.querySelector<HTMLTemplateElement>("#replay-item")!;
    panel.hidden = false;
    panel.addEventListener("toggle", () => this.follow(true));
    video.addEventListener("timeupdate", () => this.follow(false));
    video.addEventListener("seeked", () => this.follow(true));
  }

  /** Once a second is enough to read; nothing is fetched while the panel is closed. */
  private follow(atOnce: boolean): void {
    if (!this.panel.open || (!atOnce && Date.now() - this.shownAt < PAUSE)) return;
    this.shownAt = Date.now();
    const moment = momentAt(this.facts.parts, this.video.currentTime);
    this.ticks.at(moment).then(
      (state) => this.show(state),
      () => (this.panel.hidden = true),
    );
  }

  private show(state: State): void {
    if (state === this.shown) return;
    this.shown = state;
    const item = state.agenda?.[state.stage?.agenda_item ?? ""];
    const moment = this.panel.querySelector("#replay-moment")!;
    moment.textContent = item ? item.title[this.language === "bn" ? "bn" : "en"] : "";
    const votes = state.votes ?? {};
    const best = Object.entries(state.contributions ?? {}).sort(([a], [b]) => (votes[b] ?? 0) - (votes[a] ?? 0));
    const now = [state.stage?.answering?.contribution, state.stage?.on_screen];
    this.list.replaceChildren(
      ...best.slice(0, SHOWN).map(([id, said]) => this.row(said, votes[id] ?? 0, now.includes(id))),
    );
  }

  private row(said: Contribution, votes: number, isNow: boolean): Node {
    const row = this.item.content.firstElementChild!.cloneNode(true) as HTMLElement;
    const [number, text, status] = [...row.children] as [HTMLElement, HTMLElement, HTMLElement];
    number.textContent = this.numbers.format(votes);
    text.textContent = said.text;
    text.lang = said.language;
    status.textContent = [said.author.name, this.facts.statuses[said.status]].filter(Boolean).join(" · ");
    row.classList.toggle("report-replay__item--now", isNow);
    return row;
  }
}
