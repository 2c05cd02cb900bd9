"""Many sites in one process and one event loop: frames and sound are ready-made, so sending costs little."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import numpy as np
from asgiref.sync import sync_to_async
from django.db import connections
from livekit import rtc

from . import stage
from .pictures import FRAMES, HEIGHT, WIDTH, Loops
from .voices import RATE, voice

log = logging.getLogger(__name__)

SOUND_STEP = 0.24  # seconds of sound handed over at once: each handing over costs about a millisecond
REST = 3  # off air only every third frame is sent; a thumbnail needs no more
FIRST_WAIT, LONGEST_WAIT = 1.0, 5.0
SILENCE = np.zeros(int(RATE * SOUND_STEP), np.int16)


class Watch:
    """Who is on air and who speaks; asked of the stage once a second for all sites together."""

    def __init__(self, slug: str) -> None:
        self._slug, self.floor = slug, stage.Floor()

    async def run(self, going_on: Callable[[], bool]) -> None:
        while going_on():
            try:
                self.floor = await sync_to_async(self._ask)()
            except Exception as problem:
                log.warning("Who speaks is not known: %s", problem)
            await _sleep(1.0, going_on)

    def _ask(self) -> stage.Floor:
        with _own_connection():
            return stage.floor(self._slug)


class SimulatedSite:
    def __init__(self, address: str, place: stage.Place, watch: Watch) -> None:
        self._address, self._place, self._watch = address, place, watch
        self._loops = Loops(place.number, place.name)
        self._voice = voice(place.number)

    async def run(self, going_on: Callable[[], bool]) -> None:
        """Stay in the conference; come back whenever it was lost or is not open yet."""
        wait = FIRST_WAIT
        while going_on():
            began = monotonic()
            try:
                await self._attend(going_on)
            except Exception as problem:
                log.info("%s waits outside: %s", self._place.identity, problem)
            wait = FIRST_WAIT if monotonic() - began > 10 else min(wait * 1.5, LONGEST_WAIT)
            await _sleep(wait, going_on)

    async def _attend(self, going_on: Callable[[], bool]) -> None:
        token = await sync_to_async(_fresh_token)(self._place.identity)
        room, gone = rtc.Room(), asyncio.Event()
        room.on("disconnected", lambda *_: gone.set())
        options = rtc.RoomOptions(auto_subscribe=False, dynacast=True, connect_timeout=3.0)
        try:
            await asyncio.wait_for(room.connect(self._address, token, options), 10)
            pictures, sounds = rtc.VideoSource(WIDTH, HEIGHT), rtc.AudioSource(RATE, 1, queue_size_ms=1000)
            await self._publish(room, pictures, sounds)
            present: Callable[[], bool] = lambda: going_on() and not gone.is_set()  # noqa: E731
            await asyncio.gather(self._send_pictures(pictures, present), self._send_sounds(sounds, present))
        finally:
            await asyncio.wait_for(room.disconnect(), 5)

    async def _publish(self, room: rtc.Room, pictures: rtc.VideoSource, sounds: rtc.AudioSource) -> None:
        camera = rtc.TrackPublishOptions(
            source=rtc.TrackSource.SOURCE_CAMERA,
            simulcast=False,
            video_codec=rtc.VideoCodec.VP8,
            video_encoding=rtc.VideoEncoding(max_framerate=FRAMES, max_bitrate=180_000),
        )
        microphone = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE, dtx=True, red=False)
        me = room.local_participant
        await me.publish_track(rtc.LocalVideoTrack.create_video_track("camera", pictures), camera)
        await me.publish_track(rtc.LocalAudioTrack.create_audio_track("microphone", sounds), microphone)

    async def _send_pictures(self, source: rtc.VideoSource, present: Callable[[], bool]) -> None:
        began, count = monotonic(), 0
        while present():
            speaking = self._watch.floor.speaker == self._place.identity
            buffer = self._loops.frame(count, speaking=speaking)
            source.capture_frame(rtc.VideoFrame(WIDTH, HEIGHT, rtc.VideoBufferType.I420, buffer.data))
            count += 1 if self._place.identity in self._watch.floor.on_air else REST
            await _until(began + count / FRAMES)

    async def _send_sounds(self, source: rtc.AudioSource, present: Callable[[], bool]) -> None:
        began, count, step = monotonic(), 0, len(SILENCE)
        steps = len(self._voice) // step
        while present():
            samples = SILENCE
            if self._watch.floor.speaker == self._place.identity:
                first = count % steps * step
                samples = self._voice[first : first + step]
            await source.capture_frame(rtc.AudioFrame(samples.tobytes(), RATE, 1, step))
            count += 1
            await _until(began + count * SOUND_STEP)


async def simulate(address: str, slug: str, places: list[stage.Place], going_on: Callable[[], bool]) -> None:
    watch = Watch(slug)
    sites = [SimulatedSite(address, place, watch) for place in places]
    await asyncio.gather(watch.run(going_on), *(site.run(going_on) for site in sites))


def _fresh_token(identity: str) -> str:
    with _own_connection():
        return stage.token(identity)


@contextmanager
def _own_connection() -> Iterator[None]:
    """Asked rarely, from a thread of the pool: a connection kept there would only grow old."""
    try:
        yield
    finally:
        connections.close_all()


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - monotonic()))


async def _sleep(seconds: float, going_on: Callable[[], bool]) -> None:
    until = monotonic() + seconds
    while going_on() and monotonic() < until:
        await asyncio.sleep(0.1)
