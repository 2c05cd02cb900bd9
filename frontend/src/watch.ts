// The watch page comes alive: the feed moves it, the reader votes, the picture is fetched on demand.

import { Feed, type Json } from "./feed";
import { LivePlayer, type Said as Spoken } from "./watch/player";
import { Questions, type Facts, type Words } from "./watch/questions";
import { Trouble } from "./watch/trouble";

type Both = Record<string, string>;
type Said = Words & Spoken & { offline: string; answering: string };

function island<T>(id: string): T {
  return JSON.parse(document.getElementById(id)!.textContent ?? "{}") as T;
}

const facts = island<Facts & { feed: string }>("facts");
const words = island<Said>("words");
const trouble = new Trouble(document.getElementById("trouble")!);
const rung = document.getElementById("rung") as HTMLSelectElement;
const player = new LivePlayer(document.getElementById("player")!, rung, words);
const questions = new Questions(
  document.getElementById("questions")!,
  document.getElementById("fresh") as HTMLButtonElement,
  trouble,
  facts,
  words,
);

function show(state: Json): void {
  const stream = (state["stream"] ?? {}) as { state?: string };
  player.show(stream.state ?? "off");
  document.getElementById("quality")!.hidden = stream.state !== "on";
  showEnd(((state["dialogue"] ?? {}) as { state?: string }).state ?? "");
  showNow(state);
  questions.update(state);
}

/** Whoever stays until the end is told where to go on. */
function showEnd(dialogue: string): void {
  const over = dialogue === "ended" || dialogue === "published";
  document.getElementById("ask")?.toggleAttribute("hidden", over);
  document.getElementById("report-soon")!.hidden = dialogue !== "ended";
  document.getElementById("report")!.hidden = dialogue !== "published";
}

function showNow(state: Json): void {
  const stage = (state["stage"] ?? {}) as { on_air?: { name: Both; place: Both }[]; answering?: { office: { name: Both } } };
  const agenda = (state["agenda"] ?? {}) as Record<string, { state: string; title: Both }>;
  const now = Object.values(agenda).find((item) => item.state === "now");
  set("now-item", now?.title[facts.language] ?? "");
  document.getElementById("now-label")!.hidden = !now;
  const names = (stage.on_air ?? []).map((one) => one.place[facts.language] || one.name[facts.language] || "");
  const air = document.getElementById("on-air")!;
  if ([...air.children].map((one) => one.textContent).join() !== names.join()) air.replaceChildren(...names.map(chip));
  const answering = document.getElementById("answering")!;
  answering.hidden = !stage.answering;
  if (stage.answering) answering.textContent = `${words.answering}: ${stage.answering.office.name[facts.language] ?? ""}`;
  for (const line of document.querySelectorAll<HTMLElement>("#agenda [data-item]")) {
    const progress = agenda[line.dataset["item"] ?? ""]?.state ?? "planned";
    line.className = `watch__line watch__line--${progress}`;
    if (progress === "now") line.setAttribute("aria-current", "step");
    else line.removeAttribute("aria-current");
  }
}

function set(id: string, text: string): void {
  const place = document.getElementById(id)!;
  if (place.textContent !== text) place.textContent = text;
}

function chip(name: string): HTMLElement {
  const made = document.createElement("span");
  made.className = "watch__name";
  made.textContent = name;
  return made;
}

document.querySelector(".pager")?.remove(); // the feed brings every question at once
document.getElementById("sorts")!.hidden = false;
const feed = new Feed(facts.feed, show, (up) => trouble.say("line", up ? "" : words.offline));
feed.start();
window.addEventListener("online", () => feed.hurry());
document.addEventListener("visibilitychange", () => document.hidden || feed.hurry());
