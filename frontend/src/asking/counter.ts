import { say } from "./words";

/** Counts as the server counts: what a reader sees as one sign is one, Bangla conjuncts included. */
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;

export function graphemes(text: string): number {
  const tidy = text.normalize("NFC").replace(/[^\S\n]+/g, " ").trim();
  return segmenter ? [...segmenter.segment(tidy)].length : [...tidy].length;
}

export function liveCounter(form: HTMLFormElement, text: HTMLTextAreaElement): void {
  const shown = document.getElementById("counter");
  const said = document.getElementById("counter_said");
  if (!shown || !said) return;
  const shortest = Number(form.dataset["shortest"]);
  const longest = Number(form.dataset["longest"]);
  let later = 0;
  const count = (): void => {
    const number = graphemes(text.value);
    const over = number > longest;
    if (over) shown.textContent = say("over", { number: number - longest });
    else if (number > 0 && number < shortest) shown.textContent = say("missing", { number: shortest - number });
    else shown.textContent = say("left", { number: longest - number });
    shown.classList.toggle("ask__counter--over", over);
    // For those who listen: not at each sign, only in a pause and when the end is near.
    window.clearTimeout(later);
    later = window.setTimeout(() => (said.textContent = number > longest - 60 ? shown.textContent : ""), 1000);
  };
  text.addEventListener("input", count);
  count();
}
