"""In the room: who is subscribed to, what is told, and pictures the right way up."""

import asyncio
from types import SimpleNamespace
from unittest.mock import Mock

import numpy as np
import pytest
from livekit import rtc

from shonglap.stage.programme.arrangement import prepare
from shonglap.stage.programme.compose import Frame
from shonglap.stage.programme.conference import Conference, Door, upright
from shonglap.stage.programme.figures import Figures
from shonglap.stage.programme.planes import Bytes, Planes
from shonglap.stage.programme.studio import Reading, Studio

from .support import view


@pytest.fixture
def studio() -> Studio:
    shown = view("two", 2)
    return Studio(Reading(shown, prepare(shown, "")))


def attending(studio: Studio) -> tuple[Conference, Mock, Mock]:
    connected, quality = Mock(), Mock()
    door = Door("ws://127.0.0.1:1", lambda: "token", connected, quality)
    return Conference(studio, door, Figures()), connected, quality


def publication(*, subscribed: bool = False, **facts: object) -> Mock:
    return Mock(subscribed=subscribed, **facts)


def person(identity: str, *publications: Mock) -> SimpleNamespace:
    return SimpleNamespace(identity=identity, track_publications=dict(enumerate(publications)))


def room(*people: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(remote_participants={one.identity: one for one in people})


def test_only_those_on_air_are_subscribed_to(studio: Studio) -> None:
    on_air, waiting, left = publication(), publication(), publication(subscribed=True)
    attended, _, _ = attending(studio)
    here = room(person("site-0", on_air), person("site-7", waiting), person("site-8", left))
    attended._subscribe(here)  # type: ignore[arg-type]
    on_air.set_subscribed.assert_called_once_with(True)
    waiting.set_subscribed.assert_not_called()
    left.set_subscribed.assert_called_once_with(False)


def test_who_is_there_and_how_good_the_lines_are_is_told(studio: Studio) -> None:
    attended, connected, quality = attending(studio)
    attended._tell_who_is_there(room(person("site-0"), person("host-1")))  # type: ignore[arg-type]
    connected.assert_called_once_with({"site-0", "host-1"})
    attended._note_quality(person("site-0"), rtc.ConnectionQuality.QUALITY_POOR)  # type: ignore[arg-type]
    quality.assert_called_once_with("site-0", "poor")


@pytest.mark.parametrize("source", ["SOURCE_CAMERA", "SOURCE_SCREENSHARE"])
def test_a_picture_that_was_switched_off_is_not_shown_frozen(studio: Studio, source: str) -> None:
    attended, _, _ = attending(studio)
    studio.frames["site-0"] = Frame(Planes.blank(320, 180).buffer, 0)
    attended._screens.add("site-0")
    sound = publication(kind=rtc.TrackKind.KIND_AUDIO)
    attended._blank(sound, person("site-0"))  # type: ignore[arg-type]
    assert "site-0" in studio.frames
    seen = publication(kind=rtc.TrackKind.KIND_VIDEO, source=getattr(rtc.TrackSource, source), sid="T")
    attended._end(seen, person("site-0"))  # type: ignore[arg-type]
    assert "site-0" not in studio.frames
    assert ("site-0" in attended._screens) is (source == "SOURCE_CAMERA")


def test_a_room_that_cannot_be_reached_is_tried_again(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shonglap.stage.programme.conference.FIRST_WAIT", 0.05)
    attended, _, _ = attending(studio)
    attended._attend = Mock(side_effect=OSError("refused"))  # type: ignore[method-assign]
    going_on = Mock(side_effect=lambda: attended._attend.call_count < 3)
    asyncio.run(attended.run(going_on))
    assert attended._figures.reconnects == 2


def numbered(width: int, height: int) -> tuple[Bytes, Bytes]:
    """An I420 frame with a bright upper left corner, and its luma."""
    luma = np.full((height, width), 20, np.uint8)
    luma[: height // 2, : width // 2] = 200
    chroma = np.full(2 * ((height + 1) // 2) * ((width + 1) // 2), 128, np.uint8)
    return np.concatenate([luma.ravel(), chroma]), luma


@pytest.mark.parametrize(
    ("turns", "corner"), [(0, (0, 0)), (1, (0, -1)), (2, (-1, -1)), (3, (-1, 0))], ids=[0, 90, 180, 270]
)
def test_a_phone_held_upright_is_shown_upright(turns: int, corner: tuple[int, int]) -> None:
    """LiveKit says by how much the frame must be turned clockwise to stand."""
    data, _ = numbered(640, 360)
    shown = Planes(upright(data.tobytes(), 640, 360, turns))
    assert (shown.width, shown.height) == ((640, 360) if turns % 2 == 0 else (360, 640))
    assert shown.y[corner] == 200
    assert (shown.y == 200).mean() == 0.25


@pytest.mark.parametrize(("width", "height"), [(213, 120), (321, 181), (426, 240), (640, 362)])
def test_odd_sizes_are_trimmed(width: int, height: int) -> None:
    data, luma = numbered(width, height)
    shown = Planes(upright(data.tobytes(), width, height, 0))
    assert (shown.width, shown.height) == (width // 4 * 4, height // 4 * 4)
    assert np.array_equal(shown.y, luma[: shown.height, : shown.width])
    assert np.all(shown.u == 128)
