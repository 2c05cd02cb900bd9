"""One process for all feeds: which ones it follows, and that one that fails holds up no other."""

import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from shonglap.base import clock
from shonglap.dialogues import actions as dialogues
from shonglap.dialogues.models import Dialogue, State
from shonglap.feed import composers as looking
from shonglap.feed import leases
from shonglap.feed.composers import Composers, followed
from shonglap.feed.management.commands.run_composer import turned
from shonglap.feed.models import Lease
from tests.factories import make_dialogue
from tests.feed.scene import Scene, after, live

in_public = [State.ANNOUNCED, State.REHEARSAL, State.LIVE, State.ENDED]


@pytest.mark.django_db
def test_what_the_public_sees_is_followed_and_drafts_are_not() -> None:
    made = {state: make_dialogue(state=state) for state in State}
    assert {dialogue.state for dialogue in followed()} == set(in_public)
    for state in (State.PUBLISHED, State.CANCELLED):
        Lease.objects.create(dialogue=made[state])
    assert {dialogue.state for dialogue in followed()} == {*in_public, State.PUBLISHED, State.CANCELLED}
    leases.close(made[State.PUBLISHED])
    assert made[State.PUBLISHED] not in followed()


@pytest.mark.django_db
def test_a_dialogue_is_followed_from_its_announcement_to_its_last_tick() -> None:
    scene = live(State.DRAFT)
    house = Composers("one")
    house.turn()
    assert not scene.feed.path.exists()
    dialogues.announce(scene.dialogue, by=scene.host)
    house.turn()
    assert scene.feed.state()["dialogue"]["state"] == "announced"
    dialogues.cancel(scene.dialogue, by=scene.host, reason_bn="", reason_en="Rain")
    with after(3):
        house.turn()
        assert scene.feed.head["final"]
        house.turn()
    assert house.composers == {}


@pytest.mark.django_db
def test_a_second_process_stands_by_and_takes_over() -> None:
    scene = live()
    first, second = Composers("one"), Composers("two")
    first.turn()
    second.turn()
    assert (len(first.composers), len(second.composers)) == (1, 0)
    with after(30):
        second.turn()
        assert scene.feed.head["tick"] == 2
        first.turn()
        assert first.composers == {}
    with after(32):
        first.turn()
        second.turn()
    assert (len(first.composers), len(second.composers)) == (0, 1)
    assert scene.feed.numbers() == [1, 2, 3]


@pytest.fixture
def broken() -> Iterator[Scene]:
    """A feed whose files nobody can read, of the dialogue that comes first."""
    scene = live()
    scene.feed.path.mkdir(parents=True)
    file = scene.feed.path / "1.json"
    file.write_text("{")
    yield scene
    for left in scene.feed.path.iterdir():
        left.unlink()


@pytest.mark.django_db(transaction=True)  # the connection is looked after
def test_a_broken_feed_holds_up_no_other_and_is_tried_again(
    broken: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    fine = live()
    house = Composers("one")
    for _ in range(3):
        house.turn()
    assert fine.feed.numbers() == [1]
    complaints = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(complaints) == 1, "it rests before it is tried again"
    assert broken.dialogue.slug in complaints[0].getMessage()
    (broken.feed.path / "1.json").unlink()
    with after(2):
        house.turn()
    assert broken.feed.numbers() == [1]


@pytest.mark.django_db(transaction=True)  # the connection is looked after
def test_a_feed_that_failed_in_the_middle_goes_on_from_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = live()
    house = Composers("one")
    house.turn()
    scene.approved()

    def fails(_dialogue: Dialogue) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as full:
        full.setattr("shonglap.feed.chapters.write", fails)
        with after(3):
            house.turn()
    assert (scene.feed.numbers(), scene.feed.head["tick"]) == ([1, 2], 1)
    with after(6):
        house.turn()
    assert (scene.feed.numbers(), scene.feed.head["tick"]) == ([1, 2, 3], 3)
    assert scene.feed.state() == scene.truth()


@pytest.mark.django_db(transaction=True)  # the connection is looked after
def test_a_database_that_is_away_costs_a_turn(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scene = live()
    house = Composers("one")

    def away() -> None:
        raise DatabaseError("away")

    with monkeypatch.context() as broken:
        broken.setattr(looking, "followed", away)
        assert not turned(house)
    assert "a turn failed" in caplog.text
    assert turned(house)
    assert scene.feed.numbers() == [1]


@pytest.fixture
def own_signals() -> Iterator[None]:
    before = {wanted: signal.getsignal(wanted) for wanted in (signal.SIGTERM, signal.SIGINT)}
    yield
    for wanted, handler in before.items():
        signal.signal(wanted, handler)


def stop_at(file: Path) -> threading.Thread:
    """Once the file is there, ask this very process to end."""

    def wait() -> None:
        until = time.monotonic() + 30
        while not file.exists() and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    waiting = threading.Thread(target=wait)
    waiting.start()
    return waiting


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_signals")
def test_the_command_writes_until_it_is_told_to_end_and_gives_its_leases_back() -> None:
    scene = live()
    waiting = stop_at(scene.feed.path / "3.json")
    began = clock.now()
    call_command("run_composer")
    waiting.join()
    assert clock.now() - began < timedelta(seconds=25)
    assert scene.feed.numbers() == [1, 2, 3]
    assert scene.feed.head["tick"] == 3
    assert Lease.objects.get(dialogue=scene.dialogue).until is None
