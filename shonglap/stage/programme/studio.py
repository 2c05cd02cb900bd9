"""What the threads of a programme share: frames and sounds of each seat, the stage as read, the time."""

from __future__ import annotations

import logging
import math
import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from .arrangement import Arrangement
from .compose import Frame
from .rungs import SEGMENT_SECONDS
from .sound import JitterBuffer
from .view import ProgrammeView

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """The stage as it was read last, with all that could be drawn beforehand."""

    view: ProgrammeView
    arrangement: Arrangement


class Studio:
    """Written by one thread each, read by others; every write replaces one reference."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.frames: dict[str, Frame] = {}
        self.sounds: dict[str, JitterBuffer] = defaultdict(JitterBuffer)


class RunClock:
    """The time of one run. A stop is always at the end of a segment, so that no segment is short."""

    def __init__(self, began_at: datetime, lag: float) -> None:
        """`lag` is how long ago `began_at` was."""
        self.began_at = began_at
        self._start = time.monotonic() - lag
        self._stop_at = math.inf

    def now(self) -> float:
        """Seconds since the first frame."""
        return time.monotonic() - self._start

    def stop(self) -> None:
        if self._stop_at == math.inf:
            self._stop_at = math.ceil((self.now() + 0.1) / SEGMENT_SECONDS) * SEGMENT_SECONDS

    @property
    def stop_at(self) -> float:
        return self._stop_at

    def wait_until(self, seconds: float) -> float:
        """Sleep until that moment of the run; gives back by how much it was missed."""
        left = seconds - self.now()
        if left > 0:
            time.sleep(left)
        return max(0.0, self.now() - seconds)


def guarded(work: Callable[[], None], name: str) -> threading.Thread:
    """A started thread whose failure ends the process: the supervisor begins anew, and nothing limps on."""

    def body() -> None:
        try:
            work()
        except BaseException:
            log.exception("%s failed; the programme begins anew", name)
            logging.shutdown()
            os._exit(70)

    thread = threading.Thread(target=body, name=name, daemon=True)
    thread.start()
    return thread
