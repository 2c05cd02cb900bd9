"""The programme in the room: unseen, silent, and subscribed to those on air only.

Streams live and die by the room's events; that a stream never says its end does no harm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import cast

import numpy as np
from livekit import rtc

from .compose import Frame
from .figures import Figures
from .planes import Bytes
from .sound import RATE
from .studio import Studio

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 0.5, 5.0
QUALITIES: dict[int, str] = {
    rtc.ConnectionQuality.QUALITY_LOST: "lost",
    rtc.ConnectionQuality.QUALITY_POOR: "poor",
    rtc.ConnectionQuality.QUALITY_GOOD: "good",
    rtc.ConnectionQuality.QUALITY_EXCELLENT: "excellent",
}
QUARTER_TURNS: dict[int, int] = {
    rtc.VideoRotation.VIDEO_ROTATION_0: 0,
    rtc.VideoRotation.VIDEO_ROTATION_90: 1,
    rtc.VideoRotation.VIDEO_ROTATION_180: 2,
    rtc.VideoRotation.VIDEO_ROTATION_270: 3,
}


@dataclass(frozen=True)
class Door:
    """How to get in, and whom to tell what is seen there; the callbacks never block."""

    address: str
    token: Callable[[], str]
    connected: Callable[[set[str]], None]  # everybody who is in the room
    quality: Callable[[str, str], None]


class Conference:
    """Keeps the studio's frames and sounds fresh; comes back by itself whenever the line is lost."""

    def __init__(self, studio: Studio, door: Door, figures: Figures) -> None:
        self._studio, self._door, self._figures = studio, door, figures
        self._pumps: dict[str, asyncio.Task[None]] = {}
        self._screens: set[str] = set()  # identities whose shared screen is shown instead of the camera

    async def run(self, going_on: Callable[[], bool]) -> None:
        wait = FIRST_WAIT
        while going_on():
            began = monotonic()
            try:
                await self._attend(going_on)
            except Exception as problem:
                log.warning("No conference: %s", problem)
            finally:
                await self._let_go()
            if not going_on():
                return
            self._figures.reconnects += 1
            wait = FIRST_WAIT if monotonic() - began > 10 else min(2 * wait, LONGEST_WAIT)
            await _sleep(wait, going_on)

    async def _attend(self, going_on: Callable[[], bool]) -> None:
        room = rtc.Room()
        gone = asyncio.Event()
        self._listen(room, gone)
        options = rtc.RoomOptions(auto_subscribe=False, connect_timeout=3.0)
        try:
            await asyncio.wait_for(room.connect(self._door.address, self._door.token(), options), 10)
            log.info("In the conference with %s others", len(room.remote_participants))
            self._tell_who_is_there(room)
            while going_on() and not gone.is_set():
                self._subscribe(room)
                await asyncio.sleep(0.1)
        finally:
            await asyncio.wait_for(room.disconnect(), 5)

    def _listen(self, room: rtc.Room, gone: asyncio.Event) -> None:
        room.on("disconnected", lambda *_: gone.set())
        room.on("participant_connected", lambda _: self._tell_who_is_there(room))
        room.on("participant_disconnected", lambda _: self._tell_who_is_there(room))
        room.on("connection_quality_changed", self._note_quality)
        room.on("track_published", lambda *_: self._subscribe(room))
        room.on("track_subscribed", self._begin)
        room.on("track_unsubscribed", lambda _track, publication, who: self._end(publication, who))
        room.on("track_muted", lambda who, publication: self._blank(publication, who))

    def _tell_who_is_there(self, room: rtc.Room) -> None:
        self._door.connected(set(room.remote_participants))

    def _note_quality(self, who: rtc.Participant, quality: rtc.ConnectionQuality) -> None:
        if quality in QUALITIES:
            self._door.quality(who.identity, QUALITIES[quality])

    def _subscribe(self, room: rtc.Room) -> None:
        on_air = {seat.identity for seat in self._studio.reading.view.on_air}
        for identity, who in room.remote_participants.items():
            for publication in who.track_publications.values():
                if publication.subscribed != (identity in on_air):
                    publication.set_subscribed(identity in on_air)
        self._figures.seats = sum(identity in self._studio.frames for identity in on_air)

    def _begin(
        self, track: rtc.Track, publication: rtc.RemoteTrackPublication, who: rtc.RemoteParticipant
    ) -> None:
        if publication.sid in self._pumps:
            return
        if track.kind == rtc.TrackKind.KIND_VIDEO:
            screen = publication.source == rtc.TrackSource.SOURCE_SCREENSHARE
            if screen:
                self._screens.add(who.identity)
            work = self._pump_video(track, who.identity, screen=screen)
        elif publication.source == rtc.TrackSource.SOURCE_MICROPHONE:
            work = self._pump_sound(track, who.identity)
        else:
            return
        self._pumps[publication.sid] = asyncio.create_task(work)

    def _end(self, publication: rtc.RemoteTrackPublication, who: rtc.RemoteParticipant) -> None:
        pump = self._pumps.pop(publication.sid, None)
        if pump is not None:
            pump.cancel()
        self._blank(publication, who)

    def _blank(self, publication: rtc.TrackPublication, who: rtc.Participant) -> None:
        """The picture is gone on purpose: show the placeholder at once, not a frozen face."""
        if publication.kind == rtc.TrackKind.KIND_VIDEO:
            if publication.source == rtc.TrackSource.SOURCE_SCREENSHARE:
                self._screens.discard(who.identity)
            self._studio.frames.pop(who.identity, None)

    async def _pump_video(self, track: rtc.Track, identity: str, *, screen: bool) -> None:
        stream = rtc.VideoStream(track, format=rtc.VideoBufferType.I420, capacity=1)
        try:
            async for event in stream:
                if screen or identity not in self._screens:
                    frame = event.frame
                    buffer = upright(
                        frame.data, frame.width, frame.height, QUARTER_TURNS[cast(int, event.rotation)]
                    )
                    self._studio.frames[identity] = Frame(buffer, monotonic())
        finally:
            await stream.aclose()

    async def _pump_sound(self, track: rtc.Track, identity: str) -> None:
        stream = rtc.AudioStream(track, sample_rate=RATE, num_channels=1, frame_size_ms=20, capacity=25)
        buffer = self._studio.sounds[identity]
        try:
            async for event in stream:
                buffer.push(np.frombuffer(event.frame.data, np.int16))
        finally:
            await stream.aclose()

    async def _let_go(self) -> None:
        pumps = list(self._pumps.values())
        self._pumps.clear()
        self._screens.clear()
        self._studio.frames.clear()
        for pump in pumps:
            pump.cancel()
        if pumps:
            await asyncio.wait(pumps, timeout=3)


def upright(data: bytes | bytearray | memoryview, width: int, height: int, turns: int) -> Bytes:
    """The frame as an I420 buffer with sides in steps of four, turned the way its camera was held."""
    flat = np.frombuffer(data, np.uint8)
    if turns == 0 and width % 4 == 0 and height % 4 == 0:
        return flat.reshape(height * 3 // 2, width)
    across, down = (width + 1) // 2, (height + 1) // 2
    luma, chroma = width * height, across * down
    planes = [
        flat[:luma].reshape(height, width)[: height // 4 * 4, : width // 4 * 4],
        flat[luma : luma + chroma].reshape(down, across)[: height // 4 * 2, : width // 4 * 2],
        flat[luma + chroma : luma + 2 * chroma].reshape(down, across)[: height // 4 * 2, : width // 4 * 2],
    ]
    turned = [np.rot90(plane, -turns) for plane in planes]
    rows, columns = turned[0].shape
    return np.concatenate([plane.ravel() for plane in turned]).reshape(rows * 3 // 2, columns)


async def _sleep(seconds: float, going_on: Callable[[], bool]) -> None:
    until = monotonic() + seconds
    while going_on() and monotonic() < until:
        await asyncio.sleep(0.1)
