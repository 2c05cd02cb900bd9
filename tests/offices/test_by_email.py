"""Postings and accreditations given to an address, one head at a time, and what ends before its time."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.base.errors import NotAllowed, NotFound, Refused
from shonglap.offices import actions, queries, rules
from shonglap.offices.models import Accreditation, Posting
from shonglap.record.models import Entry
from tests.factories import (
    days_from_now,
    make_accreditation,
    make_admin,
    make_office,
    make_person,
    make_posting,
)

pytestmark = pytest.mark.django_db

POSITION: dict[str, Any] = {"position_bn": "পরিচালক", "position_en": "Director"}


def days(first: int, last: int) -> dict[str, Any]:
    return {"kind": "press", "starts_on": days_from_now(first), "ends_on": days_from_now(last)}


def refused(code: str, field: str, act: Any, *subject: Any, **facts: Any) -> None:
    with pytest.raises(Refused) as refusal:
        act(*subject, **facts)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_a_known_address_is_posted_and_keeps_its_name() -> None:
    known, admin, office = (
        make_person(email="rahima@example.com", display_name="Rahima"),
        make_admin(),
        make_office(),
    )
    posting = actions.post_by_email(
        office, by=admin, email=" Rahima@Example.com", display_name="Somebody", **POSITION
    )
    assert posting.person == known
    known.refresh_from_db()
    assert known.display_name == "Rahima"


def test_an_unknown_address_gets_an_account_without_a_password() -> None:
    admin, office = make_admin(), make_office()
    actions.post_by_email(office, by=admin, email="New@example.com", display_name="New", **POSITION)
    person = Person.objects.get(email="new@example.com")
    assert (person.display_name, person.vouched, person.is_staff) == ("New", True, False)
    assert not person.has_usable_password()
    assert queries.postings_now(person).get().office == office
    assert [entry.act for entry in Entry.objects.all()] == ["accounts.create_person", "offices.give_posting"]


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"email": "no address"}, "bad_email", "email"),
        ({"display_name": " "}, "missing", "display_name"),
        ({"display_name": "n" * 81}, "too_long", "display_name"),
        ({"position_en": ""}, "missing", "position_en"),
        ({"is_head": True}, "has_a_head", "is_head"),
        ({"ends_on": days_from_now(-1)}, "ends_before_it_starts", "ends_on"),
    ],
)
def test_where_the_posting_is_refused_no_account_is_left(
    facts: dict[str, Any], code: str, field: str
) -> None:
    admin, head = make_admin(), make_posting(is_head=True)
    given = {"email": "new@example.com", "display_name": "New", **POSITION, **facts}
    refused(code, field, actions.post_by_email, head.office, by=admin, **given)
    assert set(Person.objects.all()) == {admin, head.person}
    assert not Entry.objects.exists()


def test_a_closed_account_is_not_posted() -> None:
    make_person(email="gone@example.com", is_active=False)
    given = {"email": "gone@example.com", "display_name": "Back", **POSITION}
    refused("account_closed", "email", actions.post_by_email, make_office(), by=make_admin(), **given)


def test_only_who_may_learns_anything_of_an_address() -> None:
    head, stranger = make_posting(is_head=True), make_posting(is_head=True).person
    for email in (make_person().email, "new@example.com", "no address"):
        with pytest.raises(NotAllowed):
            actions.post_by_email(head.office, by=head.person, email=email, **POSITION)
        with pytest.raises(NotAllowed):
            actions.accredit_by_email(head.office, by=stranger, email=email, **days(0, 1))
    assert not Person.objects.filter(email="new@example.com").exists()


@pytest.mark.parametrize(
    ("held", "new", "fits"),
    [
        ((-50, None), (0, None), False),
        ((-50, None), (0, 10), False),
        ((-50, 20), (0, None), False),
        ((10, 20), (0, None), False),
        ((-50, 0), (0, None), True),  # the day of the handover is both
        ((10, 20), (0, 10), True),
        ((-50, -1), (0, None), True),
    ],
)
def test_an_office_has_one_head_on_each_day(held: Any, new: Any, fits: bool) -> None:
    first, last, begins, ends = (None if day is None else days_from_now(day) for day in (*held, *new))
    office = make_posting(is_head=True, starts_on=first, ends_on=last).office
    given = {"by": make_admin(), "office": office, "starts_on": begins, "ends_on": ends, **POSITION}
    actions.give_posting(make_person(), **given)
    if fits:
        actions.give_posting(make_person(), is_head=True, **given)
    else:
        refused("has_a_head", "is_head", actions.give_posting, make_person(), is_head=True, **given)


def test_a_head_does_not_stay_into_the_time_of_the_next() -> None:
    admin = make_admin()
    head = make_posting(is_head=True, ends_on=days_from_now(5))
    make_posting(office=head.office, is_head=True, starts_on=days_from_now(6))
    refused("has_a_head", "ends_on", actions.end_posting, head, by=admin, ends_on=days_from_now(9))
    actions.end_posting(head, by=admin, ends_on=days_from_now(6))
    assert queries.head_of(head.office) == head


def test_a_form_that_comes_twice_posts_and_accredits_once() -> None:
    admin, office, person = make_admin(), make_office(), make_person()
    actions.give_posting(person, by=admin, office=office, **POSITION)
    refused(
        "posted_already", "position_en", actions.give_posting, person, by=admin, office=office, **POSITION
    )
    other: dict[str, Any] = {"position_bn": "সচিব", "position_en": "Secretary"}
    actions.give_posting(person, by=admin, office=office, **other)
    actions.accredit(person, by=admin, office=office, **days(0, 9))
    refused(
        "accredited_already", "starts_on", actions.accredit, person, by=admin, office=office, **days(9, 20)
    )
    actions.accredit(person, by=admin, office=office, **days(10, 20))
    assert (Posting.objects.count(), Accreditation.objects.count()) == (2, 2)


def test_a_head_accredits_an_address() -> None:
    head = make_posting(is_head=True)
    given = {"by": head.person, "email": "press@example.com", **days(0, 30)}
    refused("missing", "display_name", actions.accredit_by_email, head.office, **given)
    actions.accredit_by_email(head.office, display_name="The Daily", **given)
    assert queries.accreditation_now(Person.objects.get(email="press@example.com")) == "press"


def test_an_accreditation_ends_early_and_the_record_says_who_did_it() -> None:
    head, voice = make_posting(is_head=True), make_person()
    accreditation = make_accreditation(voice, given_by=head.office)
    actions.end_accreditation(accreditation, by=head.person, ends_on=days_from_now(-1))
    assert queries.accreditation_now(voice) == ""
    entry = Entry.objects.get()
    assert (entry.act, entry.subject, entry.actor, entry.public) == (
        "offices.end_accreditation", voice.public_id, head.person.public_id, False,
    )  # fmt: skip
    assert entry.data["ends_on"] == days_from_now(-1).isoformat()


def test_an_accreditation_is_ended_by_its_office_and_only_early() -> None:
    accreditation = make_accreditation(make_person())
    admin = make_admin()
    for person in (make_person(), accreditation.person, make_posting(is_head=True).person):
        with pytest.raises(NotAllowed):
            actions.end_accreditation(accreditation, by=person)
    before, after = (accreditation.starts_on - timedelta(days=1), accreditation.ends_on + timedelta(days=1))
    refused(
        "ends_before_it_starts", "ends_on", actions.end_accreditation, accreditation, by=admin, ends_on=before
    )
    refused("ends_sooner", "ends_on", actions.end_accreditation, accreditation, by=admin, ends_on=after)
    actions.end_accreditation(accreditation, by=admin)
    accreditation.refresh_from_db()
    assert accreditation.ends_on == clock.today()


def test_can_see_people_says_no_to_all_but_the_head_of_the_office() -> None:
    office = make_office()
    assert rules.can_see_people(make_posting(office=office).person, office) is False
    assert rules.can_see_people(make_posting(is_head=True).person, office) is False
    assert rules.can_see_people(AnonymousUser(), office) is False
    former = make_posting(office=office, is_head=True, ends_on=days_from_now(-1))
    assert rules.can_see_people(former.person, office) is False
    assert rules.can_see_people(make_posting(office=office, is_head=True).person, office) is True
    assert rules.can_see_people(make_admin(), office) is True


def test_can_see_offices_says_no_to_who_heads_none() -> None:
    assert rules.can_see_offices(make_posting().person) is False
    assert rules.can_see_offices(make_person()) is False
    assert rules.can_see_offices(AnonymousUser()) is False
    assert rules.can_see_offices(make_posting(is_head=True).person) is True
    assert rules.can_see_offices(make_admin()) is True


def test_what_can_be_ended_is_found_by_who_may_end_it() -> None:
    head = make_posting(is_head=True)
    office, admin = head.office, make_admin()
    coming = make_posting(office=office, starts_on=days_from_now(3))
    over = make_posting(office=office, ends_on=days_from_now(-1))
    assert queries.posting_to_end(admin, office, coming.public_id) == coming
    for person, place, posting in (
        (head.person, office, coming),
        (admin, office, over),
        (admin, make_office(), coming),
    ):
        with pytest.raises(NotFound):
            queries.posting_to_end(person, place, posting.public_id)
    given = make_accreditation(make_person(), given_by=office)
    old = make_accreditation(make_person(), given_by=office, ends_on=days_from_now(-1))
    assert queries.accreditation_to_end(head.person, office, given.pk) == given
    for person, place, one in (
        (coming.person, office, given),
        (admin, office, old),
        (admin, make_office(), given),
    ):
        with pytest.raises(NotFound):
            queries.accreditation_to_end(person, place, one.pk)


def test_lists_come_with_their_people(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    office = make_office()
    for count in (1, 3):
        while office.postings.count() < count:
            make_posting(office=office)
            make_accreditation(make_person(), given_by=office)
            make_accreditation(make_person(), given_by=office, ends_on=days_from_now(-1))
        for listed in (
            queries.postings_not_over,
            queries.accreditations_not_over,
            queries.accreditations_over,
        ):
            with django_assert_num_queries(1):
                assert len({one.person.email for one in listed(office)}) == count
