// The list of questions: ordered as the reader chose, still under the finger, votes at once.

import type { Json } from "../feed";
import type { Trouble } from "./trouble";

export interface Facts {
  language: "bn" | "en";
  me: string;
  contribution: string;
  vote: string;
  voteable: string[];
}

export interface Words {
  kinds: Record<string, string>;
  statuses: Record<string, string>;
  support: string;
  supported: string;
  votes: string;
  newOnes: string;
  notCounted: string;
  none: string;
  noneAnswered: string;
  to: string;
  mine: string;
  accreditations: Record<string, string>;
  pictures: string;
}

interface Face {
  kind: string;
  text: string;
  language: string;
  status: string;
  at: string;
  author?: { name?: string; accredited?: string };
  office?: { name: Record<string, string> };
  answer?: { text?: string };
  pictures?: unknown[];
}

const OVER = new Set(["ended", "published", "cancelled"]);
const ANSWERED = new Set(["answered_on_air", "answered_in_writing", "promised"]);

export class Questions {
  private readonly list: HTMLElement;
  private readonly fresh: HTMLButtonElement;
  private readonly trouble: Trouble;
  private readonly facts: Facts;
  private readonly words: Words;
  private readonly supported = new Set<string>();
  private readonly sent = new Set<string>();
  private readonly rows = new Map<string, HTMLElement>();
  private readonly reader: Promise<void>;
  private csrf = "";
  private over = false;
  private faces: Record<string, Face> = {};
  private votes: Record<string, number> = {};
  private sort = "votes";
  private shown: string[] = [];
  private drawn = false;

  constructor(list: HTMLElement, fresh: HTMLButtonElement, trouble: Trouble, facts: Facts, words: Words) {
    this.list = list;
    this.fresh = fresh;
    this.trouble = trouble;
    this.facts = facts;
    this.words = words;
    fresh.textContent = words.newOnes;
    fresh.addEventListener("click", () => this.draw());
    list.addEventListener("click", (event) => void this.pressed(event));
    for (const button of document.querySelectorAll<HTMLButtonElement>("[data-sort]")) {
      button.addEventListener("click", () => this.order(button));
    }
    this.reader = this.who();
  }

  /** New ones wait behind a button; what is there is updated in place. */
  update(state: Json): void {
    this.faces = (state["contributions"] ?? {}) as Record<string, Face>;
    this.votes = { ...((state["votes"] ?? {}) as Record<string, number>) };
    const dialogue = (state["dialogue"] ?? {}) as { state?: string };
    this.over = OVER.has(dialogue.state ?? "");
    if (this.shown.length === 0) this.draw();
    else this.refresh();
    this.drawn = true;
  }

  private order(button: HTMLButtonElement): void {
    this.sort = button.dataset["sort"] ?? "votes";
    for (const other of document.querySelectorAll("[data-sort]")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    this.draw();
  }

  private wanted(): string[] {
    const ids = Object.keys(this.faces).filter((id) => this.faces[id]!.status !== "merged");
    if (this.sort === "answered") return ids.filter((id) => ANSWERED.has(this.faces[id]!.status)).sort(this.newest);
    if (this.sort === "new") return ids.sort(this.newest);
    return ids.sort((one, other) => (this.votes[other] ?? 0) - (this.votes[one] ?? 0) || -this.newest(one, other));
  }

  private readonly newest = (one: string, other: string): number =>
    this.faces[other]!.at.localeCompare(this.faces[one]!.at);

  private draw(): void {
    this.shown = this.wanted();
    this.rows.clear();
    for (const id of this.shown) this.rows.set(id, this.item(id));
    const none = element("li", "watch__none", this.sort === "answered" ? this.words.noneAnswered : this.words.none);
    this.list.replaceChildren(...(this.shown.length > 0 ? this.rows.values() : [none]));
    this.fresh.hidden = true;
  }

  private refresh(): void {
    for (const [id, old] of this.rows) {
      if (!this.faces[id]) {
        old.remove();
        this.rows.delete(id);
      } else if (old.dataset["face"] !== this.print(id)) this.redraw(id, old);
      else this.recount(id, old);
    }
    const fresh = this.wanted().filter((id) => !this.rows.has(id));
    // One's own does not wait: its sender looks for it.
    for (const id of fresh.filter((one) => this.sent.has(one))) this.prepend(id);
    this.fresh.hidden = fresh.every((id) => this.rows.has(id));
  }

  private redraw(id: string, old: HTMLElement): void {
    const held = old.contains(document.activeElement);
    const item = this.item(id);
    old.replaceWith(item);
    this.rows.set(id, item);
    if (held) item.querySelector<HTMLElement>("button, a")?.focus();
  }

  /** Votes come all the time. The row stays the same row, or a finger on its button would press nothing. */
  private recount(id: string, row: HTMLElement): void {
    set(row.querySelector(".question__number"), this.number(id));
    const button = row.querySelector(".question__vote");
    if (!button) return;
    set(button.firstElementChild, this.supported.has(id) ? this.words.supported : this.words.support);
    button.setAttribute("aria-pressed", String(this.supported.has(id)));
  }

  private prepend(id: string): void {
    const item = this.item(id);
    this.rows.set(id, item);
    this.list.prepend(item);
  }

  private print(id: string): string {
    const face = this.faces[id]!;
    return [face.status, face.answer?.text ?? "", this.sent.has(id), this.over].join(" ");
  }

  private item(id: string): HTMLElement {
    const face = this.faces[id]!;
    const item = element("li", `question question--${face.status}`);
    item.dataset["id"] = id;
    item.dataset["face"] = this.print(id);
    const text = element("p", "question__text", face.text);
    text.lang = face.language;
    const about = element("p", "question__about");
    const status = element("span", "question__status", this.words.statuses[face.status] ?? "");
    about.append(status, ...this.details(id, face).map((part) => document.createTextNode(` · ${part}`)));
    const accredited = this.words.accreditations[face.author?.accredited ?? ""];
    if (accredited) about.append(" ", element("span", "question__badge", accredited));
    item.append(text, about);
    if (face.answer?.text) item.append(element("p", "question__answer", face.answer.text));
    item.append(this.support(id, face));
    return item;
  }

  private details(id: string, face: Face): string[] {
    const office = face.office ? `${this.words.to} ${face.office.name[this.facts.language] ?? ""}` : "";
    const pictures = face.pictures?.length ? `${this.words.pictures}: ${this.format(face.pictures.length)}` : "";
    const author = this.sent.has(id) ? this.words.mine : (face.author?.name ?? "");
    return [this.words.kinds[face.kind] ?? "", author, office, pictures].filter((part) => part !== "");
  }

  private support(id: string, face: Face): HTMLElement {
    const row = element("p", "question__votes");
    const count = element("strong", "question__number", this.number(id));
    if (!this.over && this.facts.voteable.includes(face.status)) {
      const mine = this.supported.has(id);
      const button = element("button", "question__vote");
      button.append(element("span", "", mine ? this.words.supported : this.words.support));
      button.setAttribute("type", "button");
      button.setAttribute("aria-pressed", String(mine));
      button.append(element("span", "govuk-visually-hidden", `: ${face.text.slice(0, 60)}`));
      row.append(button, count);
    } else {
      row.append(element("span", "question__word", this.words.votes), count);
    }
    const link = element("a", "govuk-link question__link", "›") as HTMLAnchorElement;
    link.href = this.facts.contribution.replace("ID", id);
    link.setAttribute("aria-label", face.text.slice(0, 60));
    row.append(link);
    return row;
  }

  private async pressed(event: Event): Promise<void> {
    const button = (event.target as Element).closest<HTMLButtonElement>(".question__vote");
    const id = button?.closest<HTMLElement>("[data-id]")?.dataset["id"];
    if (!button || !id) return;
    const withdraw = this.supported.has(id);
    this.count(id, withdraw ? -1 : 1);
    const body = new URLSearchParams(withdraw ? { withdraw: "1" } : {});
    this.trouble.say("vote", "");
    try {
      await this.reader; // its form token; on a slow line it comes after the list
      const headers = { Accept: "application/json", "X-CSRFToken": this.csrf };
      const answer = await fetch(this.facts.vote.replace("ID", id), { method: "POST", body, headers });
      if (answer.ok) return;
      const said = (await answer.json()) as { sign_in?: string; message?: string };
      if (answer.status === 401 && said.sign_in) window.location.assign(said.sign_in);
      else this.takeBack(id, withdraw, said.message ?? this.words.notCounted);
    } catch {
      this.takeBack(id, withdraw, this.words.notCounted);
    }
  }

  private takeBack(id: string, withdraw: boolean, why: string): void {
    this.count(id, withdraw ? 1 : -1);
    this.trouble.say("vote", why);
  }

  private count(id: string, change: 1 | -1): void {
    if (change > 0) this.supported.add(id);
    else this.supported.delete(id);
    this.votes[id] = (this.votes[id] ?? 0) + change;
    this.refresh();
  }

  private number(id: string): string {
    return this.format(this.votes[id] ?? 0);
  }

  private format(number: number): string {
    return new Intl.NumberFormat(this.facts.language === "bn" ? "bn-BD" : "en").format(number);
  }

  private async who(): Promise<void> {
    const answer = await fetch(this.facts.me, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const me = (await answer.json()) as { csrf?: string; votes?: string[]; mine?: { id: string }[] };
    this.csrf = me.csrf ?? "";
    for (const id of me.votes ?? []) this.supported.add(id);
    for (const { id } of me.mine ?? []) this.sent.add(id);
    if (this.drawn) this.refresh();
  }
}

function set(place: Element | null, text: string): void {
  if (place && place.textContent !== text) place.textContent = text;
}

function element(name: string, style: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  made.className = style;
  made.textContent = text;
  return made;
}
