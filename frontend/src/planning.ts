// Suggests offices while somebody types one. Without this module the name, the place or the code is
// typed whole and the server finds the office.

const WAIT = 250;

const list = document.querySelector<HTMLDataListElement>("#office-names");
let waiting = 0;
let asked = "";

async function suggest(address: string, typed: string, into: HTMLDataListElement): Promise<void> {
  const answer = await fetch(`${address}?typed=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || typed !== asked) return;
  const { offices } = (await answer.json()) as { offices: string[] };
  into.replaceChildren(...offices.map((office) => new Option(office, office)));
}

function typing(field: HTMLInputElement, address: string, into: HTMLDataListElement): void {
  const typed = field.value.trim();
  // Picking a suggestion is typing too: its code in brackets says that there is nothing left to find.
  if (typed.length < 2 || typed.endsWith(")")) return;
  window.clearTimeout(waiting);
  asked = typed;
  waiting = window.setTimeout(() => void suggest(address, typed, into).catch(() => undefined), WAIT);
}

const address = list?.dataset["address"];
if (list && address) {
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field instanceof HTMLInputElement && field.getAttribute("list") === "office-names") typing(field, address, list);
  });
}

export {};
