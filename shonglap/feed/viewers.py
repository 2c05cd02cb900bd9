"""How many watch: a viewer fetches each tick once, so a tick is fetched as often as there are viewers.

The web workers count, each into a file of its own; nobody is told apart and nothing is kept about anybody.
"""

import json
import os
import time
from collections import Counter, defaultdict
from pathlib import Path

from django.conf import settings

FOLLOWING = 30.0  # seconds; who fetches an older tick reads up or replays, and is not watching it live
MOST_TICKS = 20_000  # of one dialogue
MOST_DIALOGUES = 200


class Viewers:
    """One worker's count. Not thread-safe: it belongs to the worker's event loop."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.worker = worker
        self._counts: dict[str, Counter[int]] = {}
        self._changed: set[str] = set()

    def count(self, slug: str, tick: int, written: float) -> None:
        """Somebody fetched the tick that was written at `written` (seconds since 1970)."""
        if time.time() - written > FOLLOWING:
            return
        counts = self._counts.get(slug)
        if counts is None:
            if len(self._counts) >= MOST_DIALOGUES:
                return
            # A worker that took over an ended one's number goes on with its count.
            counts = self._counts[slug] = _read(self._file(slug))
        counts[tick] += 1
        if len(counts) > MOST_TICKS:
            newest = sorted(counts)[MOST_TICKS // 2 :]
            self._counts[slug] = Counter({number: counts[number] for number in newest})
        self._changed.add(slug)

    def flush(self) -> None:
        """Write what changed since the last time."""
        while self._changed:
            slug = self._changed.pop()
            file = self._file(slug)
            file.parent.mkdir(parents=True, exist_ok=True)
            aside = file.with_suffix(".new")
            aside.write_text(json.dumps({"ticks": self._counts[slug]}))
            aside.replace(file)

    def _file(self, slug: str) -> Path:
        return self.folder / slug / f"{self.worker}.json"


def of_this_worker() -> Viewers:
    return Viewers(settings.RUN_FOLDER / "viewers", str(os.getpid()))


def peak_viewers(slug: str) -> int:
    """The most that fetched one and the same tick, over all workers; 0 where nobody was counted."""
    summed: defaultdict[int, int] = defaultdict(int)
    for file in (Path(settings.RUN_FOLDER) / "viewers" / slug).glob("*.json"):
        for tick, number in _read(file).items():
            summed[tick] += number
    return max(summed.values(), default=0)


def _read(file: Path) -> Counter[int]:
    try:
        ticks = json.loads(file.read_text())["ticks"]
        return Counter({int(tick): int(number) for tick, number in ticks.items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Counter()
