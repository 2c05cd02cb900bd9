// Links to places in the recording: they play there instead of opening the file, and the address says where.

import type { Player } from "./player";

const PLACE = /^#t=(\d+)$/;

export function followPlaces(player: Player): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("a[data-at]")];
  for (const link of links) link.href = `#t=${link.dataset["at"] ?? "0"}`;
  window.addEventListener("hashchange", () => go(player));
  document.addEventListener("click", (event) => again(event, player));
  player.video.addEventListener("timeupdate", () => markChapter(player.video.currentTime));
  go(player);
}

function go(player: Player): void {
  const place = PLACE.exec(location.hash);
  if (!place) return;
  player.video.scrollIntoView({ block: "nearest" });
  void player.play(Number(place[1]));
}

/** The same place asked for twice does not change the address, but is meant. */
function again(event: MouseEvent, player: Player): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-at]") : null;
  if (link && link.hash === location.hash) go(player);
}

function markChapter(seconds: number): void {
  const chapters = [...document.querySelectorAll<HTMLAnchorElement>(".report-chapters__link")];
  const current = chapters.filter((chapter) => Number(chapter.dataset["at"]) <= seconds).pop();
  if (current?.hasAttribute("aria-current")) return;
  for (const chapter of chapters) {
    if (chapter === current) chapter.setAttribute("aria-current", "true");
    else chapter.removeAttribute("aria-current");
  }
  if (current) showInList(current);
}

/** Moves the list, never the page. */
function showInList(chapter: HTMLElement): void {
  const list = chapter.closest("ol")!;
  const place = chapter.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
  if (place < list.scrollTop || place + chapter.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = place - list.clientHeight / 3;
  }
}
