export interface Desk {
  revision: string;
  waiting: number;
  undecided?: boolean; // of the item that was asked about
  held?: boolean; // by somebody else
}

const EVERY = 2000;
const SLOWEST = 30_000;

/** Asks how the desk stands every two seconds, slower when the server does not answer, not at all when hidden. */
export function poll(address: string, told: (desk: Desk) => Promise<void> | void): void {
  let wait = EVERY;
  let timer = 0;
  const ask = async (): Promise<void> => {
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      if (response.status === 401 || response.status === 404) return window.location.reload();
      if (!response.ok) throw new Error(String(response.status));
      await told((await response.json()) as Desk);
      wait = EVERY;
    } catch {
      wait = Math.min(wait * 2, SLOWEST);
    }
    timer = window.setTimeout(() => void ask(), wait);
  };
  document.addEventListener("visibilitychange", () => {
    window.clearTimeout(timer);
    if (!document.hidden) void ask();
  });
  timer = window.setTimeout(() => void ask(), wait);
}

const language = document.documentElement.lang || "bn";
const numbers = new Intl.NumberFormat(language === "bn" ? "bn-BD-u-nu-beng" : "en");

export function showNumber(value: number): void {
  for (const place of document.querySelectorAll("[data-number]:not(ol)")) place.textContent = numbers.format(value);
}

export function inDigits(value: number): string {
  return numbers.format(value);
}
