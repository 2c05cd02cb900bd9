// Every form marked `data-press` is sent without leaving the page. What was refused is said in words.

import { pressed, settle } from "./parts";
import { post } from "./server";
import { word } from "./words";

export function say(text: string, trouble = false): void {
  write(trouble ? "trouble" : "said", text);
}

/** Whether the server is in reach stands apart: it must not push aside what became of a press. */
export function sayTouch(text: string): void {
  write("touch", text);
}

function write(id: string, text: string): void {
  const box = document.getElementById(id);
  if (box && box.textContent !== text) box.textContent = text;
}

export function listenForPresses(done: () => void): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-press")) return;
    event.preventDefault();
    void send(form, event.submitter, done);
  });
}

async function send(form: HTMLFormElement, button: HTMLElement | null, done: () => void): Promise<void> {
  if (form.getAttribute("aria-busy") === "true") return; // a second press of the same button
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await post(form.action, new FormData(form, button));
    say(answer.message, true); // nothing, a warning, or why it was refused
    if (answer.ok) settle(form);
    pressed();
    closeQuestion(form, answer.ok);
  } catch {
    say(word("not_sent"), true);
  } finally {
    form.removeAttribute("aria-busy");
  }
  done();
}

/** "Are you sure" has been answered. */
function closeQuestion(form: HTMLFormElement, ok: boolean): void {
  if (ok) form.closest("details.sure")?.removeAttribute("open");
}
