// The watch page comes alive: the feed moves it, the reader votes, the picture is fetched on demand.

import { Feed, type Json } from "./feed";
import { LivePlayer } from "./watch/player";
import { Questions, type Facts, type Words } from "./watch/questions";

type Both = Record<string, string>;
type Said = Words & { offline: string; stalled: string; onAir: string; answering: string };

function island<T>(id: string): T {
  return JSON.parse(document.getElementById(id)!.textContent ?? "{}") as T;
}

const facts = island<Facts & { feed: string }>("facts");
const words = island<Said>("words");
const trouble = document.getElementById("trouble")!;
const player = new LivePlayer(document.getElementById("player")!, trouble, words);
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
  document.getElementById("slate")!.hidden = stream.state === "on";
  showNow(state);
  questions.update(state);
}

function showNow(state: Json): void {
  const stage = (state["stage"] ?? {}) as { on_air?: { name: Both; place: Both }[]; answering?: { office: { name: Both } } };
  const agenda = (state["agenda"] ?? {}) as Record<string, { state: string; title: Both }>;
  const now = Object.values(agenda).find((item) => item.state === "now");
  set("now-item", now?.title[facts.language] ?? "");
  const names = (stage.on_air ?? []).map((one) => one.place[facts.language] || one.name[facts.language] || "");
  document.getElementById("on-air")!.replaceChildren(...names.map(chip));
  const answering = document.getElementById("answering")!;
  answering.hidden = !stage.answering;
  if (stage.answering) answering.textContent = `${words.answering}: ${stage.answering.office.name[facts.language] ?? ""}`;
  for (const line of document.querySelectorAll<HTMLElement>("#agenda [data-item]")) {
    const progress = agenda[line.dataset["item"] ?? ""]?.state ?? "planned";
    line.className = `watch__line watch__line--${progress}`;
    line.toggleAttribute("aria-current", progress === "now");
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
const rung = document.getElementById("rung") as HTMLSelectElement;
rung.addEventListener("change", () => player.choose(rung.value));
new Feed(facts.feed, show, (up) => (trouble.textContent = up ? "" : words.offline)).start();
