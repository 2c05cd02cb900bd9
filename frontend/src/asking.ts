// The ask page works without this module; it counts, previews, remembers and offers what others asked.
import { liveCounter } from "./asking/counter";
import { forget, remember } from "./asking/memory";
import { pictures } from "./asking/pictures";
import { sending } from "./asking/sending";
import { similar } from "./asking/similar";

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
  sending(form);
}
