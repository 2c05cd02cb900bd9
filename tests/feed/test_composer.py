"""Tick by tick: the clock, the snapshots, the last tick, and what happens when a composer dies or stalls."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from shonglap.base import clock
from shonglap.dialogues import actions as dialogues
from shonglap.dialogues.models import Dialogue, State
from shonglap.feed import chapters, leases
from shonglap.feed.models import Lease
from shonglap.feed.state import PublicState
from shonglap.questions import actions as questions
from shonglap.stage import actions as stages
from tests import factories as make
from tests.feed.scene import Scene, Walk, after, composer_of, live, walk

pytestmark = pytest.mark.django_db


def lengths(scene: Scene) -> list[float]:
    return [tick["length"] for tick in scene.feed.ticks()]


def between(earlier: str, later: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()


def test_the_first_tick_tells_everything_and_the_head_points_at_it() -> None:
    scene = live()
    scene.approved("কবে হবে?")
    composer = composer_of(scene)
    assert composer.compose()
    first, head = scene.feed.read("1"), scene.feed.head
    assert first["changes"] == scene.truth() == scene.feed.read("state-1")["state"]
    assert (head["tick"], head["snapshot"], head["final"]) == (1, 1, False)
    assert head["dialogue"] == scene.dialogue.slug
    assert between(head["at"], head["next_at"]) == head["length"] == first["length"] == 2.0


def test_nothing_is_written_before_it_is_due() -> None:
    scene = live()
    composer = composer_of(scene)
    composer.compose()
    with after(1):
        assert composer.compose()
        assert scene.feed.numbers() == [1]
    with after(2.1):
        composer.compose()
        assert scene.feed.numbers() == [1, 2]


def test_the_clock_slows_down_while_it_is_quiet_and_wakes_at_once() -> None:
    scene = live()
    walking = walk(scene, 22)
    assert lengths(scene) == [2.0] * 5 + [3.0] * 15 + [5.0] * 2
    ticks = scene.feed.ticks()
    for one, following in pairwise(ticks):
        assert between(one["next_at"], following["at"]) == pytest.approx(0, abs=0.5)
    scene.approved()
    walking.turn(2)
    assert lengths(scene)[-2:] == [2.0, 2.0]


def test_ticks_tell_only_what_changed() -> None:
    scene = live()
    question = scene.approved()
    walking = walk(scene, 1)
    make.make_vote(question)
    walking.turn(2)
    assert [tick["changes"] for tick in scene.feed.ticks()[1:]] == [{"votes": {question.public_id: 1}}, {}]


def test_a_snapshot_comes_with_the_first_tick_and_every_ten_ticks() -> None:
    scene = live()
    walk(scene, 22)
    assert scene.feed.snapshots() == [1, 11, 21]
    assert scene.feed.head["snapshot"] == 21


@pytest.mark.parametrize("state", [State.ANNOUNCED, State.REHEARSAL, State.ENDED])
def test_off_air_only_news_has_a_tick_and_the_head_goes_on(state: State) -> None:
    scene = live(state)
    walking = walk(scene, 30)
    assert scene.feed.numbers() == [1]
    head = scene.feed.head
    assert (head["tick"], head["length"]) == (1, 5.0)
    assert between(scene.feed.read("1")["at"], head["at"]) > 60
    assert between(head["at"], head["next_at"]) == 5.0
    scene.approved()
    walking.turn()
    assert scene.feed.numbers() == [1, 2]
    assert scene.feed.head["tick"] == 2


# --- the end


def published(scene: Scene, *, recorded: bool = True) -> None:
    if recorded:
        stages.begin_part(scene.stage)
    for state in (State.ENDED, State.PUBLISHED):
        fields = {"published_at": clock.now()} if state == State.PUBLISHED else {"ended_at": clock.now()}
        Dialogue.objects.filter(pk=scene.dialogue.pk).update(state=state, **fields)
    scene.dialogue.refresh_from_db()
    dialogues.write_summary(scene.dialogue, by=scene.host, summary_bn="", summary_en="")  # a new revision


def closed(scene: Scene) -> bool:
    return Lease.objects.get(dialogue=scene.dialogue).closed


def test_the_last_tick_comes_with_the_recording_and_nothing_after_it() -> None:
    scene = live()
    walking = walk(scene, 2)
    published(scene)
    walking.turn(8)
    assert not scene.feed.head["final"]
    assert not closed(scene)
    stages.recording_finished(scene.stage)
    walking.turn()
    head = scene.feed.head
    assert head["final"]
    assert head["snapshot"] == head["tick"] == scene.feed.numbers()[-1]
    assert "recording" in scene.feed.state()["stream"]
    assert closed(scene)
    walking.turn(3)
    assert scene.feed.head == head


def test_a_recording_that_never_comes_does_not_keep_the_feed_open_for_ever() -> None:
    scene = live()
    walking = walk(scene, 1)
    published(scene)
    walking.turn()
    walking.shift += timedelta(minutes=59)
    walking.turn()
    assert not scene.feed.head["final"]
    walking.shift += timedelta(minutes=2)
    walking.turn()
    assert scene.feed.head["final"]
    assert "recording" not in scene.feed.state()["stream"]


def test_where_nothing_was_sent_no_recording_is_waited_for() -> None:
    scene = live()
    walking = walk(scene, 1)
    published(scene, recorded=False)
    walking.turn()
    assert scene.feed.head["final"]


def test_a_cancelled_dialogue_says_so_and_that_is_the_end() -> None:
    scene = live(State.ANNOUNCED)
    walking = walk(scene, 1)
    dialogues.cancel(scene.dialogue, by=scene.host, reason_bn="বৃষ্টি", reason_en="Rain")
    walking.turn()
    assert scene.feed.state()["dialogue"]["state"] == "cancelled"
    assert scene.feed.head["final"]


def test_who_died_after_the_last_head_is_followed_by_nobody_who_writes() -> None:
    scene = live(State.ANNOUNCED)
    walk(scene, 1)
    dialogues.cancel(scene.dialogue, by=scene.host, reason_bn="বৃষ্টি", reason_en="Rain")
    walk(scene, 1)
    Lease.objects.update(closed=False)
    files = sorted(scene.feed.path.iterdir())
    with after(60):
        assert composer_of(scene, "two").compose()
    assert closed(scene)
    assert sorted(scene.feed.path.iterdir()) == files


# --- another takes over


def test_a_successor_goes_on_from_the_files_with_what_happened_meanwhile() -> None:
    scene = live()
    question = scene.approved()
    walk(scene, 3)
    make.make_vote(question)
    with after(60):
        successor = composer_of(scene, "two")
        assert successor.compose()
    assert scene.feed.numbers() == [1, 2, 3, 4]
    assert scene.feed.read("4")["changes"] == {"votes": {question.public_id: 1}}
    assert scene.feed.head["tick"] == 4


def test_death_between_a_tick_and_its_head_leaves_no_gap() -> None:
    scene = live()
    question = scene.approved()
    walking = walk(scene, 2)
    head = (scene.feed.path / "head.json").read_bytes()
    make.make_vote(question)
    walking.turn()
    for name in ("head.json", "head.json.gz", "3.json.gz"):
        (scene.feed.path / name).unlink()
    (scene.feed.path / "head.json").write_bytes(head)
    make.make_vote(question)
    with after(60):
        assert composer_of(scene, "two").compose()
    told = [tick["changes"] for tick in scene.feed.ticks()]
    assert told[2:] == [{"votes": {question.public_id: 1}}, {"votes": {question.public_id: 2}}]
    assert scene.feed.head["tick"] == 4


def test_death_between_a_tick_and_its_snapshot_puts_the_snapshot_off_by_one() -> None:
    scene = live()
    walk(scene, 11)
    for name in ("state-11.json", "state-11.json.gz"):
        (scene.feed.path / name).unlink()
    leases.give_back("one")
    walk(scene, 10, holder="two")
    assert scene.feed.snapshots() == [1, 12, 21]


def test_two_composers_write_one_feed() -> None:
    scene = live()
    first, second = composer_of(scene, "one"), composer_of(scene, "two")
    assert first.compose()
    assert not second.compose()
    with after(2.1):
        assert not second.compose()
        assert first.compose()
    assert scene.feed.numbers() == [1, 2]


def test_a_composer_that_stalled_writes_nothing_over_what_its_successor_wrote() -> None:
    scene = live()
    question = scene.approved()
    stalled = composer_of(scene, "one")
    stalled.compose()
    make.make_vote(question)
    with after(20):
        successor = composer_of(scene, "two")
        assert successor.compose()
        leases.give_back("two")
    files = {file.name: file.read_bytes() for file in scene.feed.path.iterdir()}
    make.make_vote(question)
    with after(21):
        assert not stalled.compose()
    assert {file.name: file.read_bytes() for file in scene.feed.path.iterdir()} == files


def test_a_composer_that_stalled_sets_no_head_back_either() -> None:
    """Not even where all that happened meanwhile was undone again, so that it has nothing to tell."""
    scene = live(State.ANNOUNCED)
    stalled = composer_of(scene, "one")
    stalled.compose()
    topic = scene.dialogue.topic_en
    leases.give_back("one")
    with after(20):
        walking = Walk(composer_of(scene, "two"))
        for words in ("Another topic", topic):
            dialogues.change_plan(scene.dialogue, by=scene.host, topic_en=words)
            walking.turn()
        leases.give_back("two")
    with after(60):
        assert not stalled.compose()
    assert scene.feed.head["tick"] == 3


def test_a_tick_written_by_another_in_the_last_moment_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = live()
    question = scene.approved()
    stalled = composer_of(scene, "one")
    stalled.compose()
    read = PublicState.read

    def slowly(state: PublicState) -> object:
        """Another takes over while this one reads."""
        monkeypatch.setattr(PublicState, "read", read)
        leases.give_back("one")
        make.make_vote(question)
        assert composer_of(scene, "two").compose()
        return read(state)

    monkeypatch.setattr(PublicState, "read", slowly)
    with after(2.1):
        assert not stalled.compose()
    assert scene.feed.read("2")["changes"] == {"votes": {question.public_id: 1}}
    assert Lease.objects.get(dialogue=scene.dialogue).holder == "two"


def test_who_lost_the_lease_while_writing_leaves_the_head_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = live()
    composer = composer_of(scene, "one")
    composer.compose()
    scene.approved()

    def slowly(_dialogue: Dialogue) -> None:
        Lease.objects.filter(dialogue=scene.dialogue).update(holder="two")

    monkeypatch.setattr(chapters, "write", slowly)
    with after(2.1):
        assert not composer.compose()
    assert scene.feed.head["tick"] == 1
    assert scene.feed.numbers() == [1, 2]


# --- nothing missed, nothing twice


def some_act(scene: Scene, chance: random.Random) -> None:
    acts: list[Callable[[], object]] = [
        lambda: scene.approved(f"Question {chance.random()}?"),
        lambda: make.make_vote(chance.choice(list(scene.dialogue.contributions.filter(status="open")))),
        lambda: questions.decline(
            chance.choice(list(scene.dialogue.contributions.filter(status="open"))),
            by=scene.host, reason="off_topic",
        ),
        lambda: questions.begin_answer(
            chance.choice(list(scene.dialogue.contributions.filter(status="open"))),
            by=scene.host, office=scene.office,
        ),
        lambda: stages.begin_agenda_item(scene.stage, by=scene.host, agenda_item=chance.choice(scene.items)),
        lambda: stages.bring_on_air(chance.choice(scene.seats), by=scene.host),
        lambda: stages.take_off_air(chance.choice(scene.seats), by=scene.host),
        lambda: stages.note_connected(chance.choice(scene.seats).identity, chance.random() < 0.5),
    ]  # fmt: skip
    chance.choice(acts)()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_and_whoever_composes_the_ticks_tell_the_truth(seed: int) -> None:
    """Random acts; now and then the composer dies, sometimes before its head, and another goes on."""
    chance, scene = random.Random(seed), live()
    walking, head = walk(scene, 1), b""
    for turn in range(40):
        for _ in range(chance.randrange(3)):
            scene.approved()
            some_act(scene, chance)
        walking.turn()
        assert scene.feed.state() == scene.truth()
        if chance.random() < 0.2:
            if head and chance.random() < 0.5:
                (scene.feed.path / "head.json").write_bytes(head)
                (scene.feed.path / "head.json.gz").unlink()
            later = walking.shift + timedelta(seconds=20)
            walking = Walk(composer_of(scene, str(turn)), later)
        head = (scene.feed.path / "head.json").read_bytes()
    assert scene.feed.numbers() == list(range(1, 42))
