// The page of a site: device check, green room, on air. The server's word on the state is asked for each second.

import { runClocks } from "./control/clocks";
import { placeParts, placeWaiting } from "./control/parts";
import { listenForPresses, sayTouch } from "./control/press";
import { getJson, getParts, setServerTime, ShutOut } from "./control/server";
import { word } from "./control/words";
import { listenForButtons, showButtons } from "./site/buttons";
import { isWanted, join, leave, listenToConference, openMicrophone, room, wasJoined } from "./site/conference";
import { listenForCheck } from "./site/devices";
import { facts, find, main, type Facts } from "./site/facts";
import { showTiles } from "./site/tiles";

const EVERY = 1000;
const title = document.title;
let key = "";
let failures = 0;

async function look(): Promise<void> {
  try {
    const before = { ...facts };
    Object.assign(facts, await getJson<Facts>(main.dataset["state"] ?? ""));
    setServerTime(facts.now);
    await follow(before);
    placeWaiting();
    sayTouch("");
    failures = 0;
  } catch (problem) {
    failures += 1;
    if (failures > 2) await sayNotHeard(problem);
  } finally {
    setTimeout(() => void look(), EVERY);
  }
}

/** Nobody sends picture and sound on from a place that is none any more. */
async function sayNotHeard(problem: unknown): Promise<void> {
  const shutOut = problem instanceof ShutOut ? problem.word : "";
  sayTouch(word(shutOut || "out_of_touch"));
  if (shutOut === "no_access" && isWanted()) await leave();
}

async function follow(before: Facts): Promise<void> {
  if (facts.key !== key) {
    placeParts(await getParts(main.dataset["parts"] ?? ""));
    key = facts.key;
  }
  main.dataset["phase"] = facts.phase;
  document.title = facts.on_air ? `● ${word("on_air_title")} - ${title}` : title;
  if (facts.phase !== "open" && isWanted()) await leave();
  if (before.muted !== facts.muted && isWanted()) await openMicrophone().catch(() => undefined);
  if (isWanted()) showTiles(room);
  showButtons();
}

function begin(): void {
  listenForPresses(() => undefined);
  listenForCheck();
  listenForButtons();
  listenToConference(showButtons);
  find("join").addEventListener("click", () => void join().then(showButtons));
  find("check").hidden = facts.phase === "over";
  find("room").hidden = false;
  runClocks();
  showButtons();
  // Reloaded while connected: straight back in.
  if (wasJoined() && facts.phase === "open") void join().then(showButtons);
  void look();
}

begin();
