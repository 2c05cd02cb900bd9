// Lets the watch page's client follow a feed in simulated time: node follow.mjs '{"ahead": 0, "offset": 0.5, ...}'
// `ahead` is how many seconds the client's clock is wrong, `broken` when its line is down, `late` when it comes.
// Prints what it asked for and what it showed, as one JSON object.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { transformWithOxc } from "vite";

const plan = { ahead: 0, offset: 0.5, broken: [0, 0], late: 1, seconds: 120, ...JSON.parse(process.argv[2]) };
const LENGTH = 2;
const LAG = 0.2; // a tick is on disk a little after it was due
let now = plan.late;
const timers = [];
const asked = [];
const shown = [];
const lines = [];

Date.now = () => 1.6e12 + (now + plan.ahead) * 1000;
Math.random = () => plan.offset;
const moment = (seconds) => new Date(1.6e12 + seconds * 1000).toISOString();
globalThis.document = { hidden: false };
globalThis.window = { setTimeout: (call, wait) => timers.push({ at: now + wait / 1000, call }) };
globalThis.fetch = async (address) => {
  const name = address.replace("/feed/", "").replace(".json", "");
  asked.push([now, name]);
  if (now >= plan.broken[0] && now < plan.broken[1]) throw new TypeError("no line");
  const content = answer(name);
  return { ok: content !== null, status: content === null ? 404 : 200, json: async () => content };
};

// Tick n is due at (n - 1) * LENGTH, counts one up, and names itself.
function answer(name) {
  const last = plan.seconds / LENGTH;
  const newest = Math.min(Math.floor((now - LAG) / LENGTH) + 1, last);
  const due = (tick) => ({ version: 1, tick, at: moment((tick - 1) * LENGTH) });
  const clockwork = (tick) => ({ length: LENGTH, next_at: moment(tick * LENGTH) });
  const final = newest === last;
  const snapshot = final ? last : Math.floor((newest - 1) / 10) * 10 + 1;
  if (name === "head") return { ...due(newest), ...clockwork(newest), dialogue: "roads", snapshot, final };
  const number = Number(name.replace("state-", ""));
  if (number > newest) return null;
  if (name.startsWith("state-")) return { ...due(number), state: { votes: { q: number }, [`t${number}`]: true } };
  return { ...due(number), ...clockwork(number), changes: { votes: { q: number }, [`t${number}`]: true } };
}

const source = process.argv[3];
const built = process.argv[4];
writeFileSync(built, (await transformWithOxc(readFileSync(source, "utf-8"), source)).code);
const { Feed } = await import(pathToFileURL(built).href);
rmSync(built);
const settled = async () => { for (let turn = 0; turn < 300; turn += 1) await new Promise((done) => setImmediate(done)); };

new Feed("/feed/", (state) => shown.push([now, state.votes.q]), (up) => lines.push([now, up])).start();
await settled();
while (timers.length > 0 && now < plan.seconds + 60) {
  timers.sort((one, other) => one.at - other.at);
  const next = timers.shift();
  now = next.at;
  next.call();
  await settled();
}
console.log(JSON.stringify({ asked, shown, lines, stopped: timers.length === 0 }));
