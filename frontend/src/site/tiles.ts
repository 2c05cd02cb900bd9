// Who is seen: those on air, and one page of those who wait. Nothing else is received.

import {
  Track, VideoQuality,
  type LocalTrackPublication, type RemoteParticipant, type RemoteTrackPublication, type Room,
} from "livekit-client";
import { digits, word } from "../control/words";
import { facts, find } from "./facts";

const A_PAGE = 6;
const PICTURES: Track.Source[] = [Track.Source.Camera, Track.Source.ScreenShare];
const SOUNDS: Track.Source[] = [Track.Source.Microphone, Track.Source.ScreenShareAudio];
let pageNumber = 0;

function others(): string[] {
  const pages = Math.max(1, Math.ceil(facts.others.length / A_PAGE));
  pageNumber = Math.min(pageNumber, pages - 1);
  find("pages").hidden = pages < 2;
  find("page-number").textContent = word("page_of", { number: digits(pageNumber + 1), total: digits(pages) });
  find<HTMLButtonElement>("page-back").disabled = pageNumber === 0;
  find<HTMLButtonElement>("page-on").disabled = pageNumber === pages - 1;
  return facts.others.slice(pageNumber * A_PAGE, (pageNumber + 1) * A_PAGE);
}

export function listenForPages(room: Room): void {
  const turn = (by: number) => () => {
    pageNumber = Math.max(0, pageNumber + by);
    showTiles(room);
  };
  find("page-back").addEventListener("click", turn(-1));
  find("page-on").addEventListener("click", turn(1));
}

/** Bring tiles and subscriptions in step with the facts. */
export function showTiles(room: Room): void {
  const waiting = others();
  arrange(find("tiles-air"), facts.set);
  arrange(find("tiles-others"), facts.on_air ? waiting : [facts.identity, ...waiting]);
  empty("air-none", facts.set.length === 0, "nobody_on_air");
  empty("others-none", facts.others.length === 0, "nobody_else");
  for (const participant of room.remoteParticipants.values()) {
    participant.trackPublications.forEach((publication) => choose(publication, participant));
  }
  showOwn(room);
}

function empty(id: string, none: boolean, words: string): void {
  find(id).hidden = !none;
  find(id).textContent = word(words);
}

export function choose(publication: RemoteTrackPublication, participant: RemoteParticipant): void {
  const onAir = facts.set.includes(participant.identity);
  const seen = tile(participant.identity) !== null;
  const picture = seen && PICTURES.includes(publication.source);
  const sound = onAir && SOUNDS.includes(publication.source);
  publication.setSubscribed(picture || sound);
  if (picture) {
    const big = facts.set.length < 3 && onAir;
    publication.setVideoQuality(big ? VideoQuality.MEDIUM : VideoQuality.LOW);
    place(publication, participant.identity); // a seat that came on air takes its picture along
  }
}

function tile(identity: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-tile="${CSS.escape(identity)}"]`);
}

/** Keep the tiles that stay, so that their pictures do not blink. */
function arrange(box: HTMLElement, identities: string[]): void {
  box.dataset["count"] = String(identities.length);
  const wanted = identities.map((identity) => tileIn(box, identity));
  for (const old of [...box.children]) if (!wanted.includes(old as HTMLElement)) old.remove();
  wanted.forEach((one, at) => {
    if (box.children[at] !== one) box.insertBefore(one, box.children[at] ?? null);
  });
}

function tileIn(box: HTMLElement, identity: string): HTMLElement {
  const found = box.querySelector<HTMLElement>(`[data-tile="${CSS.escape(identity)}"]`) ?? newTile(identity);
  const own = identity === facts.identity;
  const name = found.querySelector("figcaption");
  if (name) name.textContent = own ? word("you") : (facts.names[identity] ?? "");
  return found;
}

function newTile(identity: string): HTMLElement {
  const figure = document.createElement("figure");
  figure.className = "tile";
  figure.dataset["tile"] = identity;
  const picture = document.createElement("div");
  picture.className = "tile__picture";
  figure.append(picture, document.createElement("figcaption"));
  return figure;
}

/** Put the track's element into the participant's tile; a shared screen lies over the camera. */
export function place(publication: RemoteTrackPublication | LocalTrackPublication, identity: string): void {
  const track = publication.track;
  const box = tile(identity)?.querySelector(".tile__picture");
  if (!track || !box || track.kind !== Track.Kind.Video) return;
  const there = box.querySelector(`[data-track="${CSS.escape(publication.trackSid)}"]`);
  if (there) return;
  track.detach().forEach((element) => element.remove());
  const element = track.attach();
  element.dataset["track"] = publication.trackSid;
  element.className = publication.source === Track.Source.ScreenShare ? "tile__screen" : "tile__camera";
  element.setAttribute("aria-hidden", "true");
  box.append(element);
}

function showOwn(room: Room): void {
  room.localParticipant.trackPublications.forEach((publication) => {
    if (!publication.isMuted) place(publication, facts.identity);
  });
}

/** Sound needs an element too, though nobody sees it. */
export function attachSound(publication: RemoteTrackPublication): void {
  if (publication.track?.kind === Track.Kind.Audio) publication.track.attach();
}
