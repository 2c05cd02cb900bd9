"""Who may, and what a status may become: the tables and every refusal."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from shonglap.dialogues.models import Dialogue, State
from shonglap.questions import rules
from shonglap.questions.models import Contribution, Kind, Status
from tests.factories import (
    days_from_now,
    make_contribution,
    make_dialogue,
    make_host,
    make_moderator,
    make_office,
    make_person,
    make_posting,
)

pytestmark = pytest.mark.django_db

OPEN_STATES = {State.ANNOUNCED, State.REHEARSAL, State.LIVE}


def test_every_status_is_in_the_table() -> None:
    assert set(rules.ALLOWED) == set(Status)


def test_every_status_leads_to_an_outcome() -> None:
    """No way through the table ends in a status without an outcome."""
    for status in rules.WITHOUT_OUTCOME:
        assert rules.ALLOWED[status]
    reached, rest = set(), {Status.WAITING}
    while rest:
        status = rest.pop()
        reached.add(status)
        rest |= rules.ALLOWED[status] - reached
    assert reached == set(Status)


def test_nothing_comes_back_from_declined_and_nothing_goes_back_to_waiting() -> None:
    assert not rules.ALLOWED[Status.DECLINED]
    assert all(Status.WAITING not in targets for targets in rules.ALLOWED.values())


@pytest.mark.parametrize(("before", "after"), list(product(Status, Status)))
def test_may_become_asks_the_table(before: Status, after: Status) -> None:
    contribution = Contribution(status=before)
    assert rules.may_become(contribution, after) == (after in rules.ALLOWED[before])


@pytest.mark.parametrize("kind", list(Kind))
def test_thanks_and_remarks_need_no_answer(kind: Kind) -> None:
    expected = Status.NOTED if kind in (Kind.PRAISE, Kind.COMMENT) else Status.OPEN
    assert rules.after_approval(kind) == expected


@pytest.mark.parametrize("state", list(State))
def test_can_contribute_says_no_where_the_dialogue_takes_none(state: State) -> None:
    person, dialogue = make_person(), make_dialogue(state=state)
    assert rules.can_contribute(person, dialogue) is (state in OPEN_STATES)


def test_can_contribute_says_no_to_the_nameless_and_the_locked_out() -> None:
    dialogue = make_dialogue(state=State.LIVE)
    assert rules.can_contribute(AnonymousUser(), dialogue) is False
    assert rules.can_contribute(make_person(is_active=False), dialogue) is False


@pytest.mark.parametrize("status", list(Status))
def test_can_vote_says_no_to_what_is_not_open(status: Status) -> None:
    contribution = make_contribution(status=status)
    assert rules.can_vote(make_person(), contribution) is (status in (Status.OPEN, Status.ANSWERING))


def test_can_vote_says_no_to_the_nameless_the_locked_out_and_after_the_end() -> None:
    contribution = make_contribution()
    assert rules.can_vote(AnonymousUser(), contribution) is False
    assert rules.can_vote(make_person(is_active=False), contribution) is False
    over = make_contribution(make_dialogue(state=State.ENDED))
    assert rules.can_vote(make_person(), over) is False


def test_can_vote_on_a_merged_one_asks_what_it_went_into() -> None:
    target = make_contribution()
    merged = make_contribution(target.dialogue, status=Status.MERGED, merged_into=target)
    assert rules.can_vote(make_person(), merged) is True
    target.status = Status.ANSWERED_ON_AIR
    assert rules.can_vote(make_person(), merged) is False


def test_can_moderate_says_no_to_all_but_the_host_team() -> None:
    dialogue, other = make_dialogue(state=State.LIVE), make_dialogue(state=State.LIVE)
    assert rules.can_moderate(AnonymousUser(), dialogue) is False
    assert rules.can_moderate(make_person(), dialogue) is False
    assert rules.can_moderate(make_moderator(other), dialogue) is False
    assert rules.can_moderate(make_moderator(dialogue), dialogue) is True
    assert rules.can_moderate(make_host(dialogue), dialogue) is True


@pytest.mark.parametrize("state", list(State))
def test_can_answer_for_says_no_where_the_dialogue_has_no_room(state: State) -> None:
    """A promise is kept after the report is out: room for written answers outlasts the moderators' desk."""
    dialogue: Dialogue = make_dialogue(state=state)
    contribution, officer = make_contribution(dialogue), make_posting()
    room = state in OPEN_STATES | {State.ENDED, State.PUBLISHED}
    assert rules.can_answer_for(make_host(dialogue), contribution, officer.office) is room
    assert rules.can_answer_for(officer.person, contribution, officer.office) is room


def test_can_answer_for_says_no_to_strangers_and_to_officers_of_elsewhere() -> None:
    contribution, office = make_contribution(), make_office()
    assert rules.can_answer_for(AnonymousUser(), contribution, office) is False
    assert rules.can_answer_for(contribution.person, contribution, office) is False
    assert rules.can_answer_for(make_posting().person, contribution, office) is False
    former = make_posting(office=office, ends_on=days_from_now(-1))
    assert rules.can_answer_for(former.person, contribution, office) is False
