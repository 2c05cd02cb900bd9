"""Too much work: frames are dropped, then a rung; nothing is queued without end, no segment is lost."""

import time
from pathlib import Path

import pytest

from shonglap.stage.programme.encoders import QUEUE, Picture, VideoEncoder
from shonglap.stage.programme.figures import Figures, Governor
from shonglap.stage.programme.journal import Journal, Segment
from shonglap.stage.programme.planes import Planes
from shonglap.stage.programme.rungs import AUDIO, FRAME_TICKS, GOP, MAIN, NAMES
from shonglap.stage.programme.segmenter import LATEST, Run, Segmenter
from shonglap.stage.programme.transport import ORIGIN, Coded

from .support import BEGAN, parse, run_offline


def test_a_slow_encoder_drops_frames_but_none_that_opens_a_segment() -> None:
    encoder = VideoEncoder(MAIN, lambda *_: None, origin=ORIGIN)  # never started: nothing leaves its queue
    buffer = Planes.blank().buffer
    for index in range(3 * GOP):
        encoder.offer(Picture(index, buffer))
    waiting = [picture.index for picture in encoder._waiting if picture is not None]
    assert len(waiting) == QUEUE
    assert {0, GOP, 2 * GOP} <= set(waiting)
    assert waiting == sorted(waiting)
    assert encoder.dropped == 3 * GOP - QUEUE


def test_even_if_only_openings_wait_they_are_kept() -> None:
    encoder = VideoEncoder(MAIN, lambda *_: None, origin=ORIGIN)
    for number in range(QUEUE + 3):
        encoder.offer(Picture(number * GOP, Planes.blank().buffer))
    assert len(encoder._waiting) == QUEUE + 3
    encoder.offer(Picture(1, Planes.blank().buffer))
    assert len(encoder._waiting) == QUEUE + 3


def test_the_lower_rung_pauses_after_two_bad_segments_and_comes_back() -> None:
    governor = Governor()
    assert governor.allows_lower_rung(40)
    assert governor.allows_lower_rung(0)
    assert governor.allows_lower_rung(40)
    assert not governor.allows_lower_rung(40)
    answers = [governor.allows_lower_rung(0) for _ in range(Governor.SHORTEST)]
    assert answers == [False] * (Governor.SHORTEST - 1) + [True]


def test_each_relapse_makes_the_pause_longer_until_all_was_well_for_a_while() -> None:
    governor = Governor()

    def pause() -> int:
        while governor.allows_lower_rung(40):
            pass
        length = 1
        while not governor.allows_lower_rung(0):
            length += 1
        return length

    assert [pause(), pause()] == [Governor.SHORTEST, 2 * Governor.SHORTEST]
    for _ in range(40):
        governor.allows_lower_rung(0)
    assert pause() == Governor.SHORTEST
    assert [pause() for _ in range(8)][-1] == Governor.LONGEST


def segmenter(folder: Path) -> tuple[Segmenter, Journal]:
    journal = Journal(folder / "segments.jsonl")
    return Segmenter(Run(folder, 1, BEGAN), journal, lambda _: None), journal


def coded(index: int, *, key: bool = False) -> Coded:
    """Not a picture; the muxer does not look inside."""
    return Coded(
        ORIGIN + index * FRAME_TICKS, FRAME_TICKS, key, b"\x00\x00\x00\x01\x09\xf0\x00\x00\x00\x01\x65\x88"
    )


def feed(segments: Segmenter, name: str, count: int) -> None:
    for index in range(count * GOP + 1):
        segments.take(name, index // GOP, coded(index, key=index % GOP == 0))


def test_a_rung_that_pauses_leaves_gaps_and_the_others_go_on(tmp_path: Path) -> None:
    segments, journal = segmenter(tmp_path)
    feed(segments, "720p", 3)
    feed(segments, AUDIO, 3)
    assert journal.segments == []
    for number in range(3):
        segments.miss("360p", number)
    assert [set(one.sizes) for one in journal.segments] == [{"720p", AUDIO}] * 3
    assert all(entry.gap for entry in parse((tmp_path / "360p" / "index.m3u8").read_text()).entries)
    assert not list((tmp_path / "360p").glob("*.ts"))


def test_a_rung_that_hangs_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    segments, journal = segmenter(tmp_path)
    feed(segments, "720p", 1)
    feed(segments, AUDIO, 1)
    segments.look_at_clock()
    assert journal.segments == []
    later = time.monotonic() + LATEST + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    segments.look_at_clock()
    assert [one.number for one in journal.segments] == [0]
    feed(segments, "360p", 1)  # comes too late, and does no harm
    assert [one.number for one in journal.segments] == [0]


def test_numbers_are_given_in_order_without_holes(tmp_path: Path) -> None:
    segments, journal = segmenter(tmp_path)
    for name in reversed(NAMES):
        feed(segments, name, 4)
    assert [one.number for one in journal.segments] == [0, 1, 2, 3]


@pytest.mark.media
def test_a_second_run_goes_on_with_the_numbers_after_a_discontinuity(tmp_path: Path) -> None:
    run_offline(tmp_path, 2, part=1)
    run_offline(tmp_path, 2, part=2)
    for name in NAMES:
        read = parse((tmp_path / name / "index.m3u8").read_text())
        assert [entry.uri for entry in read.entries] == ["0.ts", "1.ts", "2.ts", "3.ts"]
        assert [entry.discontinuity for entry in read.entries] == [False, False, True, False]
        assert not read.ended


def test_figures_say_how_it_went() -> None:
    figures = Figures(frames=100, skipped=2, dropped={"720p": 3, "360p": 0})
    figures.lateness.extend([0.001] * 99 + [0.05])
    face = figures.face([Segment(0, 1, "", 2.0, {"720p": 1, AUDIO: 1}), Segment(1, 2, "", 2.0, {"720p": 1})])
    assert face["frames"] == 100
    assert face["frames_dropped"] == 5
    assert face["late_ms_p99"] == 50.0
    assert face["segments"] == {"720p": 2, "360p": 0, "audio": 1}
    assert face["parts"] == 2
    assert Figures().late_p99() == 0.0
