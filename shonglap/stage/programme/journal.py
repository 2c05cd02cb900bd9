"""The segment log: what is safe on disk, one JSON line a segment, the only memory that a restart needs."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Segment:
    """`part` is the RecordingPart it belongs to; `sizes` has the bytes of each rung that exists."""

    number: int
    part: int
    began_at: str
    seconds: float
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.began_at)


class Journal:
    """Append-only. A line that a crash cut off is ignored and overwritten."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.segments: list[Segment] = []
        self._whole = 0
        self._read()

    def _read(self) -> None:
        if not self.path.exists():
            return
        for line in self.path.read_bytes().splitlines(keepends=True):
            try:
                self.segments.append(Segment(**json.loads(line)))
            except (ValueError, TypeError):
                return
            if not line.endswith(b"\n"):
                self.segments.pop()
                return
            self._whole += len(line)

    def append(self, segment: Segment) -> None:
        line = json.dumps(asdict(segment), separators=(",", ":")).encode() + b"\n"
        with open(self.path, "r+b" if self.path.exists() else "w+b") as file:
            file.seek(self._whole)
            file.write(line)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        self._whole += len(line)
        self.segments.append(segment)

    @property
    def next_number(self) -> int:
        return self.segments[-1].number + 1 if self.segments else 0

    @property
    def seconds(self) -> float:
        """The length of everything so far: where in the recording the next part begins."""
        return round(sum(segment.seconds for segment in self.segments), 6)

    def seconds_by_part(self) -> dict[int, float]:
        lengths: dict[int, float] = {}
        for segment in self.segments:
            lengths[segment.part] = round(lengths.get(segment.part, 0) + segment.seconds, 6)
        return lengths


def breaks(segments: Sequence[Segment]) -> list[bool]:
    """For each segment, whether it does not continue the one before it."""
    return [index > 0 and segments[index - 1].part != segment.part for index, segment in enumerate(segments)]


def write_whole(path: Path, content: bytes | str) -> None:
    """Put a file there at once: readers see the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(content.encode() if isinstance(content, str) else content)
    os.replace(draft, path)
