"""Gathers what the encoders give, and writes a segment once every rung has it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from . import playlists
from .journal import Journal, Segment, write_whole
from .rungs import AUDIO, NAMES, RUNGS, SEGMENT_SECONDS
from .transport import Coded, Continuity, mux

log = logging.getLogger(__name__)

LATEST = 3.0  # seconds that a rung may come after the first one; then the segment goes out without it


@dataclass
class Gathering:
    """A segment in the making. A rung is complete once something of a later segment came from it."""

    frames: dict[str, list[Coded]] = field(default_factory=lambda: {name: [] for name in NAMES})
    complete: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    first_complete: float | None = None


@dataclass(frozen=True)
class Run:
    """Where and when this run's segments belong."""

    folder: Path
    part: int
    began_at: datetime


class Segmenter:
    """Not safe for threads: one thread calls it. `written` is told of each segment that is on disk."""

    def __init__(self, run: Run, journal: Journal, written: Callable[[Segment], None]) -> None:
        self._run, self._journal, self._written = run, journal, written
        self._gathered: dict[int, Gathering] = {}
        self._next = 0
        self._done = 0.0  # seconds of this run that are written
        self._continuity = {name: Continuity() for name in NAMES}
        for name in NAMES:
            (run.folder / name).mkdir(parents=True, exist_ok=True)
        write_whole(run.folder / "master.m3u8", playlists.master())

    def take(self, rung: str, index: int, coded: Coded) -> None:
        if index < self._next:
            return  # came after its segment went out without it
        self._gathering(index).frames[rung].append(coded)
        for earlier in range(self._next, index):
            self._complete(earlier, rung)
        self._write_ready()

    def miss(self, rung: str, index: int) -> None:
        """The rung leaves this segment out."""
        if index >= self._next:
            self._gathering(index).absent.add(rung)
            self._complete(index, rung)
            self._write_ready()

    def look_at_clock(self) -> None:
        """Let a segment go without a rung that is too late."""
        gathering = self._gathered.get(self._next)
        if gathering is None or gathering.first_complete is None:
            return
        if time.monotonic() - gathering.first_complete > LATEST:
            gathering.absent |= set(NAMES) - gathering.complete
            log.warning("Segment %s goes out without %s", self._next, sorted(gathering.absent))
            gathering.complete = set(NAMES)
            self._write_ready()

    def finish(self, seconds: float) -> None:
        """Write what is left, up to the length of this run. Playlists stay open: another run may follow."""
        for index in sorted(self._gathered):
            left = round(seconds - self._done, 6)
            if left > 0:
                self._write(self._gathered[index], min(left, SEGMENT_SECONDS))
        self._gathered.clear()

    def _gathering(self, index: int) -> Gathering:
        return self._gathered.setdefault(index, Gathering())

    def _complete(self, index: int, rung: str) -> None:
        gathering = self._gathering(index)
        gathering.complete.add(rung)
        if gathering.first_complete is None:
            gathering.first_complete = time.monotonic()

    def _write_ready(self) -> None:
        while self._next in self._gathered and self._gathered[self._next].complete == set(NAMES):
            self._write(self._gathered.pop(self._next), SEGMENT_SECONDS)
            self._next += 1

    def _write(self, gathering: Gathering, seconds: float) -> None:
        number, sizes = self._journal.next_number, {}
        for name in NAMES:
            content = self._muxed(name, gathering)
            if content:
                write_whole(self._run.folder / name / f"{number}.ts", content)
                sizes[name] = len(content)
        began_at = self._run.began_at + timedelta(seconds=self._done)
        segment = Segment(number, self._run.part, began_at.isoformat(), seconds, sizes)
        self._journal.append(segment)
        self._done = round(self._done + seconds, 6)
        write_live_playlists(self._run.folder, self._journal)
        self._written(segment)

    def _muxed(self, name: str, gathering: Gathering) -> bytes:
        sound = gathering.frames[AUDIO]
        shape = next((rung.shape for rung in RUNGS if rung.name == name), None)
        video = gathering.frames[name] if shape else []
        if name in gathering.absent or (shape and not video) or not sound:
            return b""
        return self._continuity[name].run_on(mux(shape, video, sound))


def write_live_playlists(folder: Path, journal: Journal) -> None:
    for name in NAMES:
        write_whole(folder / name / "index.m3u8", playlists.live(name, journal.segments))


def end_playlists(folder: Path, journal: Journal) -> None:
    """From now on the playlists hold the whole programme and say that nothing more will come."""
    for name in NAMES:
        write_whole(folder / name / "index.m3u8", playlists.whole(name, journal.segments))
