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

export class Feed {
  state: Json = {};
  tick = 0;
  private readonly folder: string;
  private readonly changed: (state: Json) => void;
  private readonly line: (up: boolean) => void;
  // Each client has its own place inside the period, so that the crowd is spread evenly.
  private readonly offset = Math.random();
  private failures = 0;
  private head: Head | null = null;

  constructor(folder: string, changed: (state: Json) => void, line: (up: boolean) => void) {
    this.folder = folder;
    this.changed = changed;
    this.line = line;
  }

  start(): void {
    void this.turn();
  }

  private async turn(): Promise<void> {
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
    window.setTimeout(() => void this.turn(), document.hidden ? wait * 4 : wait);
  }

  /** Reads what there is and says how long to wait for more. */
  private async follow(): Promise<number> {
    const head = await this.read<Head>("head");
    if (head.version !== VERSION) throw new Error(`version ${head.version}`);
    this.head = head;
    if (this.tick === 0 || head.tick - this.tick > FAR_BEHIND) await this.jump(head.snapshot);
    const before = this.tick;
    while (this.tick < head.tick) await this.step();
    if (this.tick > before || before === 0) this.changed(this.state);
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
    this.changed(this.state);
  }

  private async step(): Promise<void> {
    const next = await this.read<Tick>(String(this.tick + 1));
    this.state = merged(this.state, next.changes);
    this.tick = next.tick;
  }

  private async read<T>(name: string): Promise<T> {
    const answer = await fetch(`${this.folder}${name}.json`);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return (await answer.json()) as T;
  }
}
