/** Keeps what is being typed in this tab, so that a reload or a dead battery costs nothing. */

const FIELDS = ["kind", "text", "office", "language", "client_token"] as const;

function key(slug: string): string {
  return `ask:${slug}`;
}

function read(slug: string): Record<string, string> | null {
  try {
    return JSON.parse(sessionStorage.getItem(key(slug)) ?? "null");
  } catch {
    return null;
  }
}

export function forget(slug: string): void {
  try {
    sessionStorage.removeItem(key(slug));
  } catch {
    // Storage is switched off: then nothing was kept.
  }
}

export function remember(form: HTMLFormElement): void {
  const slug = form.dataset["slug"] ?? "";
  const kept = read(slug);
  // What came back from the server is newer than what this tab remembers.
  if (kept && !("typed" in form.dataset)) restore(form, kept);
  form.addEventListener("input", () => {
    const now = new FormData(form);
    const facts = Object.fromEntries(FIELDS.map((name) => [name, String(now.get(name) ?? "")]));
    try {
      sessionStorage.setItem(key(slug), JSON.stringify(facts));
    } catch {
      // Full or switched off: the form works without it.
    }
  });
}

function restore(form: HTMLFormElement, kept: Record<string, string>): void {
  for (const name of FIELDS) {
    const field = form.elements.namedItem(name);
    const value = kept[name];
    if (value === undefined || !field) continue;
    if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value)) continue;
    (field as RadioNodeList | HTMLInputElement).value = value;
  }
}
