/** What the page lets its scripts say, in the language of the page. */

const block = document.getElementById("words");
const words: Record<string, string> = block ? JSON.parse(block.textContent ?? "{}") : {};
const language = document.documentElement.lang || "bn";
const numbers = new Intl.NumberFormat(language === "bn" ? "bn-BD-u-nu-beng" : "en");

export function say(name: string, facts: Record<string, string | number> = {}): string {
  return (words[name] ?? "").replace(/\{(\w+)\}/g, (_, key: string) => {
    const fact = facts[key] ?? "";
    return typeof fact === "number" ? numbers.format(fact) : fact;
  });
}
