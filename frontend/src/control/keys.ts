// Single keys press the buttons that show them. They can be switched off, and rest while somebody types.

const REMEMBERED = "shonglap-control-keys";

export function listenForKeys(): void {
  const box = document.getElementById("keys-on") as HTMLInputElement | null;
  if (!box) return;
  box.checked = localStorage.getItem(REMEMBERED) !== "off";
  box.addEventListener("change", () => localStorage.setItem(REMEMBERED, box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (box.checked && !event.repeat && !isTyping(event)) pressButton(event);
  });
}

function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return true;
  const at = event.target;
  if (at instanceof HTMLInputElement) return at.type !== "checkbox";
  return at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement;
}

function pressButton(event: KeyboardEvent): void {
  const key = latin(event);
  const button = document.querySelector<HTMLButtonElement>(`[data-key="${CSS.escape(key)}"]`);
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
}

/** The key by its place, so that it also works on a Bangla keyboard. */
function latin(event: KeyboardEvent): string {
  const place = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code);
  return (place?.[1] ?? event.key).toLowerCase();
}
