// The control room follows its dialogue: asks once a second what moved, and fetches only that.

import { runClocks } from "./control/clocks";
import { listenForKeys } from "./control/keys";
import { followStream } from "./control/monitor";
import { afterParts, placeParts, placeWaiting, somethingTyped } from "./control/parts";
import { listenForPresses, sayTouch } from "./control/press";
import { getJson, getParts, setServerTime, ShutOut } from "./control/server";
import { followConference, showListening, showQualities } from "./control/thumbnails";
import { word } from "./control/words";

interface State {
  stage: string;
  queue: string;
  seats: string;
  now: number;
}

type Part = "stage" | "queue";

const EVERY = 1000;
const QUEUE_REST = 3000; // votes come in all the time; the list need not jump with each
const main = document.getElementById("main-content") as HTMLElement;
const seen: Record<Part, string> = { stage: "", queue: "" };
let queueAt = 0;
let failures = 0;
let asking = false;
let again = false;

async function look(pressed = false): Promise<void> {
  if (asking) {
    again ||= pressed; // what was asked before the press does not know of it
    return;
  }
  asking = true;
  try {
    const state = await getJson<State>(main.dataset["state"] ?? "");
    setServerTime(state.now);
    // A site was added or taken away: only a new page has a place for its picture.
    if (state.seats !== main.dataset["seats"] && !somethingTyped()) location.reload();
    if (state.stage !== seen.stage) await fetchParts("stage", state.stage);
    const rested = pressed || Date.now() - queueAt > QUEUE_REST;
    if (state.queue !== seen.queue && rested) await fetchParts("queue", state.queue);
    placeWaiting();
    sayTouch("");
    failures = 0;
  } catch (problem) {
    notHeard(problem);
  } finally {
    asking = false;
  }
  if (!again) return;
  again = false;
  await look(true);
}

async function fetchParts(of: Part, key: string): Promise<void> {
  placeParts(await getParts(`${main.dataset["parts"] ?? ""}?of=${of}`));
  seen[of] = key;
  if (of === "queue") queueAt = Date.now();
}

function notHeard(problem: unknown): void {
  failures += 1;
  if (failures > 1) sayTouch(word(problem instanceof ShutOut ? problem.word : "out_of_touch"));
}

function follow(): void {
  const state = document.querySelector<HTMLElement>("[data-dialogue]")?.dataset["dialogue"];
  followStream();
  followConference(state === "rehearsal" || state === "live");
  showListening();
  showQualities();
}

if (main.dataset["state"]) {
  listenForPresses(() => void look(true));
  listenForKeys();
  afterParts(follow);
  runClocks();
  follow();
  void look();
  setInterval(() => void look(), EVERY);
}
