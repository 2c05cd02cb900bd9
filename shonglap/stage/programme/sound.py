"""The sound of the programme: what each seat sent lately, summed on a 20 ms clock that never waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
BLOCK = 960  # samples in 20 ms
WAIT = 3  # blocks gathered before a seat is heard: 60 ms against a jittery line
MOST = 12  # beyond this the seat's clock runs ahead of ours, or the line stalled: catch up

Samples = NDArray[np.int16]
Wide = NDArray[np.int32]

LOUDEST = 32_767
KNEE = 26_000  # from here on peaks are bent instead of cut
RAMP = np.arange(1, BLOCK + 1, dtype=np.float32) / BLOCK


class JitterBuffer:
    """Blocks of one seat. One thread pushes, another pulls; deque keeps that safe without a lock."""

    def __init__(self) -> None:
        self._blocks: deque[Samples] = deque()
        self._rest: Samples = np.empty(0, np.int16)
        self._filling = True

    def push(self, samples: Samples) -> None:
        """Take samples of any length; whole blocks of them become audible."""
        joined = np.concatenate((self._rest, samples)) if self._rest.size else samples
        whole = len(joined) // BLOCK * BLOCK
        for start in range(0, whole, BLOCK):
            self._blocks.append(joined[start : start + BLOCK])
        self._rest = joined[whole:]
        while len(self._blocks) > 2 * MOST:  # nobody pulls
            self._blocks.popleft()

    def pull(self) -> Samples | None:
        """The next block, or None while there is nothing (more) to hear."""
        if self._filling and len(self._blocks) < WAIT:
            return None
        if len(self._blocks) > MOST:
            while len(self._blocks) > WAIT:
                self._blocks.popleft()
        try:
            block = self._blocks.popleft()
        except IndexError:
            self._filling = True
            return None
        self._filling = False
        return block


class Mixer:
    """Sums seats; one that comes or goes is faded over a block, so that nothing clicks."""

    def __init__(self) -> None:
        self._heard: set[str] = set()

    def mix(self, seats: Iterable[tuple[str, JitterBuffer, bool]]) -> Samples:
        """The sum of one block of (identity, buffer, muted). Muted seats are pulled too, to keep time."""
        total: Wide = np.zeros(BLOCK, np.int32)
        heard: set[str] = set()
        for identity, buffer, muted in seats:
            block = buffer.pull()
            if block is None or (muted and identity not in self._heard):
                continue
            if muted:
                total += (block * RAMP[::-1]).astype(np.int32)
                continue
            heard.add(identity)
            total += block if identity in self._heard else (block * RAMP).astype(np.int32)
        self._heard = heard
        return soft_limit(total)


def soft_limit(total: Wide) -> Samples:
    """Samples below the knee stay as they are; peaks approach the loudest value and never wrap."""
    if int(np.abs(total).max(initial=0)) > KNEE:
        room = LOUDEST - KNEE
        over = np.abs(total) - KNEE
        bent = KNEE + room * np.tanh(np.maximum(over, 0) / room)
        total = np.where(over > 0, np.sign(total) * bent, total).astype(np.int32)
    return total.astype(np.int16)
