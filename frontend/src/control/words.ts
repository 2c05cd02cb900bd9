// What the script says comes from the page, in the page's language.

let known: Record<string, string> | undefined;

export function word(name: string, values: Record<string, string> = {}): string {
  known ??= JSON.parse(document.getElementById("words")?.textContent ?? "{}") as Record<string, string>;
  const text = known[name] ?? "";
  return text.replace(/%\((\w+)\)s/g, (_whole, key: string) => values[key] ?? "");
}

const bangla = document.documentElement.lang === "bn";

/** Digits as the reader writes them. */
export function digits(value: string | number): string {
  const text = String(value);
  return bangla ? text.replace(/\d/g, (digit) => "০১২৩৪৫৬৭৮৯".charAt(Number(digit))) : text;
}
