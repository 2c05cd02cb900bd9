"""The tree, the postings in it, the superior through it, and voices accredited from outside."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from shonglap.base import clock
from shonglap.base.errors import NotAllowed, NotFound, Refused
from shonglap.offices import actions, queries, rules
from shonglap.offices.models import Posting
from shonglap.offices.public import office_face
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


def test_an_office_is_found_by_its_code() -> None:
    office = make_office(code="dc-rangpur")
    assert queries.office_by_code("dc-rangpur") == office
    with pytest.raises(NotFound):
        queries.office_by_code("dc-nowhere")


def test_the_tree_stands_depth_first_without_the_closed(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    top = make_office(code="top", name_en="A")
    with django_assert_num_queries(1):
        assert [office.code for office in queries.offices_tree()] == ["top"]
    below = make_office(code="below", parent=top, name_en="B")
    make_office(code="lowest", parent=below, name_en="C")
    make_office(code="closed", parent=top, name_en="D", active=False)
    with django_assert_num_queries(1):
        tree = [(office.code, office.tree_depth) for office in queries.offices_tree()]
    assert tree == [("top", 0), ("below", 1), ("lowest", 2)]


def test_postings_hold_from_their_first_to_their_last_day() -> None:
    person = make_person()
    for starts, ends in ((-10, None), (-10, 0), (0, None)):
        last = None if ends is None else days_from_now(ends)
        make_posting(person=person, starts_on=days_from_now(starts), ends_on=last)
    make_posting(person=person, starts_on=days_from_now(-10), ends_on=days_from_now(-1))
    make_posting(person=person, starts_on=days_from_now(1))
    assert queries.postings_now(person).count() == 3
    assert not queries.postings_now(AnonymousUser()).exists()
    with clock.shifted(timedelta(days=-30)):
        assert not queries.postings_now(person).exists()


def test_postings_come_with_their_offices(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person, office = make_person(), make_office()
    make_posting(person=person, office=office)
    for count in (1, 3):
        with django_assert_num_queries(1):
            assert len([posting.office.name_en for posting in queries.postings_now(person)]) == count
        with django_assert_num_queries(1):
            assert len([posting.person.email for posting in queries.postings_in(office)]) == count
        make_posting(person=person, office=office)
        make_posting(person=person, office=office)


def test_the_superior_of_an_officer_is_the_head_of_the_office() -> None:
    office = make_office()
    head = make_posting(office=office, is_head=True)
    assert queries.superior_of(make_posting(office=office)) == head
    assert queries.head_of(office) == head


def test_the_superior_of_a_head_is_the_nearest_head_above() -> None:
    ministry = make_office()
    division = make_office(parent=ministry)
    district = make_office(parent=division)
    minister = make_posting(office=ministry, is_head=True)
    commissioner = make_posting(office=district, is_head=True)
    assert queries.superior_of(commissioner) == minister
    make_posting(office=division)  # there, but not the head
    former = make_posting(office=division, is_head=True, ends_on=days_from_now(-1))
    assert queries.superior_of(commissioner) == minister
    present = make_posting(office=division, is_head=True)
    assert queries.superior_of(commissioner) == present
    assert queries.superior_of(former) == minister


def test_at_the_top_there_is_no_superior() -> None:
    assert queries.superior_of(make_posting(is_head=True)) is None
    lonely = make_posting()
    assert queries.superior_of(lonely) is None
    assert queries.head_of(lonely.office) is None


def test_an_accreditation_holds_for_its_days() -> None:
    person = make_person()
    assert queries.accreditation_now(person) == ""
    assert queries.accreditation_now(AnonymousUser()) == ""
    make_accreditation(person, starts_on=days_from_now(-5), ends_on=days_from_now(-1))
    make_accreditation(person, starts_on=days_from_now(1), ends_on=days_from_now(5))
    assert queries.accreditation_now(person) == ""
    make_accreditation(person)
    assert queries.accreditation_now(person) == "citizen_journalist"
    make_accreditation(person, kind="press", ends_on=clock.today())
    assert queries.accreditation_now(person) == "press"


def test_can_change_offices_says_no_to_officers_and_citizens() -> None:
    assert rules.can_change_offices(make_person()) is False
    assert rules.can_change_offices(make_posting(is_head=True).person) is False
    assert rules.can_change_offices(AnonymousUser()) is False
    assert rules.can_change_offices(make_admin()) is True


def test_can_accredit_says_no_to_all_but_the_head_of_the_office() -> None:
    office = make_office()
    assert rules.can_accredit(make_posting(office=office).person, office) is False
    assert rules.can_accredit(make_posting(is_head=True).person, office) is False
    assert rules.can_accredit(AnonymousUser(), office) is False
    assert rules.can_accredit(make_posting(office=office, is_head=True).person, office) is True
    assert rules.can_accredit(make_admin(), office) is True


def test_a_posting_is_given_and_ended() -> None:
    admin, person, office = make_admin(), make_person(), make_office(code="dss")
    posting = actions.give_posting(person, by=admin, office=office, is_head=True, **POSITION)
    assert posting.starts_on == clock.today()
    assert queries.head_of(office) == posting
    actions.end_posting(posting, by=admin, ends_on=days_from_now(1))
    assert queries.postings_now(person).exists(), "the last day still counts"
    with clock.shifted(timedelta(days=2)):
        assert not queries.postings_now(person).exists()
    assert [entry.act for entry in Entry.objects.all()] == ["offices.give_posting", "offices.end_posting"]
    assert {entry.actor for entry in Entry.objects.all()} == {admin.public_id}


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"position_bn": " "}, "missing", "position_bn"),
        ({"position_en": ""}, "missing", "position_en"),
        ({"position_en": "x" * 121}, "too_long", "position_en"),
        ({"ends_on": days_from_now(-1)}, "ends_before_it_starts", "ends_on"),
        ({"is_head": True}, "has_a_head", "is_head"),
    ],
)
def test_a_bad_posting_is_refused(facts: dict[str, Any], code: str, field: str) -> None:
    office = make_office()
    make_posting(office=office, is_head=True)
    with pytest.raises(Refused) as refusal:
        actions.give_posting(make_person(), by=make_admin(), office=office, **(POSITION | facts))
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert Posting.objects.count() == 1


def test_only_administrators_give_and_end_postings() -> None:
    posting = make_posting(is_head=True)
    with pytest.raises(NotAllowed):
        actions.give_posting(make_person(), by=posting.person, office=posting.office, **POSITION)
    with pytest.raises(NotAllowed):
        actions.end_posting(posting, by=posting.person)
    with pytest.raises(Refused, match="ends_before_it_starts"):
        actions.end_posting(posting, by=make_admin(), ends_on=posting.starts_on - timedelta(days=1))
    actions.end_posting(posting, by=make_admin())
    assert posting.ends_on == clock.today()


def test_the_database_too_allows_one_present_head() -> None:
    head = make_posting(is_head=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_posting(office=head.office, is_head=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_posting(ends_on=days_from_now(-200))


def test_a_head_vouches_for_a_voice_from_outside() -> None:
    head, person = make_posting(is_head=True), make_person()
    days = {"starts_on": clock.today(), "ends_on": days_from_now(30)}
    actions.accredit(person, by=head.person, office=head.office, kind="press", **days)
    assert queries.accreditation_now(person) == "press"
    with pytest.raises(NotAllowed):
        actions.accredit(person, by=person, office=head.office, kind="press", **days)
    with pytest.raises(Refused, match="unknown_kind"):
        actions.accredit(person, by=head.person, office=head.office, kind="poet", **days)
    turned = {"starts_on": days["ends_on"], "ends_on": days["starts_on"]}
    with pytest.raises(Refused, match="ends_before_it_starts"):
        actions.accredit(person, by=head.person, office=head.office, kind="press", **turned)


def test_office_face_tells_nothing_of_the_people() -> None:
    posting = make_posting(is_head=True, person=make_person(phone="+8801712345678"))
    face = office_face(posting.office)
    assert set(face) == {"id", "name", "place"}
    assert posting.person.email not in str(face)
    assert posting.person.display_name not in str(face)
