"""One person, one vote."""

import pytest

from shonglap.base.errors import NotAllowed, NotFound, Refused
from shonglap.dialogues.models import State
from shonglap.questions import actions, queries
from shonglap.questions.models import Contribution, Status, Vote
from tests.factories import make_contribution, make_dialogue, make_person, make_vote

pytestmark = pytest.mark.django_db


def test_twice_is_once() -> None:
    contribution, person = make_contribution(), make_person()
    for _ in range(2):
        assert actions.vote(contribution, by=person) == contribution
    vote = Vote.objects.get()
    assert (vote.person, vote.contribution, vote.dialogue) == (person, contribution, contribution.dialogue)
    assert vote.at is not None


def test_taking_it_back_deletes_it_and_twice_does_no_harm() -> None:
    contribution, person = make_contribution(), make_person()
    make_vote(contribution)
    actions.vote(contribution, by=person)
    for _ in range(2):
        actions.withdraw_vote(contribution, by=person)
    assert queries.tally(contribution.dialogue) == {contribution.public_id: 1}


def test_a_vote_for_a_merged_one_counts_for_its_target() -> None:
    target, person = make_contribution(), make_person()
    merged = make_contribution(target.dialogue, status=Status.MERGED, merged_into=target)
    assert actions.vote(merged, by=person) == target
    actions.vote(target, by=person)
    assert queries.tally(target.dialogue) == {target.public_id: 1}
    assert queries.votes_for(merged) == queries.votes_for(target) == 1
    actions.withdraw_vote(merged, by=person)
    assert not Vote.objects.exists()


CLOSED = sorted(set(Status) - {Status.OPEN, Status.ANSWERING, Status.WAITING, Status.MERGED})


@pytest.mark.parametrize("status", CLOSED)
def test_not_on_what_has_its_outcome(status: Status) -> None:
    contribution = make_contribution(status=status)
    for act in (actions.vote, actions.withdraw_vote):
        with pytest.raises(Refused, match="closed"):
            act(contribution, by=make_person())


def test_not_on_what_the_public_does_not_know() -> None:
    with pytest.raises(NotFound):
        actions.vote(make_contribution(status=Status.WAITING), by=make_person())


def test_not_after_the_end_and_not_by_the_locked_out() -> None:
    with pytest.raises(Refused, match="closed"):
        actions.vote(make_contribution(make_dialogue(state=State.ENDED)), by=make_person())
    with pytest.raises(NotAllowed):
        actions.vote(make_contribution(), by=make_person(is_active=False))


def test_a_page_that_is_older_than_the_merge_counts_for_the_target() -> None:
    """The copy says open; by the time the row is written it is merged."""
    target = make_contribution()
    old = make_contribution(target.dialogue)
    Contribution.objects.filter(pk=old.pk).update(status=Status.MERGED, merged_into=target)
    assert actions.vote(old, by=make_person()) == target
    assert queries.tally(target.dialogue) == {target.public_id: 1}


def test_a_page_that_is_older_than_the_answer_is_refused() -> None:
    old = make_contribution()
    Contribution.objects.filter(pk=old.pk).update(status=Status.ANSWERED_ON_AIR)
    with pytest.raises(Refused, match="closed"):
        actions.vote(old, by=make_person())
    assert not Vote.objects.exists()
