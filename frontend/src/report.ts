// The report: plays the recording, jumps to chapters and answers, and replays the questions beside it.

import { Player } from "./report/player";
import { followPlaces } from "./report/places";

const box = document.querySelector<HTMLElement>("#player");
if (box) followPlaces(new Player(box));
