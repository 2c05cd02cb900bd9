"""One run of one dialogue's programme: from the first frame to the end of the dialogue, or of the process."""

from __future__ import annotations

import asyncio
import logging
import queue
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from shonglap.base import clock as product_clock
from shonglap.stage import actions, livekit
from shonglap.stage.models import Stage

from .clocks import Outlets, PictureClock, SoundClock
from .conference import Conference, Door
from .encoders import SoundEncoder, VideoEncoder
from .figures import Figures
from .finishing import hls_folder, public_folder, tell_lengths
from .follower import Follower, read
from .journal import Journal, Segment, write_whole
from .planes import Bytes
from .poster import poster
from .rungs import RUNGS
from .segmenter import Run, Segmenter
from .studio import RunClock, Studio, guarded
from .transport import ORIGIN, TICKS, Coded

log = logging.getLogger(__name__)

WAITING = 4000  # encoded frames on their way to the disk; a full queue holds the encoders back, and they drop
ENOUGH_TO_PLAY = 2  # segments


class Broadcast:
    """Owns the threads. `run` comes back once everything encoded is on disk."""

    def __init__(self, stage: Stage, wanted: Callable[[], bool]) -> None:
        self._slug, self._wanted = stage.dialogue.slug, wanted
        self._hls = hls_folder(self._slug)
        self._hls.mkdir(parents=True, exist_ok=True)
        self._journal = Journal(self._hls / "segments.jsonl")
        tell_lengths(stage, self._journal)
        self._studio, self._figures = Studio(read(stage.dialogue_id)), Figures()
        part = actions.begin_part(stage)
        lag = (product_clock.now() - part.began_at).total_seconds()
        self._clock = RunClock(part.began_at, lag)
        self._follower = Follower(self._studio, stage, part, self._clock.stop)
        run = Run(self._hls, part.pk, part.began_at)
        self._segmenter = Segmenter(run, self._journal, self._written)
        self._tasks: queue.Queue[Callable[[], None] | None] = queue.Queue(WAITING)
        origin = ORIGIN + round(self._journal.seconds * TICKS)
        self._encoders = [VideoEncoder(rung, self._sink, origin=origin) for rung in RUNGS]
        self._sound = SoundEncoder(self._sink, origin=origin)
        self._door = Door(
            settings.LIVEKIT_URL,
            lambda: livekit.programme_token(livekit.room_of(self._slug), "programme"),
            self._follower.note_connected,
            self._follower.note_quality,
        )

    def run(self) -> None:
        outlets = Outlets(self._encoders, self._missed, self._take_poster)
        pictures = PictureClock(self._studio, self._clock, self._figures, outlets)
        sounds = SoundClock(self._studio, self._clock, self._sound)
        writing = guarded(self._write, "segments")
        following = guarded(self._follower.run, "follower")
        encoding = [guarded(encoder.run, encoder.rung.name) for encoder in self._encoders]
        clocks = [guarded(pictures.run, "pictures"), guarded(sounds.run, "sounds")]
        self._attend()
        for thread in clocks:
            thread.join()
        for encoder in self._encoders:
            encoder.finish()
        for thread in encoding:
            thread.join()
        self._tasks.put(None)
        writing.join()
        self._follower.streaming = False
        self._follower.stop()
        following.join()

    def _attend(self) -> None:
        """In this thread, until the run's clock has an end."""

        def going_on() -> bool:
            if not self._wanted():
                self._clock.stop()
            return self._clock.now() < self._clock.stop_at

        asyncio.run(Conference(self._studio, self._door, self._figures).run(going_on))

    # Called by the encoders and clocks: whatever touches the disk is done by one thread, in order.

    def _sink(self, rung: str, index: int, coded: Coded) -> None:
        self._tasks.put(lambda: self._segmenter.take(rung, index, coded))

    def _missed(self, rung: str, index: int) -> None:
        self._tasks.put(lambda: self._segmenter.miss(rung, index))

    def _take_poster(self, buffer: Bytes) -> None:
        path = public_folder(self._slug) / "poster.jpg"
        self._tasks.put(lambda: write_whole(path, poster(buffer)))

    def _write(self) -> None:
        figures_file = Path(settings.RUN_FOLDER) / f"programme-{self._slug}.json"
        next_figures = 0.0
        while True:
            try:
                task = self._tasks.get(timeout=0.5)
            except queue.Empty:
                task = self._segmenter.look_at_clock
            if task is None:
                break
            task()
            if self._clock.now() >= next_figures:
                self._segmenter.look_at_clock()
                self._figures.write(figures_file, self._journal.segments)
                next_figures = self._clock.now() + 1
        self._segmenter.finish(self._clock.stop_at)
        self._figures.write(figures_file, self._journal.segments)

    def _written(self, segment: Segment) -> None:
        self._follower.seconds = self._journal.seconds_by_part()[segment.part]
        if len(self._journal.segments) >= ENOUGH_TO_PLAY:
            self._follower.streaming = True
