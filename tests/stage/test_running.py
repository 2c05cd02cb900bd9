"""What the programme says of itself, and where a moment lies in the recording."""

from datetime import UTC, datetime, timedelta

import pytest

from shonglap.stage import actions, queries
from shonglap.stage.models import RecordingPart, Stage
from tests.stage.helpers import Scene, opened, revision

pytestmark = pytest.mark.django_db

NOON = datetime(2017, 4, 16, 6, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def recorded(*parts: tuple[float, float]) -> Scene:
    scene = opened()
    for began, seconds in parts:
        RecordingPart.objects.create(stage=scene.stage, began_at=after(began), seconds=seconds)
    return scene


def test_a_heartbeat_is_no_change_unless_the_stream_begins_or_ends() -> None:
    scene = opened()
    before = revision(scene)
    actions.beat(scene.stage, streaming=False)
    assert revision(scene) == before
    actions.beat(scene.stage, streaming=True)
    actions.beat(scene.stage, streaming=True)
    assert revision(scene) == before + 1
    assert Stage.objects.get().heartbeat_at is not None


def test_a_part_only_grows() -> None:
    scene = opened()
    part = actions.begin_part(scene.stage)
    actions.extend_part(part, 12.5)
    actions.extend_part(part, 10)
    part.refresh_from_db()
    assert part.seconds == 12.5


def test_a_finished_recording_ends_the_stream() -> None:
    scene = opened()
    actions.beat(scene.stage, streaming=True)
    actions.recording_finished(scene.stage)
    stage = Stage.objects.get()
    assert (stage.recording_ready, stage.streaming) == (True, False)


def test_without_a_recording_there_is_no_place_in_it() -> None:
    scene = opened()
    assert queries.recording_offset(scene.dialogue, NOON) is None
    assert queries.recording_length(scene.dialogue) == 0.0


@pytest.mark.parametrize(
    ("moment", "offset"),
    [(-30, 0.0), (0, 0.0), (40, 40.0), (100, 100.0), (105, 100.0), (110, 100.0), (130, 120.0), (900, 150.0)],
)
def test_a_moment_is_found_across_the_gap_of_a_restart(moment: float, offset: float) -> None:
    """100 s were recorded, then 10 s lost, then 50 s recorded."""
    scene = recorded((0, 100), (110, 50))
    assert queries.recording_offset(scene.dialogue, after(moment)) == pytest.approx(offset)
    assert queries.recording_length(scene.dialogue) == 150.0
