// What the server says of this seat, asked for once a second.

export interface Facts {
  phase: "waiting" | "open" | "removed" | "over";
  state: string;
  on_air: boolean;
  muted: boolean;
  hand: boolean;
  identity: string;
  key: string;
  set: string[];
  others: string[];
  names: Record<string, string>;
  now: number;
}

export const main = document.getElementById("main-content") as HTMLElement;

export const facts = JSON.parse(document.getElementById("facts")?.textContent ?? "{}") as Facts;

export function find<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}
