"""The clocks: on time, whatever comes in; made up for only where a segment would be missing."""

import time
from datetime import timedelta

import numpy as np
import pytest

from shonglap.base import clock as product_clock
from shonglap.stage.programme import clocks
from shonglap.stage.programme.arrangement import prepare
from shonglap.stage.programme.clocks import HOPELESS, Outlets, PictureClock, SoundClock, Stalled
from shonglap.stage.programme.compose import Frame
from shonglap.stage.programme.encoders import Picture
from shonglap.stage.programme.figures import Figures
from shonglap.stage.programme.planes import Bytes, Planes
from shonglap.stage.programme.rungs import GOP, RUNGS, Rung
from shonglap.stage.programme.sound import BLOCK, Samples
from shonglap.stage.programme.studio import Reading, RunClock, Studio

from .support import view


class ToldClock(RunClock):
    """Nobody sleeps: the moment asked for is now, later by what the test says for that moment."""

    def __init__(self, seconds: float, late: dict[float, float] | None = None) -> None:
        super().__init__(product_clock.now(), 0)
        self._stop_at, self._late, self._now = seconds, dict(late or {}), 0.0

    def now(self) -> float:
        return self._now

    def wait_until(self, seconds: float) -> float:
        key = round(seconds, 3)
        self._now = max(self._now, seconds + self._late.pop(key, 0))
        return self._now - seconds


class Taking:
    """An encoder that only takes note."""

    def __init__(self, rung: Rung) -> None:
        self.rung, self.dropped, self.taken = rung, 0, list[Picture]()
        self.drops_each = 0

    def offer(self, picture: Picture) -> None:
        self.taken.append(picture)
        self.dropped += self.drops_each

    @property
    def indexes(self) -> list[int]:
        return [picture.index for picture in self.taken]


class Desk:
    """A picture clock with everything around it."""

    def __init__(self, seconds: float, late: dict[float, float] | None = None, scene: str = "slate") -> None:
        shown = view(scene, 1)
        self.studio = Studio(Reading(shown, prepare(shown, "১২:০০")))
        self.upper, self.lower = (Taking(rung) for rung in RUNGS)
        self.figures, self.missed = Figures(), list[tuple[str, int]]()
        self.posters: list[Bytes] = []
        outlets = Outlets(
            [self.upper, self.lower],  # type: ignore[list-item]
            lambda rung, segment: self.missed.append((rung, segment)),
            self.posters.append,
        )
        self.clock = PictureClock(self.studio, ToldClock(seconds, late), self.figures, outlets)


def test_every_frame_goes_to_every_rung() -> None:
    desk = Desk(4.0)
    desk.clock.run()
    assert desk.upper.indexes == desk.lower.indexes == list(range(2 * GOP))
    assert (desk.figures.frames, desk.figures.skipped) == (100, 0)
    assert desk.missed == []


def test_a_hiccup_leaves_frames_out_and_time_goes_on() -> None:
    desk = Desk(4.0, {0.4: 0.2})
    desk.clock.run()
    assert desk.upper.indexes == [*range(10), *range(15, 100)]
    assert desk.figures.skipped == 5
    assert desk.figures.late_p99() == 200.0


def test_a_frame_that_opens_a_segment_is_made_up_for_by_the_one_before() -> None:
    desk = Desk(4.0, {1.8: 0.4})
    desk.clock.run()
    assert desk.upper.indexes == [*range(45), 50, *range(55, 100)]
    assert desk.figures.repeated == 1
    assert desk.upper.taken[45].buffer is desk.upper.taken[44].buffer


def test_being_late_at_the_end_does_not_go_beyond_it() -> None:
    desk = Desk(2.0, {1.9: 3.0})
    desk.clock.run()
    assert max(desk.upper.indexes) < GOP


def test_a_machine_that_slept_begins_anew() -> None:
    desk = Desk(20.0, {1.0: HOPELESS + 1})
    with pytest.raises(Stalled):
        desk.clock.run()


def test_the_lower_rung_pauses_for_whole_segments() -> None:
    desk = Desk(12.0)
    desk.upper.drops_each = 1
    desk.clock.run()
    gone = {segment for rung, segment in desk.missed if rung == "360p"}
    assert gone
    assert gone == set(range(6)) - {index // GOP for index in desk.lower.indexes}
    assert desk.upper.indexes == list(range(6 * GOP))
    assert desk.figures.rung_pauses == 1
    assert desk.figures.dropped["720p"] > 0


def test_a_poster_needs_people_in_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "POSTER_EVERY", 100)
    empty, peopled = Desk(4.0), Desk(4.0, scene="solo")
    peopled.studio.frames["site-0"] = Frame(Planes.blank(320, 180).buffer, time.monotonic())
    empty.clock.run()
    peopled.clock.run()
    assert (len(empty.posters), len(peopled.posters)) == (0, 1)


class Hearing:
    """A sound encoder that only listens."""

    def __init__(self) -> None:
        self.blocks: list[Samples] = []
        self.finished = False

    def encode(self, block: Samples) -> None:
        self.blocks.append(block)

    def finish(self) -> None:
        self.finished = True


def test_sound_has_every_block_even_when_late() -> None:
    shown = view("solo", 1)
    studio, hearing = Studio(Reading(shown, prepare(shown, ""))), Hearing()
    for _ in range(10):
        studio.sounds["site-0"].push(np.full(BLOCK, 500, np.int16))
        studio.sounds["somebody-else"].push(np.full(BLOCK, 500, np.int16))
    SoundClock(studio, ToldClock(2.0, {0.4: 0.5}), hearing).run()  # type: ignore[arg-type]
    assert len(hearing.blocks) == 100
    assert hearing.finished
    assert np.all(hearing.blocks[5] == 500)
    assert not hearing.blocks[50].any()


def test_a_run_stops_at_the_end_of_a_segment() -> None:
    clock = RunClock(product_clock.now() - timedelta(seconds=2.5), 2.5)
    assert 2.5 <= clock.now() < 3
    clock.stop()
    assert clock.stop_at == 4.0
    clock.stop()
    assert clock.stop_at == 4.0


def test_waiting_says_by_how_much_it_was_missed() -> None:
    clock = RunClock(product_clock.now(), 1.0)
    assert 0.49 < clock.wait_until(0.5) < 1
    before = clock.now()
    assert clock.wait_until(before + 0.05) < 0.5
    assert clock.now() >= before + 0.05
