// The feed of a dialogue that is over, read again: the public state as it was at any moment.
// Ticks never change, so the browser's cache keeps them; they are fetched as far as somebody watches.

import { merged, type Json } from "../feed";

export interface Contribution {
  text: string;
  language: string;
  status: string;
  author: { name: string };
}

export interface State {
  contributions?: Record<string, Contribution>;
  votes?: Record<string, number>;
  agenda?: Record<string, { title: { bn: string; en: string } }>;
  stage?: { agenda_item: string | null; on_screen: string | null; answering: { contribution: string } | null };
}

interface Tick {
  tick: number;
  at: string;
  changes: Json;
}

interface Mark {
  tick: number;
  at: number;
  state: State;
}

const AT_ONCE = 12;
const MARK_EVERY = 100;
// Where the composer left whole states. Only a short cut: where one is missing, the way there is walked.
const SNAPSHOT_EVERY = 10;
const JUMP = 120_000; // milliseconds

export class Ticks {
  private here: Mark = { tick: 0, at: -Infinity, state: {} };
  private readonly marks: Mark[] = [this.here];
  private readonly waiting = new Map<number, Tick>();
  private newest: number | null = null;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly folder: string) {}

  /** The state at that moment (milliseconds since 1970). Calls wait for one another. */
  at(moment: number): Promise<State> {
    const found = this.queue.then(() => this.walkTo(moment));
    this.queue = found.catch(() => undefined);
    return found;
  }

  private async walkTo(moment: number): Promise<State> {
    if (moment < this.here.at) this.here = this.marks.filter((mark) => mark.at <= moment).pop()!;
    if (moment - this.here.at > JUMP) await this.jumpTowards(moment);
    for (let tick = await this.next(); tick && Date.parse(tick.at) <= moment; tick = await this.next()) {
      this.take(tick);
    }
    return this.here.state;
  }

  /** To the last snapshot before the moment, found by halving. */
  private async jumpTowards(moment: number): Promise<void> {
    let [low, high] = [0, Math.floor(((await this.length()) - 1) / SNAPSHOT_EVERY)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const tick = await this.fetched<Tick>(String(1 + middle * SNAPSHOT_EVERY));
      if (Date.parse(tick.at) <= moment) low = middle;
      else high = middle - 1;
    }
    const tick = 1 + low * SNAPSHOT_EVERY;
    if (tick <= this.here.tick) return;
    const whole = await this.fetched<{ at: string; state: State }>(`state-${tick}`).catch(() => null);
    if (!whole || Date.parse(whole.at) > moment) return;
    this.here = { tick, at: Date.parse(whole.at), state: whole.state };
    this.waiting.clear();
    this.remember();
  }

  private take(tick: Tick): void {
    const state = merged(this.here.state as Json, tick.changes) as State;
    this.here = { tick: tick.tick, at: Date.parse(tick.at), state };
    this.waiting.delete(tick.tick);
    if (tick.tick % MARK_EVERY === 0) this.remember();
  }

  private remember(): void {
    if (this.marks.some((mark) => mark.tick === this.here.tick)) return;
    this.marks.push(this.here);
    this.marks.sort((one, other) => one.tick - other.tick);
  }

  private async length(): Promise<number> {
    this.newest ??= (await this.fetched<{ tick: number }>("head")).tick;
    return this.newest;
  }

  private async next(): Promise<Tick | null> {
    const number = this.here.tick + 1;
    const length = await this.length();
    if (number > length) return null;
    if (!this.waiting.has(number)) await this.fetchFrom(number, length);
    return this.waiting.get(number) ?? null;
  }

  private async fetchFrom(first: number, newest: number): Promise<void> {
    const count = Math.min(AT_ONCE, newest - first + 1);
    const numbers = Array.from({ length: count }, (_unused, index) => first + index);
    const ticks = await Promise.all(numbers.map((number) => this.fetched<Tick>(String(number))));
    for (const tick of ticks) this.waiting.set(tick.tick, tick);
  }

  private async fetched<Kind>(name: string): Promise<Kind> {
    const answer = await fetch(`${this.folder}${name}.json`);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return (await answer.json()) as Kind;
  }
}
