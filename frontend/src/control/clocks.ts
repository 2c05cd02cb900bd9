// The time of day, how long the programme runs, how long an item has taken.

import { now } from "./server";
import { digits, word } from "./words";

const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Dhaka", timeStyle: "medium" });

export function runClocks(): void {
  tick();
  setInterval(tick, 1000);
}

export function tick(): void {
  for (const clock of document.querySelectorAll("[data-clock]")) write(clock, digits(DAY.format(now())));
  for (const elapsed of document.querySelectorAll<HTMLElement>("[data-elapsed]")) {
    write(elapsed, length(now() / 1000 - Number(elapsed.dataset["elapsed"])));
  }
  for (const item of document.querySelectorAll<HTMLElement>("[data-since]")) showUsed(item);
}

function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function length(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [first = 0, ...rest] = parts[0] ? parts : parts.slice(1);
  return digits([first, ...rest.map((part) => String(part).padStart(2, "0"))].join(":"));
}

/** Minutes used of those planned; a mark on the line once they are used up. */
function showUsed(element: HTMLElement): void {
  const seconds = Number(element.dataset["used"]) + now() / 1000 - Number(element.dataset["since"]);
  const minutes = Math.max(0, Math.floor(seconds / 60));
  const planned = Number(element.dataset["planned"]);
  write(element, word("minutes", { used: digits(minutes), planned: digits(planned) }));
  element.classList.toggle("agenda__time--over", minutes > planned);
}
