"""The quick way in takes what `contribute` takes, stores the same, and leaves the rest to it."""

from datetime import timedelta
from typing import Any

import pytest

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.base.errors import NotAllowed, Refused
from shonglap.dialogues.models import Dialogue, State
from shonglap.offices.models import Office
from shonglap.questions import actions, rules
from shonglap.questions.models import Contribution, Kind
from tests.factories import (
    make_accreditation,
    make_contribution,
    make_dialogue,
    make_office,
    make_participation,
    make_person,
)

pytestmark = pytest.mark.django_db
TEXT = "আমাদের এলাকার রাস্তা কবে ঠিক হবে?"
# Told apart by who sent it and when; everything else of the row must be the same.
ITS_OWN = {"id", "public_id", "person", "created_at", "client_token"}


@pytest.fixture
def dialogue() -> Dialogue:
    return make_dialogue(state=State.LIVE)


def typed(**changes: Any) -> dict[str, Any]:
    said = {"kind": "question", "text": TEXT, "language": "bn", "office": "", "client_token": "form-0001"}
    return {**said, **changes}


def send(dialogue: Dialogue, person: Person | None = None, **changes: Any) -> str | None:
    return actions.send_in(dialogue.slug, by=person or make_person(), **typed(**changes))


def contribute(dialogue: Dialogue, person: Person | None = None, **changes: Any) -> Contribution:
    facts = typed(**changes)
    facts["office"] = Office.objects.get(code=facts["office"]) if facts["office"] else None
    return actions.contribute(dialogue, by=person or make_person(), **facts)


def row(contribution: Contribution) -> dict[str, Any]:
    fresh = Contribution.objects.get(pk=contribution.pk)
    names = {field.name for field in Contribution._meta.concrete_fields} - ITS_OWN
    return {name: getattr(fresh, name) for name in names}


@pytest.mark.parametrize("kind", list(Kind))
def test_the_row_is_the_same_as_by_the_long_way(dialogue: Dialogue, kind: Kind) -> None:
    office = make_participation(dialogue).office.code
    facts: dict[str, Any] = {"kind": kind.value, "office": office, "text": f"  {TEXT}\r\n\r\n\r\nও সেতু?  "}
    quick = Contribution.objects.get(public_id=send(dialogue, **facts))
    assert row(quick) == row(contribute(dialogue, **facts))
    assert abs(clock.now() - quick.created_at) < timedelta(minutes=1)


def test_one_question_to_the_database(dialogue: Dialogue, django_assert_num_queries: Any) -> None:
    person = make_person()
    with django_assert_num_queries(1):
        assert send(dialogue, person)


@pytest.mark.parametrize("state", sorted(set(State) - {State.ANNOUNCED, State.REHEARSAL, State.LIVE}))
def test_a_state_without_room_takes_nothing(state: State) -> None:
    dialogue = make_dialogue(state=state)
    assert send(dialogue) is None
    with pytest.raises(Refused):
        contribute(dialogue)
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "order"},
        {"language": "fr"},
        {"text": "Too short"},
        {"text": "দীর্ঘ " * rules.LONGEST},
        {"client_token": "short"},
        {"client_token": "x" * 41},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_the_long_way_refuses_is_not_taken(dialogue: Dialogue, changes: dict[str, Any]) -> None:
    assert send(dialogue, **changes) is None
    with pytest.raises(Refused):
        contribute(dialogue, **changes)
    assert not Contribution.objects.exists()


def test_an_office_must_take_part(dialogue: Dialogue) -> None:
    elsewhere = make_office().code
    assert send(dialogue, office=elsewhere) is None
    assert send(dialogue, office="no-such-office") is None
    with pytest.raises(Refused):
        contribute(dialogue, office=elsewhere)
    assert not Contribution.objects.exists()


def test_a_form_counts_once(dialogue: Dialogue) -> None:
    person = make_person()
    assert send(dialogue, person)
    assert send(dialogue, person) is None
    assert contribute(dialogue, person) == Contribution.objects.get()


def test_the_limit_of_an_hour_holds(dialogue: Dialogue) -> None:
    person = make_person()
    for _ in range(rules.MOST_IN_AN_HOUR):
        make_contribution(dialogue, person=person)
    assert send(dialogue, person) is None
    with pytest.raises(Refused, match="too_many"):
        contribute(dialogue, person)
    with clock.shifted(timedelta(minutes=61)):
        assert send(dialogue, person)
    assert send(make_dialogue(state=State.LIVE), person, client_token="form-0002")


def test_accredited_people_appear_at_once_and_so_take_the_long_way(dialogue: Dialogue) -> None:
    reporter, former = make_person(), make_person()
    make_accreditation(reporter)
    make_accreditation(former, ends_on=clock.today() - timedelta(days=1))
    assert send(dialogue, reporter) is None
    assert send(dialogue, former)


def test_the_locked_out_send_nothing(dialogue: Dialogue) -> None:
    person = make_person(is_active=False)
    assert send(dialogue, person) is None
    with pytest.raises(NotAllowed):
        contribute(dialogue, person)
