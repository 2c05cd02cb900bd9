"""Segments of MPEG-TS: each made afresh, all of them one stream."""

import io
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from shonglap.stage.programme.rungs import FRAME_TICKS, GOP, NAMES
from shonglap.stage.programme.transport import ORIGIN, PACKET, TICKS

from .support import luma, run_offline

pytestmark = pytest.mark.media


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hls")
    run_offline(folder, 3)
    return folder


def chained(folder: Path, rung: str) -> bytes:
    return b"".join((folder / rung / f"{number}.ts").read_bytes() for number in range(3))


@pytest.mark.parametrize("rung", NAMES)
def test_continuity_counters_run_on_over_segments(folder: Path, rung: str) -> None:
    packets = np.frombuffer(chained(folder, rung), np.uint8).reshape(-1, PACKET)
    assert np.all(packets[:, 0] == 0x47)
    counters: dict[int, int] = {}
    for packet in packets:
        pid = (int(packet[1]) & 0x1F) << 8 | int(packet[2])
        if pid == 0x1FFF or not packet[3] & 0x10:
            continue
        counter = int(packet[3]) & 0x0F
        assert counters.get(pid, (counter - 1) & 0x0F) == (counter - 1) & 0x0F, f"pid {pid}"
        counters[pid] = counter
    assert len(counters) >= 3


@pytest.mark.parametrize("rung", NAMES[:2])
def test_pictures_are_25_a_second_without_a_break(folder: Path, rung: str) -> None:
    with av.open(io.BytesIO(chained(folder, rung)), "r", format="mpegts") as stream:
        times = [packet.pts for packet in stream.demux(video=0) if packet.pts is not None]
    assert times[0] == ORIGIN
    assert [later - earlier for earlier, later in pairwise(times)] == [FRAME_TICKS] * (3 * GOP - 1)


def test_sound_has_no_gap_and_the_same_frames_in_every_rung(folder: Path) -> None:
    heard = {}
    for rung in NAMES:
        with av.open(io.BytesIO(chained(folder, rung)), "r", format="mpegts") as stream:
            heard[rung] = [
                (packet.pts, bytes(packet)) for packet in stream.demux(audio=0) if packet.pts is not None
            ]
    assert heard["720p"] == heard["360p"] == heard["audio"]
    times = [time for time, _ in heard["audio"]]
    assert times[0] == ORIGIN
    assert {later - earlier for earlier, later in pairwise(times)} == {1024 * TICKS // 48_000}


@pytest.mark.parametrize("rung", NAMES[:2])
def test_every_segment_can_be_decoded_alone(folder: Path, rung: str) -> None:
    for number in range(3):
        with av.open(str(folder / rung / f"{number}.ts")) as stream:
            frames = list(stream.decode(video=0))
        assert len(frames) == GOP
        assert frames[0].key_frame
        assert frames[0].pts == ORIGIN + number * GOP * FRAME_TICKS
        assert not any(frame.key_frame for frame in frames[1:])


def test_the_picture_survives(folder: Path) -> None:
    with av.open(str(folder / "720p" / "1.ts")) as stream:
        frame = next(iter(stream.decode(video=0)))
        assert stream.streams.video[0].codec_context.profile == "High"
    shown = luma(frame)
    bar = GOP * 4 + 40
    assert abs(int(shown[360, bar]) - 210) < 12
    assert abs(int(shown[360, 900]) - 90) < 12


def test_audio_alone_costs_a_weak_line_little_more_than_its_sound(folder: Path) -> None:
    size = (folder / "audio" / "1.ts").stat().st_size
    assert size * 8 / 2 < 80_000
