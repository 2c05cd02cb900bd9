import { poll, showNumber, type Desk } from "./poll";

const HOLD_AGAIN = 45_000; // a claim lasts two minutes

/** While an item is open: hold it, say if somebody else dealt with it, search what to merge it into. */
export function item(page: HTMLElement): void {
  const { id, state, claim } = page.dataset;
  const open = "undecided" in page.dataset;
  const notice = document.getElementById("moved");
  if (id && state) {
    poll(`${state}?${new URLSearchParams({ item: id })}`, (now: Desk) => {
      showNumber(now.waiting);
      if (notice) notice.hidden = !(open && claim && (!now.undecided || now.held));
    });
  }
  if (claim) {
    window.setInterval(() => {
      if (!document.hidden) void hold(claim);
    }, HOLD_AGAIN);
  }
  search();
}

async function hold(address: string): Promise<void> {
  const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  try {
    await fetch(address, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token } });
  } catch {
    // The next one may get through; if not, the decision itself says who was quicker.
  }
}

function search(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-others]");
  const place = document.getElementById("others");
  const words = form?.querySelector<HTMLInputElement>("input[name=words]");
  const address = form?.dataset["others"];
  if (!form || !place || !words || !address) return;
  let later = 0;
  let asked = words.value;
  const look = async (): Promise<void> => {
    if (words.value === asked) return;
    asked = words.value;
    const response = await fetch(`${address}?${new URLSearchParams({ words: asked })}`);
    if (response.ok && words.value === asked) place.innerHTML = await response.text(); // escaped by the server
  };
  words.addEventListener("input", () => {
    window.clearTimeout(later);
    later = window.setTimeout(() => void look(), 350);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void look();
  });
}
