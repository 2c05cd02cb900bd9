"""The recording is one file, as long as its parts, and a moment is where the stage says it is."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import av
import pytest
from django.conf import LazySettings

from shonglap.dialogues.models import State
from shonglap.stage import queries
from shonglap.stage.models import RecordingPart, Stage
from shonglap.stage.programme import finishing
from shonglap.stage.programme.journal import Journal
from shonglap.stage.programme.planes import Bytes, Planes
from shonglap.stage.programme.recording import Chain, make_recording
from shonglap.stage.programme.rungs import GOP
from tests.factories import make_dialogue, make_stage

from .support import BEGAN, luma, parse, run_offline

pytestmark = [pytest.mark.media, pytest.mark.django_db]


def level(value: int) -> Bytes:
    planes = Planes.blank()
    planes.y[:] = value
    return planes.buffer


def test_two_parts_become_one_film_without_a_hole(tmp_path: Path) -> None:
    hls = tmp_path / "hls"
    run_offline(hls, 2, part=1, picture=lambda _: level(60))
    journal = run_offline(hls, 1, part=2, picture=lambda _: level(180))
    target = tmp_path / "recording.mp4"
    assert make_recording(hls, journal.segments, target)
    with av.open(str(target)) as film:
        assert abs((film.duration or 0) / av.time_base - 6.0) < 0.05
        times = [round(float(frame.time or 0) * 25) for frame in film.decode(video=0)]
    assert times == list(range(3 * GOP))
    with av.open(str(target)) as film:
        sounds = [packet.dts for packet in film.demux(audio=0) if packet.dts is not None]
    assert all(earlier < later for earlier, later in pairwise(sounds))
    assert target.read_bytes().find(b"moov") < target.read_bytes().find(b"mdat")


def brightness(film: Path, seconds: float) -> float:
    with av.open(str(film)) as opened:
        for frame in opened.decode(video=0):
            if float(frame.time or 0) + 0.02 >= seconds:
                return float(luma(frame).mean())
    raise AssertionError(f"the film ends before {seconds}")


@pytest.fixture
def stage(settings: LazySettings, tmp_path: Path) -> Stage:
    settings.PUBLIC_FOLDER = tmp_path
    return make_stage(make_dialogue(state=State.ENDED))


def test_a_moment_is_found_where_the_stage_says(stage: Stage, tmp_path: Path) -> None:
    """Two parts with a minute between them; the second one brightens in its second segment."""
    hls = tmp_path / stage.dialogue.slug / "hls"
    later = BEGAN + timedelta(minutes=1)
    first = RecordingPart.objects.create(stage=stage, began_at=BEGAN)
    second = RecordingPart.objects.create(stage=stage, began_at=later)
    run_offline(hls, 1, part=first.pk, picture=lambda _: level(40))
    run_offline(
        hls, 2, part=second.pk, began_at=later, picture=lambda index: level(90 if index < GOP else 200)
    )
    assert finishing.finish(stage)
    stage.refresh_from_db()
    assert stage.recording_ready
    assert queries.recording_length(stage.dialogue) == 6.0
    film = tmp_path / stage.dialogue.slug / "recording.mp4"
    for moment, expected in ((BEGAN + timedelta(seconds=1), 40), (later + timedelta(seconds=1), 90),
                         (later + timedelta(seconds=3), 200)):  # fmt: skip
        offset = queries.recording_offset(stage.dialogue, moment)
        assert offset is not None
        assert abs(brightness(film, offset) - expected) < 4
    read = parse((hls / "720p" / "index.m3u8").read_text())
    assert read.ended
    assert sum(entry.seconds for entry in read.entries) == 6.0


def test_finishing_again_after_a_crash_changes_nothing(stage: Stage, tmp_path: Path) -> None:
    part = RecordingPart.objects.create(stage=stage, began_at=BEGAN)
    hls = tmp_path / stage.dialogue.slug / "hls"
    run_offline(hls, 1, part=part.pk)
    draft = hls.parent / ".recording.mp4.draft"
    draft.write_bytes(b"half of a film")
    assert finishing.finish(stage)
    once = (hls.parent / "recording.mp4").read_bytes()
    assert finishing.finish(stage)
    assert (hls.parent / "recording.mp4").read_bytes() == once
    assert not draft.exists()


def test_what_is_on_disk_counts_more_than_what_was_told(stage: Stage, tmp_path: Path) -> None:
    told = RecordingPart.objects.create(stage=stage, began_at=BEGAN, seconds=2.0)
    hls = tmp_path / stage.dialogue.slug / "hls"
    run_offline(hls, 2, part=told.pk)
    finishing.tell_lengths(stage, Journal(hls / "segments.jsonl"))
    told.refresh_from_db()
    assert told.seconds == 4.0


def test_nothing_recorded_is_no_recording(stage: Stage, tmp_path: Path) -> None:
    assert finishing.finish(stage) is False
    stage.refresh_from_db()
    assert stage.recording_ready is False
    assert make_recording(tmp_path, [], tmp_path / "recording.mp4") is False


def test_a_chain_reads_all_files_in_order(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in "abc"]
    for path in paths:
        path.write_bytes(path.name.encode() * 10)
    chain = Chain(paths)
    content = b"".join(iter(lambda: chain.read(7), b""))
    assert content == b"a" * 10 + b"b" * 10 + b"c" * 10
