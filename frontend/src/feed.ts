// A client of the live feed (docs/feed.md): the newest snapshot, then tick by tick, nothing missed or twice.

export type Json = { [key: string]: unknown };

export interface Tick {
  tick: number;
  at: string;
  length: number;
  next_at: string;
  changes: Json;
}

interface Head {
  version: number;
  tick: number;
  length: number;
  next_at: string;
  snapshot: number;
  final: boolean;
}

/** JSON merge patch (RFC 7396). */
export function merged(state: Json, patch: Json): Json {
  const result: Json = { ...state };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (typeof value === "object" && !Array.isArray(value)) {
      const before = result[key];
      const under = typeof before === "object" && before !== null && !Array.isArray(before) ? before : {};
      result[key] = merged(under as Json, value as Json);
    } else result[key] = value;
  }
  return result;
}

const VERSION = 1;
const FAR_BEHIND = 40; // ticks; then a snapshot is quicker
const LONGEST_WAIT = 30_000;
const AT_ONCE = 10; // ticks, when there are some to catch up
const PATIENCE = 20_000; // for one file; a dead line never answers

export class Feed {
  state: Json = {};
  tick = 0;
  private readonly folder: string;
  private readonly changed: (state: Json) => void;
  private readonly line: (up: boolean) => void;
  // Each client has its own place inside the period, so that the crowd is spread evenly.
  private readonly offset = Math.random();
  private failures = 0;
  private waiting: number | null = null;
  private head: Head | null = null;

  constructor(folder: string, changed: (state: Json) => void, line: (up: boolean) => void) {
    this.folder = folder;
    this.changed = changed;
    this.line = line;
  }

  start(): void {
    void this.turn();
  }

  /** The line is back, or somebody looks again: comes at once instead of at its time. */
  hurry(): void {
    if (this.waiting === null) return;
    window.clearTimeout(this.waiting);
    void this.turn();
  }

  private async turn(): Promise<void> {
    this.waiting = null;
    let wait = 2000;
    try {
      wait = await this.follow();
      if (this.failures > 0) this.line(true);
      this.failures = 0;
    } catch {
      this.failures += 1;
      if (this.failures === 2) this.line(false);
      wait = Math.min(LONGEST_WAIT, 1000 * 2 ** this.failures) * (0.5 + Math.random());
    }
    if (this.head?.final && this.tick >= this.head.tick) return;
    // A hidden page may come less often: it catches up by number.
    this.waiting = window.setTimeout(() => void this.turn(), document.hidden ? wait * 4 : wait);
  }

  /** Reads what there is and says how long to wait for more. */
  private async follow(): Promise<number> {
    const head = await this.read<Head>("head");
    if (head.version !== VERSION) throw new Error(`version ${head.version}`);
    this.head = head;
    const before = this.tick;
    if (before === 0 || head.tick - before > FAR_BEHIND) await this.jump(head.snapshot);
    while (this.tick < head.tick) await this.step(head.tick);
    // Only the newest is shown: what a reader sees first should not be a snapshot of some ticks ago.
    if (this.tick > before) this.changed(this.state);
    const due = Date.parse(head.next_at) - Date.now();
    const period = head.length * 1000;
    // Clocks of phones are often wrong. Then the offset keeps us in step, and half a period from asking too often.
    const until = due > 0 && due <= period ? due : period / 2;
    return until + this.offset * period;
  }

  private async jump(snapshot: number): Promise<void> {
    const found = await this.read<{ tick: number; state: Json }>(`state-${snapshot}`);
    this.state = found.state;
    this.tick = found.tick;
  }

  private async step(newest: number): Promise<void> {
    const count = Math.min(AT_ONCE, newest - this.tick);
    const numbers = Array.from({ length: count }, (_unused, index) => String(this.tick + 1 + index));
    for (const next of await Promise.all(numbers.map((number) => this.read<Tick>(number)))) {
      this.state = merged(this.state, next.changes);
      this.tick = next.tick;
    }
  }

  private async read<T>(name: string): Promise<T> {
    const answer = await fetch(`${this.folder}${name}.json`, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return (await answer.json()) as T;
  }
}
