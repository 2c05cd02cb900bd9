"""The moderators' desk: each decision, its refusals, and that two never decide the same item unseen."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shonglap.accounts.models import Person
from shonglap.base import clock, pictures
from shonglap.base.errors import NotAllowed, NotFound, Refused
from shonglap.dialogues.models import Dialogue, State
from shonglap.questions import actions, public, queries
from shonglap.questions.models import Board, Contribution, DeclineReason, Picture, Status, Vote
from shonglap.record.models import Entry
from tests.factories import (
    make_contribution,
    make_dialogue,
    make_host,
    make_moderator,
    make_office,
    make_participation,
    make_person,
    make_vote,
)

Act = Callable[[], object]

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue() -> Dialogue:
    return make_dialogue(state=State.LIVE)


@pytest.fixture
def moderator(dialogue: Dialogue) -> Person:
    return make_moderator(dialogue, display_name="Rahima")


@pytest.fixture
def waiting(dialogue: Dialogue) -> Contribution:
    return make_contribution(dialogue, status=Status.WAITING, revision=0)


def with_picture(contribution: Contribution) -> Picture:
    picture = Picture.objects.create(contribution=contribution, width=4, height=3)
    pictures.store(b"jpeg", pictures.private_path(picture.public_id))
    return picture


def test_approving_opens_it_counts_the_change_and_publishes_its_pictures(
    waiting: Contribution, moderator: Person
) -> None:
    picture = with_picture(waiting)
    before = public.revision(waiting.dialogue)
    actions.approve(waiting, by=moderator)
    assert (waiting.status, waiting.decided_by) == (Status.OPEN, moderator)
    assert waiting.revision == public.revision(waiting.dialogue) > before
    assert pictures.public_path(waiting.dialogue.slug, picture.public_id).exists()
    entry = Entry.objects.get()
    assert (entry.act, entry.public, entry.actor) == ("questions.approve", True, moderator.public_id)
    assert entry.data["face"]["text"] == waiting.text


@pytest.mark.parametrize("kind", ["praise", "comment"])
def test_thanks_and_remarks_are_noted(dialogue: Dialogue, moderator: Person, kind: str) -> None:
    contribution = make_contribution(dialogue, status=Status.WAITING, kind=kind)
    actions.approve(contribution, by=moderator)
    assert contribution.status == Status.NOTED


def test_a_host_may_moderate_and_also_after_the_end() -> None:
    dialogue = make_dialogue(state=State.ENDED)
    contribution = make_contribution(dialogue, status=Status.WAITING)
    actions.approve(contribution, by=make_host(dialogue))
    assert contribution.status == Status.OPEN


def test_strangers_decide_nothing(waiting: Contribution) -> None:
    stranger = make_moderator(make_dialogue(state=State.LIVE))
    target = make_contribution(waiting.dialogue)
    office = make_participation(waiting.dialogue).office
    acts: list[Act] = [
        lambda: actions.claim(waiting, by=stranger),
        lambda: actions.approve(waiting, by=stranger),
        lambda: actions.decline(waiting, by=stranger, reason="abusive"),
        lambda: actions.merge(waiting, by=stranger, into=target),
        lambda: actions.address_to(waiting, by=stranger, office=office),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    waiting.refresh_from_db()
    assert waiting.status == Status.WAITING
    assert not Entry.objects.exists()


@pytest.mark.parametrize("state", [State.PUBLISHED, State.CANCELLED])
def test_nothing_is_decided_once_it_is_over(state: State) -> None:
    dialogue = make_dialogue(state=state)
    contribution = make_contribution(dialogue, status=Status.WAITING)
    with pytest.raises(Refused, match="wrong_state"):
        actions.approve(contribution, by=make_moderator(dialogue))


def test_something_gone_is_not_found(waiting: Contribution, moderator: Person) -> None:
    Contribution.objects.filter(pk=waiting.pk).delete()
    with pytest.raises(NotFound):
        actions.approve(waiting, by=moderator)


def test_declining_what_waits_leaves_only_a_counted_reason(waiting: Contribution, moderator: Person) -> None:
    before = public.revision(waiting.dialogue)
    actions.decline(waiting, by=moderator, reason=DeclineReason.ABUSIVE)
    assert (waiting.status, waiting.revision) == (Status.DECLINED, 0)
    assert public.revision(waiting.dialogue) > before  # the counts are news
    assert public.declined_counts(waiting.dialogue) == {"abusive": 1}
    entry = Entry.objects.get()
    assert (entry.act, entry.data) == ("questions.decline", {"reason": "abusive"})


def test_declining_what_was_public_leaves_a_tombstone(
    waiting: Contribution, moderator: Person, django_capture_on_commit_callbacks: object
) -> None:
    picture = with_picture(waiting)
    actions.approve(waiting, by=moderator)
    seen = waiting.revision
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.decline(waiting, by=moderator, reason="personal_data")
    assert public.contributions_changed_since(waiting.dialogue, seen)[1] == {waiting.public_id: None}
    assert queries.contribution_for_public(waiting.public_id).decline_reason == "personal_data"
    assert not pictures.public_path(waiting.dialogue.slug, picture.public_id).exists()
    entry = Entry.objects.last()
    assert entry is not None
    assert (entry.act, entry.data) == ("questions.remove", {"reason": "personal_data"})


def test_a_reason_must_be_from_the_list(waiting: Contribution, moderator: Person) -> None:
    with pytest.raises(Refused) as raised:
        actions.decline(waiting, by=moderator, reason="I do not like it")
    assert (raised.value.code, raised.value.field) == ("unknown_reason", "reason")


def test_what_is_being_answered_cannot_be_declined(dialogue: Dialogue, moderator: Person) -> None:
    contribution = make_contribution(dialogue, status=Status.ANSWERING)
    with pytest.raises(Refused, match="wrong_state"):
        actions.decline(contribution, by=moderator, reason="off_topic")


def test_review_after_confirms_or_removes(dialogue: Dialogue, moderator: Person) -> None:
    stays = make_contribution(dialogue, review_after=True)
    goes = make_contribution(dialogue, review_after=True)
    actions.approve(stays, by=moderator)
    actions.decline(goes, by=moderator, reason="advertising")
    assert (stays.status, stays.review_after, stays.revision) == (Status.OPEN, False, 1)
    assert (goes.status, goes.review_after) == (Status.DECLINED, False)
    assert [entry.act for entry in Entry.objects.all()] == ["questions.review", "questions.remove"]


class TestMerging:
    def test_its_votes_count_there_and_each_person_has_one(
        self, dialogue: Dialogue, moderator: Person
    ) -> None:
        source, target = make_contribution(dialogue), make_contribution(dialogue)
        both, only_source, only_target = make_person(), make_person(), make_person()
        for person, contribution in (
            (both, source), (both, target), (only_source, source), (only_target, target)
        ):  # fmt: skip
            make_vote(contribution, person=person)
        actions.merge(source, by=moderator, into=target)
        assert (source.status, source.merged_into) == (Status.MERGED, target)
        assert public.tally(dialogue) == {target.public_id: 3}
        assert set(Vote.objects.values_list("person", flat=True)) == {both.pk, only_source.pk, only_target.pk}

    def test_a_waiting_one_becomes_public_as_merged(self, waiting: Contribution, moderator: Person) -> None:
        picture = with_picture(waiting)
        target = make_contribution(waiting.dialogue)
        actions.merge(waiting, by=moderator, into=target)
        _, faces = public.contributions_changed_since(waiting.dialogue, 1)
        face = faces[waiting.public_id]
        assert face is not None
        assert (face["status"], face["merged_into"]) == ("merged", target.public_id)
        assert pictures.public_path(waiting.dialogue.slug, picture.public_id).exists()

    def test_what_was_merged_into_it_moves_on_with_it(self, dialogue: Dialogue, moderator: Person) -> None:
        first, second, third = (make_contribution(dialogue) for _ in range(3))
        actions.merge(first, by=moderator, into=second)
        actions.merge(second, by=moderator, into=third)
        first.refresh_from_db()
        assert first.merged_into == third
        assert first.revision == second.revision == public.revision(dialogue)

    def test_into_a_merged_one_is_into_its_target(self, dialogue: Dialogue, moderator: Person) -> None:
        first, second, third = (make_contribution(dialogue) for _ in range(3))
        actions.merge(first, by=moderator, into=second)
        actions.merge(third, by=moderator, into=first)
        assert third.merged_into == second

    def test_not_into_itself_another_dialogue_or_what_is_not_public(
        self, dialogue: Dialogue, moderator: Person
    ) -> None:
        source = make_contribution(dialogue)
        for target in (
            source,
            make_contribution(),
            make_contribution(dialogue, status=Status.WAITING),
            make_contribution(dialogue, status=Status.DECLINED),
        ):
            with pytest.raises(Refused, match="merge"):
                actions.merge(source, by=moderator, into=target)
        assert Contribution.objects.get(pk=source.pk).status == Status.OPEN

    def test_not_once_it_was_answered(self, dialogue: Dialogue, moderator: Person) -> None:
        source = make_contribution(dialogue, status=Status.ANSWERED_ON_AIR)
        with pytest.raises(Refused, match="wrong_state"):
            actions.merge(source, by=moderator, into=make_contribution(dialogue))


class TestAddressing:
    def test_what_waits_goes_on_waiting_and_the_record_keeps_it_private(
        self, waiting: Contribution, moderator: Person
    ) -> None:
        office = make_participation(waiting.dialogue).office
        actions.address_to(waiting, by=moderator, office=office)
        assert (waiting.office, waiting.status, waiting.revision) == (office, Status.WAITING, 0)
        assert Entry.objects.get().public is False

    def test_a_public_one_changes_in_public(self, dialogue: Dialogue, moderator: Person) -> None:
        contribution = make_contribution(dialogue)
        office = make_participation(dialogue).office
        actions.address_to(contribution, by=moderator, office=office)
        assert contribution.revision == public.revision(dialogue) > 1
        actions.address_to(contribution, by=moderator, office=None)
        assert contribution.office is None

    def test_the_office_must_take_part(self, waiting: Contribution, moderator: Person) -> None:
        with pytest.raises(Refused, match="office_not_in_dialogue"):
            actions.address_to(waiting, by=moderator, office=make_office())

    def test_not_what_was_declined(self, dialogue: Dialogue, moderator: Person) -> None:
        declined = make_contribution(dialogue, status=Status.DECLINED)
        with pytest.raises(Refused, match="already_decided"):
            actions.address_to(declined, by=moderator, office=None)


class TestClaims:
    def test_another_is_told_who_looks_and_cannot_decide(
        self, waiting: Contribution, moderator: Person
    ) -> None:
        other = make_moderator(waiting.dialogue)
        actions.claim(waiting, by=moderator)
        target = make_contribution(waiting.dialogue)
        acts: list[Act] = [
            lambda: actions.claim(waiting, by=other),
            lambda: actions.approve(waiting, by=other),
            lambda: actions.decline(waiting, by=other, reason="abusive"),
            lambda: actions.merge(waiting, by=other, into=target),
            lambda: actions.address_to(waiting, by=other, office=None),
        ]
        for act in acts:
            with pytest.raises(Refused, match="claimed_by_another") as raised:
                act()
            assert "Rahima" in str(raised.value.message)

    def test_the_claimer_decides_and_the_claim_ends(self, waiting: Contribution, moderator: Person) -> None:
        actions.claim(waiting, by=moderator)
        actions.approve(waiting, by=moderator)
        assert (waiting.claimed_by, waiting.claimed_until) == (None, None)

    def test_it_lapses_after_two_minutes_unless_claimed_again(
        self, waiting: Contribution, moderator: Person
    ) -> None:
        other = make_moderator(waiting.dialogue)
        actions.claim(waiting, by=moderator)
        with clock.shifted(timedelta(seconds=119)):
            actions.claim(waiting, by=moderator)
        with clock.shifted(timedelta(seconds=121)), pytest.raises(Refused, match="claimed_by_another"):
            actions.claim(waiting, by=other)
        with clock.shifted(timedelta(seconds=240)):
            actions.claim(waiting, by=other)
        assert waiting.claimed_by == other

    def test_releasing_lets_the_next_one_in_and_touches_no_other_claim(
        self, waiting: Contribution, moderator: Person
    ) -> None:
        other = make_moderator(waiting.dialogue)
        actions.claim(waiting, by=moderator)
        actions.release(waiting, by=other)
        assert waiting.claimed_by == moderator
        actions.release(waiting, by=moderator)
        actions.claim(waiting, by=other)
        assert waiting.claimed_by == other

    def test_what_is_decided_cannot_be_claimed(self, dialogue: Dialogue, moderator: Person) -> None:
        with pytest.raises(Refused, match="already_decided"):
            actions.claim(make_contribution(dialogue), by=moderator)


class TestSecondDecisions:
    def test_with_an_old_copy_is_refused_by_what_it_is_now(
        self, waiting: Contribution, moderator: Person
    ) -> None:
        other = make_moderator(waiting.dialogue)
        old = Contribution.objects.get(pk=waiting.pk)
        actions.approve(waiting, by=moderator)
        acts: list[Act] = [
            lambda: actions.approve(old, by=other),
            lambda: actions.decline(old, by=other, reason="abusive"),
        ]
        for act in acts:
            with pytest.raises(Refused, match="already_decided") as raised:
                act()
            assert str(Status.OPEN.label) in str(raised.value.message)
        assert Entry.objects.count() == 1

    def test_from_an_old_screen_is_refused_though_the_row_was_just_read(
        self, waiting: Contribution, moderator: Person
    ) -> None:
        actions.approve(waiting, by=moderator)
        fresh = Contribution.objects.get(pk=waiting.pk)
        with pytest.raises(Refused, match="already_decided"):
            actions.decline(fresh, by=moderator, reason="abusive", seen="waiting")

    def test_approving_twice_is_refused(self, dialogue: Dialogue, moderator: Person) -> None:
        contribution = make_contribution(dialogue)
        with pytest.raises(Refused, match="already_decided"):
            actions.approve(contribution, by=moderator)


def test_the_board_is_made_once(dialogue: Dialogue, moderator: Person) -> None:
    for _ in range(2):
        actions.approve(make_contribution(dialogue, status=Status.WAITING), by=moderator)
    assert Board.objects.get().revision == 3
