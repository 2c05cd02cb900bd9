"""The line to the database: what the stage says is drawn, and what happened is told."""

from unittest.mock import Mock

import pytest
from django.db import OperationalError

from shonglap.dialogues.models import Dialogue, State
from shonglap.stage import actions, queries
from shonglap.stage.models import RecordingPart, Seat, Stage
from shonglap.stage.programme.follower import Follower, read
from shonglap.stage.programme.studio import Studio
from tests.factories import make_dialogue, make_site, make_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    dialogue = make_dialogue(state=State.LIVE)
    make_site(dialogue)
    make_site(dialogue)
    return make_stage(dialogue)


def following(stage: Stage, over: Mock | None = None) -> tuple[Follower, Studio, RecordingPart]:
    studio, part = Studio(read(stage.dialogue_id)), actions.begin_part(stage)
    return Follower(studio, stage, part, over or Mock()), studio, part


def change(stage: Stage, **fields: object) -> None:
    Stage.objects.filter(pk=stage.pk).update(revision=stage.revision + 100, **fields)


def test_a_change_of_the_stage_is_drawn(stage: Stage) -> None:
    follower, studio, _ = following(stage)
    follower.step()
    before = studio.reading
    seat = stage.seats.first()
    assert seat is not None
    Seat.objects.filter(pk=seat.pk).update(on_air_order=1)
    change(stage, scene="solo")
    follower.step()
    assert studio.reading is not before
    assert [tile.identity for tile in studio.reading.arrangement.tiles] == [seat.identity]


def test_a_change_that_nobody_can_see_draws_nothing_anew(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shonglap.stage.programme.follower.languages.time_words", lambda *_: "১২:০০")
    follower, studio, _ = following(stage)
    follower.step()
    before = studio.reading
    change(stage, recording_ready=False)
    follower.step()
    assert studio.reading is before


def test_a_quiet_stage_costs_one_small_query(stage: Stage, django_assert_num_queries: Mock) -> None:
    follower, _, _ = following(stage)
    follower.step()
    with django_assert_num_queries(1):
        follower.step()


def test_the_end_of_the_dialogue_ends_the_run(stage: Stage) -> None:
    over = Mock()
    follower, _, _ = following(stage, over)
    follower.step()
    over.assert_not_called()
    Dialogue.objects.filter(pk=stage.dialogue_id).update(state=State.ENDED)
    follower.step()
    over.assert_called_once()


def test_what_is_on_disk_and_that_it_streams_is_told(stage: Stage) -> None:
    follower, _, part = following(stage)
    follower.seconds, follower.streaming = 6.0, True
    follower.step()
    part.refresh_from_db()
    stage.refresh_from_db()
    assert part.seconds == 6.0
    assert stage.streaming
    assert stage.heartbeat_at is not None
    assert queries.recording_length(stage.dialogue) == 6.0


def test_who_is_in_the_room_is_put_right(stage: Stage) -> None:
    here, gone = stage.seats.all()
    Seat.objects.filter(pk=gone.pk).update(connected=True)
    follower, _, _ = following(stage)
    follower.note_connected({here.identity, "host-abc"})
    follower.note_quality(here.identity, "good")
    follower.step()
    here.refresh_from_db()
    gone.refresh_from_db()
    assert (here.connected, here.quality) == (True, "good")
    assert gone.connected is False


def test_a_database_that_is_away_stops_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    follower, studio, _ = following(stage)
    follower.step()
    before = studio.reading
    monkeypatch.setattr("shonglap.stage.programme.follower.RETRY_AFTER", 0)
    monkeypatch.setattr("shonglap.stage.programme.follower.close_old_connections", lambda: None)
    monkeypatch.setattr(
        "shonglap.stage.programme.follower.actions.extend_part", Mock(side_effect=OperationalError("gone"))
    )
    follower.seconds = 2.0
    follower._step_or_rest()
    assert studio.reading is before
    monkeypatch.undo()
    follower._step_or_rest()
    assert queries.recording_length(stage.dialogue) == 2.0
