// Live pictures of every connected seat, straight from the conference, small and silent.
// The host may listen to one seat before bringing it on air.

import {
  ConnectionState, Room, RoomEvent, Track,
  type Participant, type RemoteParticipant, type RemoteTrack, type RemoteTrackPublication,
} from "livekit-client";
import { post } from "./server";
import { word } from "./words";

interface Entry {
  address: string;
  token: string;
}

const room = new Room({ adaptiveStream: true, disconnectOnPageLeave: true });
let wanted = false;
let attempts = 0;
let heard = "";

room
  .on(RoomEvent.TrackPublished, (publication, participant) => choose(publication, participant))
  .on(RoomEvent.ParticipantConnected, (participant) => chooseAll(participant))
  .on(RoomEvent.TrackSubscribed, (track, publication, participant) => show(track, publication, participant))
  .on(RoomEvent.TrackUnsubscribed, (track) => track.detach().forEach((element) => element.remove()))
  .on(RoomEvent.ActiveSpeakersChanged, markSpeakers)
  .on(RoomEvent.ConnectionQualityChanged, showQualities)
  .on(RoomEvent.Reconnecting, () => tell("conference_lost"))
  .on(RoomEvent.Reconnected, () => tell("conference_joined"))
  .on(RoomEvent.Disconnected, () => void joinAgain());

function tell(name: string): void {
  const place = document.getElementById("conference");
  if (place) place.textContent = name ? word(name) : "";
}

/** Join while the stage is open; leave when it is over. */
export function followConference(open: boolean): void {
  if (open === wanted) return;
  wanted = open;
  if (open) void join();
  else void room.disconnect();
}

async function join(): Promise<void> {
  if (!wanted || room.state !== ConnectionState.Disconnected) return;
  const main = document.getElementById("main-content");
  try {
    const entry = await post<Entry>(main?.dataset["token"] ?? "");
    if (!entry.ok) throw new Error(entry.message);
    await room.connect(entry.address, entry.token, { autoSubscribe: false });
  } catch {
    tell("conference_refused");
    return joinAgain();
  }
  attempts = 0;
  tell("conference_joined");
  room.remoteParticipants.forEach(chooseAll);
}

/** A lost room is asked for again with a fresh token, less and less often. */
async function joinAgain(): Promise<void> {
  if (!wanted) return tell("");
  attempts += 1;
  if (attempts > 1) tell("conference_lost");
  await new Promise((resolve) => setTimeout(resolve, Math.min(1000 * attempts, 8000)));
  return join();
}

function chooseAll(participant: RemoteParticipant): void {
  participant.trackPublications.forEach((publication) => choose(publication, participant));
}

function choose(publication: RemoteTrackPublication, participant: RemoteParticipant): void {
  if (!frame(participant.identity)) return;
  const picture = publication.source === Track.Source.Camera;
  const sound = publication.source === Track.Source.Microphone && participant.identity === heard;
  publication.setSubscribed(picture || sound);
}

function frame(identity: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-video="${CSS.escape(identity)}"]`);
}

function show(track: RemoteTrack, _publication: RemoteTrackPublication, participant: RemoteParticipant): void {
  const element = track.attach();
  if (track.kind === Track.Kind.Audio) return;
  element.className = "seat__picture";
  element.setAttribute("aria-hidden", "true");
  frame(participant.identity)?.append(element);
}

function markSpeakers(speakers: Participant[]): void {
  const speaking = new Set(speakers.map((speaker) => speaker.identity));
  for (const seat of document.querySelectorAll<HTMLElement>("[data-seat]")) {
    seat.classList.toggle("seat--speaking", speaking.has(seat.dataset["seat"] ?? ""));
  }
}

/** The newest word on each line is here already, before the server has heard it. */
export function showQualities(): void {
  for (const participant of room.remoteParticipants.values()) {
    const name = `quality_${participant.connectionQuality}`;
    const mark = document.querySelector<HTMLElement>(`[data-quality="${CSS.escape(participant.identity)}"]`);
    const label = mark?.querySelector("[data-quality-word]");
    if (!mark || !label || !word(name)) continue;
    mark.className = `quality quality--${participant.connectionQuality}`;
    label.textContent = word(name);
  }
}

/** Fresh parts come with their buttons hidden: show them, with the present choice. */
export function showListening(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-listen]")) {
    button.hidden = room.state === ConnectionState.Disconnected;
    button.setAttribute("aria-pressed", String(button.dataset["listen"] === heard));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-listen]") : null;
  if (!button) return;
  const identity = button.dataset["listen"] ?? "";
  heard = heard === identity ? "" : identity;
  void room.startAudio();
  room.remoteParticipants.forEach(chooseAll);
  showListening();
});
