import { inDigits, poll, showNumber, type Desk } from "./poll";

/** Keeps the queue as it stands on the server, leaving alone what has not changed and whatever has the focus. */
export function queue(desk: HTMLElement): void {
  const { state, cards } = desk.dataset;
  const place = document.getElementById("cards");
  if (!state || !cards || !place) return;
  let revision = desk.dataset["revision"];

  poll(state, async (now: Desk) => {
    if (now.revision === revision) return;
    const response = await fetch(cards);
    if (!response.ok) return;
    const template = document.createElement("template");
    template.innerHTML = await response.text(); // our own page's part, escaped by the server
    takeOver(place, template.content);
    revision = now.revision;
    showNumber(now.waiting);
    announce(now.waiting);
    const next = document.getElementById("take_next") as HTMLButtonElement | null;
    if (next) next.disabled = now.waiting === 0;
  });
}

/** New and changed cards come in, decided ones go; the rest keep their place on the page. */
function takeOver(place: HTMLElement, fresh: DocumentFragment): void {
  const [held, came] = [place.querySelector("ol"), fresh.querySelector("ol")];
  if (!held || !came) return;
  const focused = document.activeElement?.closest<HTMLElement>("[data-id]")?.dataset["id"];
  const before = new Map(items(held).map((item) => [item.dataset["id"] ?? "", item]));
  const after = [...came.children].map((item) => {
    const old = before.get((item as HTMLElement).dataset["id"] ?? "");
    return old && old.outerHTML === item.outerHTML ? old : item;
  });
  held.replaceChildren(...after);
  for (const name of ["public", "declined"] as const) {
    const count = document.querySelector(`[data-${name}]:not(ol)`);
    if (count) count.textContent = came.dataset[name] ?? "";
  }
  if (focused) restoreFocus(held, focused);
}

function items(list: Element): HTMLElement[] {
  return [...list.children].filter((item): item is HTMLElement => item instanceof HTMLElement && "id" in item.dataset);
}

function restoreFocus(list: Element, id: string): void {
  const link = items(list)
    .find((item) => item.dataset["id"] === id)
    ?.querySelector<HTMLElement>("a");
  if (link) link.focus({ preventScroll: true });
  else if (document.activeElement === document.body) document.getElementById("take_next")?.focus({ preventScroll: true });
}

function announce(waiting: number): void {
  const said = document.getElementById("desk_said");
  if (said) said.textContent = (said.dataset["waiting"] ?? "").replace("{number}", inDigits(waiting));
}
