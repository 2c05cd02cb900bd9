// The desk works without this module by refreshing; it follows the queue and holds the open item.
import { item } from "./moderation/item";
import { queue } from "./moderation/queue";

const desk = document.getElementById("desk");
const open = document.getElementById("item");
if (desk) queue(desk);
if (open) item(open);

// A second press of the same button is no second decision.
for (const form of document.querySelectorAll<HTMLFormElement>("form[method=post]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll<HTMLButtonElement>("button[type=submit]")) {
      window.setTimeout(() => (button.disabled = true), 0);
    }
  });
}
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
