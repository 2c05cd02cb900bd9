"""Answers on air, in writing, promised."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.base.errors import NotAllowed, Refused
from shonglap.dialogues.models import Dialogue, State
from shonglap.offices.models import Office
from shonglap.questions import actions, public, queries
from shonglap.questions.models import Answer, Contribution, Status
from shonglap.record.models import Entry
from tests.factories import (
    days_from_now,
    make_contribution,
    make_dialogue,
    make_host,
    make_office,
    make_participation,
    make_person,
    make_posting,
)

Act = Callable[[], object]

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue() -> Dialogue:
    return make_dialogue(state=State.LIVE)


@pytest.fixture
def host(dialogue: Dialogue) -> Person:
    return make_host(dialogue)


@pytest.fixture
def office(dialogue: Dialogue) -> Office:
    return make_participation(dialogue).office


def status_of(contribution: Contribution) -> str:
    return Contribution.objects.values_list("status", flat=True).get(pk=contribution.pk)


def test_on_air_from_moment_to_moment(dialogue: Dialogue, host: Person, office: Office) -> None:
    contribution, posting = make_contribution(dialogue), make_posting(office=office)
    answer = actions.begin_answer(contribution, by=host, office=office, posting=posting)
    assert (contribution.status, answer.kind, answer.posting) == (Status.ANSWERING, "on_air", posting)
    with clock.shifted(timedelta(minutes=2)):
        finished = actions.finish_answer(contribution, by=host)
    assert finished == answer
    assert finished.began_at is not None
    assert finished.ended_at is not None
    assert finished.ended_at - finished.began_at > timedelta(minutes=2)
    assert (contribution.status, finished.text) == (Status.ANSWERED_ON_AIR, "")
    acts = list(Entry.objects.values_list("act", "public"))
    assert acts == [("questions.begin_answer", True), ("questions.finish_answer", True)]
    newest = Entry.objects.latest("id").data["face"]["answer"]
    assert newest == public.answer_face(finished)


def test_one_at_a_time_the_former_is_finished(dialogue: Dialogue, host: Person, office: Office) -> None:
    first, second = make_contribution(dialogue), make_contribution(dialogue)
    other = make_contribution(status=Status.ANSWERING)  # of another dialogue
    actions.begin_answer(first, by=host, office=office)
    actions.begin_answer(second, by=host, office=office)
    assert (status_of(first), status_of(second)) == ("answered_on_air", "answering")
    assert status_of(other) == "answering"
    assert Answer.objects.get(contribution=first).ended_at is not None


def test_the_host_comes_back_to_a_question(dialogue: Dialogue, host: Person, office: Office) -> None:
    contribution = make_contribution(dialogue)
    for _ in range(2):
        actions.begin_answer(contribution, by=host, office=office)
        actions.finish_answer(contribution, by=host, text="Both rounds")
    assert Answer.objects.count() == 2
    assert contribution.status == Status.ANSWERED_ON_AIR


@pytest.mark.parametrize("status", ["waiting", "answering", "merged", "declined", "noted", "promised"])
def test_only_an_open_one_is_begun(dialogue: Dialogue, host: Person, office: Office, status: str) -> None:
    contribution = make_contribution(dialogue, status=status)
    with pytest.raises(Refused, match="wrong_state"):
        actions.begin_answer(contribution, by=host, office=office)
    assert not Answer.objects.exists()


def test_a_refused_beginning_leaves_the_former_running(
    dialogue: Dialogue, host: Person, office: Office
) -> None:
    running, waiting = make_contribution(dialogue), make_contribution(dialogue, status=Status.WAITING)
    actions.begin_answer(running, by=host, office=office)
    with pytest.raises(Refused):
        actions.begin_answer(waiting, by=host, office=office)
    assert status_of(running) == "answering"


def test_only_the_one_being_answered_is_finished(dialogue: Dialogue, host: Person) -> None:
    with pytest.raises(Refused, match="wrong_state"):
        actions.finish_answer(make_contribution(dialogue), by=host)


def test_only_offices_of_the_dialogue_answer_and_the_host_office(dialogue: Dialogue, host: Person) -> None:
    contribution = make_contribution(dialogue)
    with pytest.raises(Refused, match="office_not_in_dialogue"):
        actions.begin_answer(contribution, by=host, office=make_office())
    actions.begin_answer(contribution, by=host, office=dialogue.host_office)


def test_strangers_answer_nothing(dialogue: Dialogue, office: Office) -> None:
    contribution, stranger = make_contribution(dialogue), make_person()
    acts: list[Act] = [
        lambda: actions.begin_answer(contribution, by=stranger, office=office),
        lambda: actions.finish_answer(contribution, by=stranger),
        lambda: actions.answer_in_writing(contribution, by=stranger, office=office, text="Yes"),
        lambda: actions.promise(contribution, by=stranger, office=office, due_on=days_from_now(3)),
        lambda: actions.promise_rest(dialogue, by=stranger, due_on=days_from_now(3)),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert status_of(contribution) == "open"


class TestAfterTheEnd:
    @pytest.fixture
    def dialogue(self) -> Dialogue:
        return make_dialogue(state=State.ENDED)

    def test_in_writing(self, dialogue: Dialogue, host: Person, office: Office) -> None:
        contribution = make_contribution(dialogue, review_after=True)
        answer = actions.answer_in_writing(contribution, by=host, office=office, text=" In May. ")
        assert (answer.text, answer.kind) == ("In May.", "written")
        assert (contribution.status, contribution.review_after) == (Status.ANSWERED_IN_WRITING, False)

    def test_an_officer_answers_for_the_own_office_and_for_no_other(
        self, dialogue: Dialogue, office: Office
    ) -> None:
        contribution, officer = make_contribution(dialogue), make_posting(office=office)
        other = make_participation(dialogue).office
        with pytest.raises(NotAllowed):
            actions.answer_in_writing(contribution, by=officer.person, office=other, text="Ours.")
        answer = actions.answer_in_writing(contribution, by=officer.person, office=office, text="Ours.")
        assert (answer.office, answer.posting) == (office, officer)

    def test_an_office_without_a_part_in_the_dialogue_writes_nothing(self, dialogue: Dialogue) -> None:
        contribution, officer = make_contribution(dialogue), make_posting()
        with pytest.raises(Refused, match="office_not_in_dialogue"):
            actions.answer_in_writing(contribution, by=officer.person, office=officer.office, text="We.")
        assert status_of(contribution) == "open"

    def test_a_promise_is_kept_after_the_report_is_out(self, office: Office) -> None:
        dialogue = make_dialogue(state=State.PUBLISHED)
        make_participation(dialogue, office=office)
        contribution, officer = (
            make_contribution(dialogue, status=Status.PROMISED),
            make_posting(office=office),
        )
        actions.answer_in_writing(contribution, by=officer.person, office=office, text="As promised.")
        assert status_of(contribution) == "answered_in_writing"

    def test_in_writing_needs_words(self, dialogue: Dialogue, host: Person, office: Office) -> None:
        contribution = make_contribution(dialogue)
        for text, code in (("  ", "missing"), ("x" * 4001, "too_long")):
            with pytest.raises(Refused, match=code):
                actions.answer_in_writing(contribution, by=host, office=office, text=text)

    def test_promised_and_kept(self, dialogue: Dialogue, host: Person, office: Office) -> None:
        contribution = make_contribution(dialogue)
        actions.promise(contribution, by=host, office=office, due_on=days_from_now(7))
        assert contribution.status == Status.PROMISED
        face = public.contribution_face(contribution)
        assert face is not None
        assert face["answer"]["due_on"] == days_from_now(7).isoformat()
        actions.answer_in_writing(contribution, by=host, office=office, text="Done.")
        face = public.contribution_face(Contribution.objects.get(pk=contribution.pk))
        assert face is not None
        assert (face["status"], face["answer"]["text"]) == ("answered_in_writing", "Done.")

    def test_no_promise_for_yesterday(self, dialogue: Dialogue, host: Person, office: Office) -> None:
        with pytest.raises(Refused, match="due_in_the_past") as raised:
            actions.promise(make_contribution(dialogue), by=host, office=office, due_on=days_from_now(-1))
        assert raised.value.field == "due_on"

    def test_the_rest_is_promised_by_the_office_asked_or_the_hosts(
        self, dialogue: Dialogue, host: Person, office: Office
    ) -> None:
        asked, general = make_contribution(dialogue, office=office), make_contribution(dialogue)
        left = make_contribution(dialogue, office=make_office())  # taken out of the plan since
        on_air = make_contribution(dialogue, status=Status.ANSWERING)
        Answer.objects.create(
            contribution=on_air, office=office, kind=Answer.Kind.ON_AIR, began_at=clock.now()
        )
        make_contribution(dialogue, status=Status.NOTED, kind="praise")
        assert actions.promise_rest(dialogue, by=host, due_on=days_from_now(10)) == 3
        promised = {answer.contribution_id: answer.office for answer in Answer.objects.filter(kind="promise")}
        assert promised == {
            asked.pk: office, general.pk: dialogue.host_office, left.pk: dialogue.host_office
        }  # fmt: skip
        assert status_of(on_air) == "answered_on_air"
        assert not queries.without_outcome(dialogue)

    def test_nobody_promises_what_nobody_has_read(self, dialogue: Dialogue, host: Person) -> None:
        opened = make_contribution(dialogue)
        for _ in range(2):
            make_contribution(dialogue, status=Status.WAITING)
        with pytest.raises(Refused, match="waiting_left") as raised:
            actions.promise_rest(dialogue, by=host, due_on=days_from_now(10))
        assert "2" in str(raised.value.message)
        assert status_of(opened) == "open"

    def test_nothing_more_once_published(self, host: Person) -> None:
        dialogue = make_dialogue(state=State.PUBLISHED)
        with pytest.raises(Refused, match="wrong_state"):
            actions.promise_rest(dialogue, by=make_host(dialogue), due_on=days_from_now(1))
