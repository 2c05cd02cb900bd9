"""What the programme counts of itself, for people who run it and for the demo's check."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .journal import Segment, write_whole
from .rungs import NAMES


@dataclass
class Figures:
    """Counters of this run. `segments` counts the whole programme, earlier runs with it."""

    frames: int = 0
    skipped: int = 0  # never composed, because the clock had gone on
    repeated: int = 0  # sent again instead, because a segment had to begin
    dropped: dict[str, int] = field(default_factory=dict)  # by an encoder that could not follow
    rung_pauses: int = 0
    reconnects: int = 0
    seats: int = 0
    lateness: deque[float] = field(default_factory=lambda: deque(maxlen=1500))  # a minute

    def late_p99(self) -> float:
        """Milliseconds by which a frame of the last minute came late, 99 of 100 being better."""
        values = sorted(self.lateness)
        return round(values[int(len(values) * 0.99)] * 1000, 1) if values else 0.0

    def face(self, segments: list[Segment]) -> dict[str, Any]:
        return {
            "frames": self.frames,
            "frames_dropped": self.skipped + sum(self.dropped.values()),
            "frames_skipped": self.skipped,
            "frames_repeated": self.repeated,
            "frames_dropped_by_rung": self.dropped,
            "late_ms_p99": self.late_p99(),
            "rung_pauses": self.rung_pauses,
            "reconnects": self.reconnects,
            "seats_with_picture": self.seats,
            "parts": len({segment.part for segment in segments}),
            "segments": {name: sum(name in segment.sizes for segment in segments) for name in NAMES},
        }

    def write(self, path: Path, segments: list[Segment]) -> None:
        write_whole(path, json.dumps(self.face(segments)))


class Governor:
    """Sheds load a whole segment at a time: when frames keep being dropped, the lower rung pauses.

    The upper rung stays, because the recording is made of it; audio-only stays for weak lines.
    """

    TOO_MANY = 12  # dropped frames of the fifty in a segment
    SHORTEST, LONGEST = 8, 128  # segments of a pause

    def __init__(self) -> None:
        self._bad = self._good = self._resting = 0
        self._pause = self.SHORTEST

    def allows_lower_rung(self, dropped: int) -> bool:
        """Asked once a segment with what was dropped in the last one."""
        if self._resting:
            self._resting -= 1
            return self._resting == 0
        bad = dropped > self.TOO_MANY
        self._bad, self._good = (self._bad + 1, 0) if bad else (0, self._good + 1)
        if self._good > 30:
            self._pause = self.SHORTEST
        if self._bad < 2:
            return True
        self._resting, self._bad = self._pause, 0
        self._pause = min(2 * self._pause, self.LONGEST)
        return False
