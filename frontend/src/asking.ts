// The ask page works without this module; it counts, previews, remembers and offers what others asked.
import { liveCounter } from "./asking/counter";
import { forget, remember } from "./asking/memory";
import { pictures } from "./asking/pictures";
import { similar } from "./asking/similar";
import { say } from "./asking/words";

const form = document.querySelector<HTMLFormElement>("form#ask");
const text = form?.querySelector<HTMLTextAreaElement>("textarea[name=text]");
const files = form?.querySelector<HTMLInputElement>("input[type=file]");
const sent = document.querySelector<HTMLElement>("[data-sent]");

if (sent) forget(sent.dataset["sent"] ?? "");

if (form && text) {
  remember(form);
  liveCounter(form, text);
  similar(form, text);
  if (files) pictures(form, files);
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  const words = button?.textContent ?? "";
  form.addEventListener("submit", () => {
    if (button) [button.disabled, button.textContent] = [true, say("sending")];
  });
  // Coming back by the browser's own button must find a form that can be sent.
  window.addEventListener("pageshow", () => {
    if (button) [button.disabled, button.textContent] = [false, words];
  });
}
