// One line for what goes wrong, shared by those who may have something to say: none wipes out another's words.

export class Trouble {
  private readonly said = new Map<string, string>();

  constructor(private readonly place: HTMLElement) {}

  /** `who` says this from now on; nothing, if it is over. */
  say(who: string, words: string): void {
    this.said.set(who, words);
    const all = [...this.said.values()].filter((one) => one !== "").join(" ");
    if (this.place.textContent !== all) this.place.textContent = all;
  }
}
