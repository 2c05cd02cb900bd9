"""One child's life, and the two commands, without the media."""

import os
import signal
import threading
import time
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command

from shonglap.base import clock
from shonglap.dialogues.models import Dialogue, State
from shonglap.stage.models import RecordingPart
from shonglap.stage.programme import child
from shonglap.stage.programme.studio import guarded
from shonglap.stage.programme.supervisor import AlreadyRunning, Supervisor, _without_pools
from shonglap.stage.programme.view import ProgrammeView
from tests.factories import make_dialogue, make_site, make_stage

pytestmark = pytest.mark.django_db

HERE = "shonglap.stage.programme"


@pytest.fixture(autouse=True)
def no_signals(monkeypatch: pytest.MonkeyPatch) -> dict[int, object]:
    taken: dict[int, object] = {}
    monkeypatch.setattr(signal, "signal", taken.__setitem__)
    return taken


@pytest.fixture
def broadcast(monkeypatch: pytest.MonkeyPatch) -> Mock:
    broadcast = Mock()
    monkeypatch.setattr(f"{HERE}.broadcast.Broadcast", broadcast)
    return broadcast


@pytest.fixture
def finish(monkeypatch: pytest.MonkeyPatch) -> Mock:
    finish = Mock(return_value=True)
    monkeypatch.setattr(f"{HERE}.finishing.finish", finish)
    return finish


def test_a_live_dialogue_is_broadcast_and_finished_once_it_ended(broadcast: Mock, finish: Mock) -> None:
    stage = make_stage(make_dialogue(state=State.LIVE))
    broadcast.return_value.run = lambda: Dialogue.objects.update(state=State.ENDED)
    assert child.live(stage.dialogue_id) == 0
    finish.assert_called_once()


def test_a_child_that_was_asked_to_stop_leaves_the_rest_for_the_next_one(
    broadcast: Mock, finish: Mock, no_signals: dict[int, Mock]
) -> None:
    stage = make_stage(make_dialogue(state=State.LIVE))
    assert child.live(stage.dialogue_id) == 0
    finish.assert_not_called()
    wanted = broadcast.call_args.args[1]
    assert wanted() is True
    no_signals[signal.SIGTERM](signal.SIGTERM, None)
    assert wanted() is False


def test_an_ended_dialogue_is_only_finished(broadcast: Mock, finish: Mock) -> None:
    stage = make_stage(make_dialogue(state=State.ENDED))
    finish.return_value = False
    assert child.live(stage.dialogue_id) == 0
    broadcast.assert_not_called()
    finish.assert_called_once()


def test_a_child_whose_parent_is_gone_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", Mock())
    ended = Mock()
    monkeypatch.setattr("os._exit", ended)
    child.die_with_parent(-1)
    ended.assert_called_once_with(1)


def test_a_thread_that_fails_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = Mock()
    monkeypatch.setattr("os._exit", ended)
    monkeypatch.setattr("logging.shutdown", Mock())
    guarded(Mock(side_effect=ValueError("broken")), "pictures").join()
    ended.assert_called_once_with(70)
    guarded(Mock(), "well").join()
    ended.assert_called_once()


def test_the_supervisor_runs_until_told_to_stop(
    settings: Mock, tmp_path: Mock, monkeypatch: pytest.MonkeyPatch, no_signals: dict[int, Mock]
) -> None:
    settings.RUN_FOLDER = tmp_path
    started = Mock()
    monkeypatch.setattr(Supervisor, "_start", started)
    monkeypatch.setattr(f"{HERE}.supervisor._without_pools", Mock())  # the tests' own pool stays
    monkeypatch.setattr(f"{HERE}.supervisor.connections.close_all", Mock())
    make_stage(make_dialogue(state=State.LIVE))
    supervisor = Supervisor()
    stop = threading.Timer(0.5, lambda: no_signals[signal.SIGTERM](signal.SIGTERM, None))
    stop.start()
    supervisor.run()
    assert started.called
    assert not (tmp_path / "programmes.pid").exists()


def test_no_pool_and_its_threads_are_there_when_the_supervisor_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    pooled = Mock(settings_dict={"OPTIONS": {"pool": {"min_size": 2}, "timeout": 20}})
    monkeypatch.setattr(f"{HERE}.supervisor.connections.all", lambda: [pooled])
    _without_pools()
    assert pooled.settings_dict == {"OPTIONS": {"timeout": 20}}


def test_a_child_that_does_not_end_by_itself_is_ended(
    settings: Mock, tmp_path: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RUN_FOLDER = tmp_path
    monkeypatch.setattr(f"{HERE}.supervisor.connections.close_all", Mock())
    monkeypatch.setattr(f"{HERE}.supervisor.PATIENCE", 0.2)
    ignoring = Mock(side_effect=lambda _: time.sleep(60))
    monkeypatch.setattr(f"{HERE}.supervisor.child.live", ignoring)
    kill = os.kill
    monkeypatch.setattr("os.kill", lambda pid, how: None if how == signal.SIGTERM else kill(pid, how))
    stage = make_stage(make_dialogue(state=State.LIVE))
    RecordingPart.objects.create(stage=stage, began_at=clock.now())
    supervisor = Supervisor()
    supervisor._poll()
    supervisor._start_due()
    supervisor._end_children()
    assert list(tmp_path.glob("programme-*.pid")) == []


def test_run_programmes_says_when_another_one_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Mock()
    monkeypatch.setattr(f"{HERE}.supervisor.Supervisor.run", run)
    call_command("run_programmes")
    run.assert_called_once()
    run.side_effect = AlreadyRunning("held")
    with pytest.raises(CommandError, match="held"):
        call_command("run_programmes")


def test_simulate_sites_names_a_dialogue_without_a_stage() -> None:
    with pytest.raises(CommandError, match="no stage"):
        call_command("simulate_sites", "nowhere")


def test_simulate_sites_stops_when_told(
    monkeypatch: pytest.MonkeyPatch, no_signals: dict[int, Mock], capsys: pytest.CaptureFixture[str]
) -> None:
    seen = list[bool]()

    async def simulate(_address: str, _slug: str, places: list[object], going_on: Mock) -> None:
        seen.append(going_on())
        no_signals[signal.SIGTERM](signal.SIGTERM, None)
        seen.append(going_on())
        assert len(places) == 1

    monkeypatch.setattr("shonglap.stage.simulation.publishing.simulate", simulate)
    dialogue = make_dialogue(state=State.LIVE, slug="a")
    make_site(dialogue)
    make_stage(dialogue)
    call_command("simulate_sites", "a", "--count", "3")
    assert seen == [True, False]
    assert "1 simulated sites" in capsys.readouterr().out


def test_the_view_has_defaults_for_what_may_be_missing() -> None:
    shown = ProgrammeView(1, "a", 1, "live", "slate", "bn", "")
    assert (shown.on_air, shown.card_text, shown.agenda_title) == ((), "", "")
