// The list of questions: ordered as the reader chose, still under the finger, votes at once.

import type { Json } from "../feed";

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
  to: string;
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
}

const ANSWERED = new Set(["answered_on_air", "answered_in_writing", "promised"]);

export class Questions {
  private readonly list: HTMLElement;
  private readonly fresh: HTMLButtonElement;
  private readonly trouble: HTMLElement;
  private readonly facts: Facts;
  private readonly words: Words;
  private readonly mine = new Set<string>();
  private csrf = "";
  private faces: Record<string, Face> = {};
  private votes: Record<string, number> = {};
  private sort = "votes";
  private shown: string[] = [];

  constructor(list: HTMLElement, fresh: HTMLButtonElement, trouble: HTMLElement, facts: Facts, words: Words) {
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
    void this.who();
  }

  /** New ones wait behind a button; what is there is updated in place. */
  update(state: Json): void {
    this.faces = (state["contributions"] ?? {}) as Record<string, Face>;
    this.votes = (state["votes"] ?? {}) as Record<string, number>;
    if (this.shown.length === 0) this.draw();
    else this.refresh();
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
    if (this.shown.length > 0) this.list.replaceChildren(...this.shown.map((id) => this.item(id)));
    this.fresh.hidden = true;
  }

  private refresh(): void {
    const here = new Set(this.shown);
    for (const id of this.shown) {
      const old = this.list.querySelector(`[data-id="${id}"]`);
      if (!this.faces[id]) old?.remove();
      else if (old && old.getAttribute("data-face") !== this.print(id)) {
        const held = old.contains(document.activeElement);
        const item = this.item(id);
        old.replaceWith(item);
        if (held) item.querySelector("button")?.focus();
      }
    }
    this.fresh.hidden = this.wanted().every((id) => here.has(id));
  }

  private print(id: string): string {
    return `${this.faces[id]!.status} ${this.votes[id] ?? 0} ${this.mine.has(id)}`;
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
    about.append(status, ...this.details(face).map((part) => document.createTextNode(` · ${part}`)));
    item.append(text, about);
    if (face.answer?.text) item.append(element("p", "question__answer", face.answer.text));
    item.append(this.support(id, face));
    return item;
  }

  private details(face: Face): string[] {
    const office = face.office ? `${this.words.to} ${face.office.name[this.facts.language] ?? ""}` : "";
    return [this.words.kinds[face.kind] ?? "", face.author?.name ?? "", office].filter((part) => part !== "");
  }

  private support(id: string, face: Face): HTMLElement {
    const row = element("p", "question__votes");
    const number = new Intl.NumberFormat(this.facts.language === "bn" ? "bn-BD" : "en").format(this.votes[id] ?? 0);
    const count = element("strong", "question__number", number);
    if (this.facts.voteable.includes(face.status)) {
      const mine = this.mine.has(id);
      const button = element("button", "question__vote", mine ? this.words.supported : this.words.support);
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
    const withdraw = this.mine.has(id);
    this.count(id, withdraw ? -1 : 1);
    const body = new URLSearchParams(withdraw ? { withdraw: "1" } : {});
    const headers = { Accept: "application/json", "X-CSRFToken": this.csrf };
    try {
      const answer = await fetch(this.facts.vote.replace("ID", id), { method: "POST", body, headers });
      if (answer.status === 401) window.location.assign(((await answer.json()) as { sign_in: string }).sign_in);
      else if (!answer.ok) throw new Error(String(answer.status));
    } catch {
      this.count(id, withdraw ? 1 : -1);
      this.trouble.textContent = this.words.notCounted;
    }
  }

  private count(id: string, change: 1 | -1): void {
    if (change > 0) this.mine.add(id);
    else this.mine.delete(id);
    this.votes[id] = (this.votes[id] ?? 0) + change;
    this.refresh();
  }

  private async who(): Promise<void> {
    const answer = await fetch(this.facts.me, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const me = (await answer.json()) as { csrf?: string; votes?: string[] };
    this.csrf = me.csrf ?? "";
    for (const id of me.votes ?? []) this.mine.add(id);
    if (this.shown.length > 0) this.refresh();
  }
}

function element(name: string, style: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  made.className = style;
  made.textContent = text;
  return made;
}
