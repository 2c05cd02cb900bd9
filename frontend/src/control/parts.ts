// Putting fresh parts of the page in place without taking anything out of somebody's hands:
// what is half typed stays typed, what is open stays open, and the focus stays where it was.

const shown = new Map<string, string>();
const waiting = new Map<string, Element>();
const listeners: (() => void)[] = [];

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Called after parts were replaced, to bring back what only the script knows. */
export function afterParts(listener: () => void): void {
  listeners.push(listener);
}

export function placeParts(fresh: Document): void {
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const name = part.getAttribute("data-part") ?? "";
    if (shown.get(name) !== part.outerHTML) waiting.set(name, part);
    else waiting.delete(name);
  }
  placeWaiting();
}

/** Try again what had to wait. */
export function placeWaiting(): void {
  let any = false;
  for (const [name, part] of waiting) {
    const old = document.querySelector(`[data-part="${CSS.escape(name)}"]`);
    if (old && inUse(old)) continue;
    waiting.delete(name);
    shown.set(name, part.outerHTML);
    if (old) replace(old, document.importNode(part, true));
    any = true;
  }
  if (any) listeners.forEach((listener) => listener());
}

/** An open list of choices would close; a list under the pointer would move and be missed by the click. */
function inUse(part: Element): boolean {
  if (part.contains(document.activeElement) && document.activeElement instanceof HTMLSelectElement) return true;
  return part.hasAttribute("data-still") && part.matches(":hover") && !justPressed();
}

let pressedAt = 0;

/** Somebody pressed a button: the answer is shown at once, wherever the pointer is. */
export function pressed(): void {
  pressedAt = Date.now();
}

function justPressed(): boolean {
  return Date.now() - pressedAt < 3000;
}

function replace(old: Element, fresh: Element): void {
  const typed = changedFields(old).map((field) => [field.id, field.value] as const);
  const open = [...old.querySelectorAll("details[open]")].map((details) => details.id);
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const caret = focused instanceof HTMLTextAreaElement || isText(focused) ? focused.selectionEnd : null;
  old.replaceWith(fresh);
  for (const [id, value] of typed) {
    const field = document.getElementById(id) as Field | null;
    if (field) field.value = value;
  }
  for (const id of open) if (id) document.getElementById(id)?.setAttribute("open", "");
  if (focused?.id) refocus(focused.id, caret);
}

function isText(element: Element | null): element is HTMLInputElement {
  return element instanceof HTMLInputElement && element.type === "text";
}

function refocus(id: string, caret: number | null): void {
  const element = document.getElementById(id);
  element?.focus({ preventScroll: true });
  if (caret !== null && (element instanceof HTMLTextAreaElement || isText(element))) {
    element.setSelectionRange(caret, caret);
  }
}

function changedFields(part: Element): Field[] {
  const fields = [...part.querySelectorAll<Field>("input[type=text][id], textarea[id], select[id]")];
  return fields.filter((field) =>
    field instanceof HTMLSelectElement
      ? [...field.options].some((option) => option.selected !== option.defaultSelected) && touched.has(field.id)
      : field.value !== field.defaultValue,
  );
}

// A list of choices without a chosen one shows its first: only what somebody chose is kept.
const touched = new Set<string>();
document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLSelectElement) touched.add(event.target.id);
});

export function somethingTyped(): boolean {
  return changedFields(document.body).length > 0;
}

/** What was typed has been stored: from now on the server's word counts. */
export function settle(form: HTMLFormElement): void {
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.defaultValue = field.value;
    if (field instanceof HTMLSelectElement) touched.delete(field.id);
  }
}
