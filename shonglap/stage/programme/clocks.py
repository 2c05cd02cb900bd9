"""The two clocks of a programme: a picture every 40 ms, a block of sound every 20 ms, whatever comes in."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from .compose import Composer
from .encoders import Picture, SoundEncoder, VideoEncoder
from .figures import Figures, Governor
from .planes import Bytes
from .rungs import FRAMES, GOP
from .sound import BLOCK, RATE, Mixer
from .studio import RunClock, Studio

HOPELESS = 6.0  # seconds behind: the machine slept; a new part begins instead of a race
POSTER_EVERY = 750  # frames


class Stalled(Exception):
    """The clock ran away from the programme."""


@dataclass(frozen=True)
class Outlets:
    """Where pictures go: the encoders from the upper rung to the lower one, and now and then the poster.

    `missed` is told of a rung and a segment that it leaves out.
    """

    encoders: list[VideoEncoder]
    missed: Callable[[str, int], None]
    poster: Callable[[Bytes], None]


class PictureClock:
    """Composes on time and hands out; what cannot be in time is left out and counted."""

    def __init__(self, studio: Studio, clock: RunClock, figures: Figures, outlets: Outlets) -> None:
        self._studio, self._clock, self._figures, self._outlets = studio, clock, figures, outlets
        self._composer, self._governor = Composer(), Governor()
        self._resting: set[str] = set()
        self._dropped_before = 0

    def run(self) -> None:
        index = 0
        buffer = self._compose()
        while index / FRAMES < self._clock.stop_at:
            late = self._clock.wait_until(index / FRAMES)
            if late > HOPELESS:
                raise Stalled(f"{late:.1f} seconds behind")
            self._figures.lateness.append(late)
            behind = int(min(late * FRAMES, self._clock.stop_at * FRAMES - index - 1))
            for missed in range(index, index + behind):
                self._skip(Picture(missed, buffer))
            index += behind
            buffer = self._compose()
            self._hand_out(Picture(index, buffer))
            self._figures.frames += 1
            index += 1

    def _compose(self) -> Bytes:
        reading = self._studio.reading
        return self._composer.compose(reading.arrangement, self._studio.frames, time.monotonic())

    def _skip(self, picture: Picture) -> None:
        """A frame that was not composed in time: only one that opens a segment is made up for."""
        self._figures.skipped += 1
        if picture.opens_segment:
            self._figures.repeated += 1
            self._hand_out(picture)

    def _hand_out(self, picture: Picture) -> None:
        if picture.opens_segment:
            self._judge(picture.index // GOP)
        for encoder in self._outlets.encoders:
            if encoder.rung.name not in self._resting:
                encoder.offer(picture)
        shows_people = self._studio.reading.arrangement.tiles and self._studio.frames
        if picture.index % POSTER_EVERY == GOP + 25 and shows_people:
            self._outlets.poster(picture.buffer)

    def _judge(self, segment: int) -> None:
        """Once a segment: is the load too much for both rungs?"""
        self._figures.dropped = {encoder.rung.name: encoder.dropped for encoder in self._outlets.encoders}
        dropped = self._figures.skipped + max(self._figures.dropped.values(), default=0)
        allowed = self._governor.allows_lower_rung(dropped - self._dropped_before)
        self._dropped_before = dropped
        lower = self._outlets.encoders[-1].rung.name
        if not allowed:
            self._figures.rung_pauses += lower not in self._resting
            self._resting.add(lower)
            self._outlets.missed(lower, segment)
        else:
            self._resting.discard(lower)


class SoundClock:
    """Every block is made, late or not: sound has no gaps."""

    def __init__(self, studio: Studio, clock: RunClock, encoder: SoundEncoder) -> None:
        self._studio, self._clock, self._encoder = studio, clock, encoder
        self._mixer = Mixer()

    def run(self) -> None:
        step = BLOCK / RATE
        number = 0
        while number * step < self._clock.stop_at:
            self._clock.wait_until((number + 1) * step)
            sounds = self._studio.sounds
            heard = [
                (seat.identity, sounds[seat.identity], seat.muted)
                for seat in self._studio.reading.view.on_air
                if seat.identity in sounds
            ]
            self._encoder.encode(self._mixer.mix(heard))
            number += 1
        self._encoder.finish()
