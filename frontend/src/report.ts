// The report: plays the recording, jumps to chapters and answers, and replays the questions beside it.

import { Player } from "./report/player";
import { followPlaces } from "./report/places";
import { followReplay } from "./report/replay";

const box = document.querySelector<HTMLElement>("#player");
if (box) {
  const player = new Player(box);
  followPlaces(player);
  followReplay(player.video);
}
