"""The supervisor: one child a dialogue, restarted at once, buried when its work is done."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import OperationalError

from shonglap.base import clock
from shonglap.dialogues.models import Dialogue, State
from shonglap.stage.models import RecordingPart
from shonglap.stage.programme.supervisor import AlreadyRunning, Supervisor, wanted_dialogues
from tests.factories import make_dialogue, make_stage

pytestmark = pytest.mark.django_db

LIVE = "shonglap.stage.programme.supervisor.child.live"


@pytest.fixture
def watching(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    """A supervisor whose children only sleep; it is driven step by step."""
    settings.RUN_FOLDER = tmp_path
    monkeypatch.setattr("shonglap.stage.programme.supervisor.connections.close_all", lambda: None)
    monkeypatch.setattr(LIVE, lambda _: time.sleep(60))
    supervisor = Supervisor()
    supervisor._take_lock()
    yield supervisor
    for programme in supervisor._programmes.values():
        if programme.pid:
            os.kill(programme.pid, signal.SIGKILL)
            os.waitpid(programme.pid, 0)
    os.close(supervisor._lock)


def steps(supervisor: Supervisor, until: Callable[[], bool], patience: float = 10) -> float:
    began = time.monotonic()
    while not until():
        assert time.monotonic() - began < patience
        supervisor._bury()
        supervisor._start_due()
        time.sleep(0.01)
    return time.monotonic() - began


def test_live_dialogues_and_unfinished_recordings_are_wanted() -> None:
    for state in State:
        stage = make_stage(make_dialogue(state=state, slug=f"{state}"))
        RecordingPart.objects.create(stage=stage, began_at=clock.now())
    make_stage(make_dialogue(state=State.ENDED, slug="never-on-air"))
    make_stage(make_dialogue(state=State.PUBLISHED, slug="done"), recording_ready=True)
    assert sorted(slug for _, slug in wanted_dialogues()) == ["ended", "live", "published"]


def test_a_killed_child_is_back_at_once(watching: Supervisor, tmp_path: Path) -> None:
    stage = make_stage(make_dialogue(state=State.LIVE, slug="a"))
    watching._poll()
    watching._start_due()
    programme = watching._programmes[stage.dialogue_id]
    first, pid_file = programme.pid, tmp_path / "programme-a.pid"
    assert int(pid_file.read_text()) == first
    os.kill(first, signal.SIGKILL)
    assert steps(watching, lambda: programme.pid not in (0, first)) < 1
    assert int(pid_file.read_text()) == programme.pid


def test_a_habit_of_dying_is_answered_ever_later(
    watching: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = make_stage(make_dialogue(state=State.LIVE))
    monkeypatch.setattr(LIVE, lambda _: 70)
    watching._poll()
    waits = []
    programme = watching._programmes[stage.dialogue_id]
    for _ in range(3):
        programme.next_try = 0
        watching._start_due()
        steps(watching, lambda: not programme.pid)
        waits.append(round(programme.next_try - time.monotonic(), 1))
    assert waits == [0.1, 0.2, 0.4]


def test_a_child_that_finished_an_ended_dialogue_is_not_started_again(
    watching: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = make_stage(make_dialogue(state=State.ENDED))
    RecordingPart.objects.create(stage=stage, began_at=clock.now())
    monkeypatch.setattr(LIVE, lambda _: 0)
    watching._poll()
    watching._start_due()
    programme = watching._programmes[stage.dialogue_id]
    steps(watching, lambda: not programme.pid)
    watching._poll()
    watching._start_due()
    assert not programme.pid


def test_a_dialogue_that_is_over_is_forgotten(watching: Supervisor) -> None:
    stage = make_stage(make_dialogue(state=State.LIVE))
    watching._poll()
    assert stage.dialogue_id in watching._programmes
    Dialogue.objects.filter(pk=stage.dialogue_id).update(state=State.CANCELLED)
    watching._poll()
    assert watching._programmes == {}


def test_a_database_that_is_away_ends_no_programme(
    watching: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = make_stage(make_dialogue(state=State.LIVE))
    watching._poll()

    def away() -> list[tuple[int, str]]:
        raise OperationalError("gone")

    monkeypatch.setattr("shonglap.stage.programme.supervisor.wanted_dialogues", away)
    watching._poll()
    assert stage.dialogue_id in watching._programmes


def test_children_end_with_the_supervisor(watching: Supervisor, tmp_path: Path) -> None:
    stage = make_stage(make_dialogue(state=State.LIVE, slug="a"))
    watching._poll()
    watching._start_due()
    pid = watching._programmes[stage.dialogue_id].pid
    watching._stopping = True
    watching._end_children()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert [path.name for path in tmp_path.iterdir()] == ["programmes.lock"]


def test_two_supervisors_do_not_share_a_folder(watching: Supervisor) -> None:
    with pytest.raises(AlreadyRunning):
        Supervisor()._take_lock()
