"""The public state: complete, as cheap as its revisions allow, and never behind what they say."""

import pytest
from pytest_django import DjangoAssertNumQueries

from shonglap.dialogues import actions as dialogues
from shonglap.dialogues.models import Dialogue, State
from shonglap.feed.state import PublicState
from shonglap.questions import actions as questions
from shonglap.questions.models import Contribution, Status
from shonglap.stage import actions as stages
from tests import factories as make
from tests.feed.reading import wrong
from tests.feed.scene import Scene, live

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return live()


def state_of(scene: Scene) -> PublicState:
    return PublicState(Dialogue.objects.get(pk=scene.dialogue.pk))


def test_an_announced_dialogue_has_every_section(scene: Scene) -> None:
    dialogue = make.make_dialogue(state=State.ANNOUNCED)
    state = PublicState(dialogue).read()
    assert wrong("state", state) == []
    assert state["stage"] == {"scene": "slate", "on_air": []}
    assert (state["contributions"], state["votes"], state["declined"]) == ({}, {}, {})
    assert state["stream"]["state"] == "off"


def test_where_nothing_changed_four_questions_are_enough(
    scene: Scene, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        make.make_vote(scene.approved(f"Question number {number}?"))
    state = state_of(scene)
    before = state.read()
    with django_assert_num_queries(4):  # three revisions and the votes
        assert state.read() == before


@pytest.mark.parametrize("number", [1, 5])
def test_news_cost_the_same_however_many_they_are(
    scene: Scene, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    state = state_of(scene)
    state.read()
    for count in range(number):
        questions.begin_answer(scene.approved(f"Question {count}?"), by=scene.host, office=scene.office)
    with django_assert_num_queries(9):
        told = state.read()
    assert len(told["contributions"]) == number


def test_each_section_follows_what_it_tells(scene: Scene) -> None:
    state, first = state_of(scene), scene.items[0]
    state.read()
    stages.begin_agenda_item(scene.stage, by=scene.host, agenda_item=first)
    stages.bring_on_air(scene.seats[0], by=scene.host)
    stages.begin_part(scene.stage)
    stages.beat(scene.stage, streaming=True)
    told = state.read()
    assert told["agenda"][first.public_id]["state"] == "now"
    assert told["stage"]["agenda_item"] == first.public_id
    assert [one["id"] for one in told["stage"]["on_air"]] == [scene.seats[0].identity]
    assert told["sites"][scene.seats[0].identity]["on_air"] is True
    assert told["stream"]["state"] == "on"
    assert "began_at" in told["stream"]


def test_the_end_is_told_to_the_stream_and_the_agenda_as_well(scene: Scene) -> None:
    state, first = state_of(scene), scene.items[0]
    stages.begin_agenda_item(scene.stage, by=scene.host, agenda_item=first)
    state.read()
    dialogues.end(scene.dialogue, by=scene.host)
    told = state.read()
    assert told["dialogue"]["state"] == "ended"
    assert told["stream"]["state"] == "ended"
    assert told["agenda"][first.public_id]["state"] == "done"


def test_a_plan_that_changes_changes_the_agenda() -> None:
    scene = live(State.ANNOUNCED)
    state = state_of(scene)
    state.read()
    dialogues.change_agenda_item(scene.items[1], by=scene.host, title_bn="নতুন", title_en="New")
    dialogues.remove_agenda_item(scene.items[0], by=scene.host)
    agenda = state.read()["agenda"]
    assert {item: face["title"]["en"] for item, face in agenda.items()} == {scene.items[1].public_id: "New"}


def test_a_contribution_appears_is_answered_and_leaves(scene: Scene) -> None:
    state, question = state_of(scene), scene.asked()
    assert state.read()["contributions"] == {}
    questions.approve(question, by=scene.host)
    assert state.read()["contributions"][question.public_id]["status"] == "open"
    questions.begin_answer(question, by=scene.host, office=scene.office)
    answering = state.read()["stage"]["answering"]
    assert (answering["contribution"], answering["office"]["id"]) == (question.public_id, scene.office.code)
    questions.finish_answer(question, by=scene.host, text="In May.")
    told = state.read()
    assert "answering" not in told["stage"]
    assert told["contributions"][question.public_id]["answer"]["text"] == "In May."
    questions.decline(question, by=scene.host, reason="personal_data")
    told = state.read()
    assert told["contributions"] == {}
    assert told["declined"] == {"personal_data": 1}


def test_votes_are_told_of_what_is_told(scene: Scene) -> None:
    state, shown, waiting = state_of(scene), scene.approved(), scene.asked()
    for contribution in (shown, shown, waiting):
        make.make_vote(contribution)
    assert state.read()["votes"] == {shown.public_id: 2}
    questions.decline(shown, by=scene.host, reason="off_topic")
    assert state.read()["votes"] == {}


def test_votes_for_what_comes_with_the_next_tick_wait_for_it(scene: Scene) -> None:
    """Let in after the contributions were read and before the votes were."""
    state, question = state_of(scene), scene.asked()
    state.read()
    make.make_vote(question)
    Contribution.objects.filter(pk=question.pk).update(status=Status.OPEN)  # its revision not seen yet
    assert state.read()["votes"] == {}


def test_votes_move_with_what_they_were_given_to(scene: Scene) -> None:
    state, kept, merged = state_of(scene), scene.approved("First?"), scene.approved("The same again?")
    make.make_vote(merged)
    state.read()
    questions.merge(merged, by=scene.host, into=kept)
    told = state.read()
    assert told["votes"] == {kept.public_id: 1}
    assert told["contributions"][merged.public_id]["merged_into"] == kept.public_id
