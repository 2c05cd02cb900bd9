"""A real dialogue on the air: LiveKit, two simulated sites, one programme, and what may befall them."""

import os
import signal
import time
from pathlib import Path

import av
import numpy as np
import pytest

from shonglap.stage.programme.layout import arrange
from shonglap.stage.programme.planes import Bytes, Rect

from .support import luma
from .world import PATIENCE, World, wait_for, world

pytestmark = pytest.mark.media

TILES = arrange("two", 2, with_card=False).tiles


def pictures(segment: Path) -> list[Bytes]:
    with av.open(str(segment)) as stream:
        return [luma(frame).copy() for frame in stream.decode(video=0)]


def loudness(segment: Path) -> float:
    with av.open(str(segment)) as stream:
        wave = np.concatenate([frame.to_ndarray().ravel() for frame in stream.decode(audio=0)])
    return float(np.sqrt(np.mean(wave.astype(np.float64) ** 2)))


def inside(picture: Bytes, tile: Rect) -> Bytes:
    return picture[tile.y + 20 : tile.bottom - 20, tile.x + 20 : tile.right - 20]


def moves(segment: Path, tile: Rect) -> bool:
    shown = [inside(picture, tile).astype(int) for picture in pictures(segment)[::10]]
    return max(float(np.abs(shown[0] - later).mean()) for later in shown[1:]) > 0.2


def in_the_picture(on_air: World, seats: int) -> None:
    wait_for(lambda: on_air.figures().get("seats_with_picture") == seats, PATIENCE, f"{seats} seats")


def test_a_dialogue_from_the_first_picture_to_the_recording(tmp_path: Path, own_database_url: str) -> None:
    with world(tmp_path, own_database_url) as on_air:
        on_air.start_livekit()
        on_air.manage("sites", "simulate_sites", "on-air", "--count", "2")
        on_air.manage("programmes", "run_programmes")
        in_the_picture(on_air, 2)
        _looks_and_sounds_right(on_air)
        assert _goes_on_after_a_kill(on_air) < 5
        _ends_in_a_recording(on_air)
        assert on_air.stop("programmes") == 0
        assert on_air.stop("sites") == 0


def _looks_and_sounds_right(on_air: World) -> None:
    segment = on_air.next_segments(3)
    picture = pictures(segment)[0]
    for tile in TILES:
        assert inside(picture, tile).std() > 10, "the tile shows a picture"
        assert moves(segment, tile)
    assert picture.mean() > 30, "not black"
    wait_for(lambda: loudness(on_air.next_segments()) > 0.005, PATIENCE, "somebody to be heard")
    assert on_air.playlist("360p").entries[-1].at == on_air.playlist("720p").entries[-1].at
    # A busy machine may leave the small rung out for a while: it must come back.
    wait_for(lambda: not any(entry.gap for entry in on_air.playlist("360p").entries[-3:]), PATIENCE, "360p")


def _goes_on_after_a_kill(on_air: World) -> float:
    """Kills the programme; gives back for how many seconds the playlist stood still."""
    pid_file = on_air.folder / "run" / "programme-on-air.pid"
    before, first = on_air.last(), int(pid_file.read_text())
    os.kill(first, signal.SIGKILL)
    killed = time.monotonic()
    wait_for(lambda: on_air.last() > before, PATIENCE, "the playlist to go on")
    stood = time.monotonic() - killed
    wait_for(lambda: pid_file.exists() and int(pid_file.read_text()) != first, 1, "another process")
    entries = on_air.playlist().entries
    assert [entry.uri for entry in entries if entry.discontinuity] == [f"{before + 1}.ts"]
    numbers = [int(entry.uri.removesuffix(".ts")) for entry in entries]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    in_the_picture(on_air, 2)
    return stood


def _ends_in_a_recording(on_air: World) -> None:
    on_air.stage("stage.dialogue.state = 'ended'")
    film = on_air.public / "recording.mp4"
    wait_for(film.exists, PATIENCE, "the recording")
    read = on_air.playlist()
    assert read.ended
    assert sum(entry.discontinuity for entry in read.entries) == 1
    with av.open(str(film)) as opened:
        assert abs((opened.duration or 0) / av.time_base - 2 * len(read.entries)) < 0.2
    facts = on_air.run(
        "import django; django.setup()\n"
        "from shonglap.stage.models import Stage\n"
        "from shonglap.stage.queries import recording_length\n"
        "stage = Stage.objects.get()\n"
        "print(stage.recording_ready, stage.streaming, recording_length(stage.dialogue))"
    )
    assert facts.split()[:2] == ["True", "False"]
    assert float(facts.split()[2]) == 2 * len(read.entries)


def test_without_a_conference_there_is_a_slate_and_the_sites_appear_when_it_is_back(
    tmp_path: Path, own_database_url: str
) -> None:
    with world(tmp_path, own_database_url) as on_air:
        on_air.manage("programmes", "run_programmes")
        segment = on_air.next_segments(2)
        assert not moves(segment, TILES[0])
        assert pictures(segment)[0].max() > 200, "placeholders with names, not black"
        assert loudness(segment) < 1e-4
        on_air.manage("sites", "simulate_sites", "on-air", "--count", "2")
        on_air.start_livekit()
        in_the_picture(on_air, 2)
        on_air.stop("livekit", signal.SIGKILL)
        in_the_picture(on_air, 0)
        gone = on_air.last()
        wait_for(lambda: on_air.last() >= gone + 2, PATIENCE, "the stream to go on")
        on_air.start_livekit()
        in_the_picture(on_air, 2)
        assert moves(on_air.next_segments(), TILES[1])
        assert not any(entry.discontinuity for entry in on_air.playlist().entries)


def test_a_supervisor_that_stops_leaves_the_playlist_open_for_the_next_one(
    tmp_path: Path, own_database_url: str
) -> None:
    with world(tmp_path, own_database_url) as on_air:
        on_air.manage("programmes", "run_programmes")
        on_air.next_segments(2)
        assert on_air.stop("programmes") == 0
        before = on_air.playlist()
        assert not before.ended
        on_air.manage("programmes", "run_programmes")
        wait_for(lambda: len(on_air.playlist().entries) > len(before.entries), PATIENCE, "the next run")
        assert [entry.discontinuity for entry in on_air.playlist().entries].count(True) == 1
