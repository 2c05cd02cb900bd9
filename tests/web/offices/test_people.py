"""One office's people: who sees them, and giving and ending postings and accreditations by form."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from shonglap.accounts.models import Person
from shonglap.offices.models import Accreditation, Office, Posting
from tests.factories import (
    days_from_now,
    make_accreditation,
    make_admin,
    make_office,
    make_person,
    make_posting,
)
from tests.web.people.steps import give_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office(code="dc-rangpur", name_en="Office of Rangpur", parent=make_office(name_en="Above it"))


@pytest.fixture
def admin(client: Client) -> Person:
    person = make_admin()
    client.force_login(person)
    return person


@pytest.fixture
def head(client: Client, office: Office) -> Person:
    person = make_posting(office=office, is_head=True, person=make_person(email="head@hidden.example")).person
    client.force_login(person)
    return person


def page_of(office: Office, more: str = "", language: str = "en") -> str:
    return f"/{language}/offices/{office.code}/people/{more}"


def seen(client: Client, office: Office, language: str = "en") -> str:
    answer = client.get(page_of(office, language=language))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return str(answer.content.decode())


def posting_fields(**changes: Any) -> dict[str, Any]:
    fields = {
        "email": "rahima@example.com",
        "display_name": "রহিমা খাতুন",
        "position_bn": "সহকারী কমিশনার",
        "position_en": "Assistant Commissioner",
        "starts_on": days_from_now(0).isoformat(),
        "ends_on": "",
        **changes,
    }
    return {f"posting-{name}": value for name, value in fields.items() if value is not None}


def accreditation_fields(**changes: Any) -> dict[str, Any]:
    fields = {
        "email": "press@example.com",
        "display_name": "The Daily",
        "kind": "press",
        "starts_on": days_from_now(0).isoformat(),
        "ends_on": days_from_now(90).isoformat(),
        **changes,
    }
    return {f"accreditation-{name}": value for name, value in fields.items() if value is not None}


def comes_back(answer: Any, said: str, fields: dict[str, Any]) -> None:
    """With the summary at the top, the reason, and all that was typed."""
    page = answer.content.decode()
    assert answer.status_code == 400
    assert page.index("There is a problem") < page.index("<h1")
    assert page.count(said) == 2, "in the summary and beside the field"
    assert [value for value in fields.values() if value not in page] == []


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    ("language", "position", "said"), [("en", "Director", "Above it"), ("bn", "পরিচালক", "")]
)
def test_the_page_shows_who_is_there_and_who_will_be(
    client: Client, office: Office, language: str, position: str, said: str
) -> None:
    words = {"position_en": "Director", "position_bn": "পরিচালক"}
    make_posting(office=office, is_head=True, person=make_person(display_name="Present"), **words)
    make_posting(office=office, starts_on=days_from_now(5), person=make_person(display_name="Coming"))
    make_posting(office=office, ends_on=days_from_now(-1), person=make_person(display_name="Gone"))
    make_posting(person=make_person(display_name="Elsewhere"))
    make_accreditation(make_person(display_name="Voice now"), given_by=office)
    make_accreditation(make_person(display_name="Voice before"), given_by=office, ends_on=days_from_now(-1))
    make_accreditation(make_person(display_name="Voice of others"))
    page = seen(client, office, language)
    for shown in ("Present", "Coming", "Voice now", "Voice before", position, said):
        assert shown in page
    for hidden in ("Gone", "Elsewhere", "Voice of others"):
        assert hidden not in page
    assert page.index("Present") < page.index("Coming") < page.index("Voice now") < page.index("Voice before")


@pytest.mark.usefixtures("admin")
def test_past_accreditations_have_pages(client: Client, office: Office) -> None:
    for number in range(21):
        make_accreditation(make_person(), given_by=office, ends_on=days_from_now(-1 - number % 9))
    assert len(client.get(page_of(office)).context["page"]) == 20
    assert len(client.get(page_of(office), {"page": "2"}).context["page"]) == 1


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize("number", [1, 3])
def test_more_people_need_no_more_queries(
    client: Client, office: Office, django_assert_num_queries: Any, number: int
) -> None:
    for _number in range(number):
        make_posting(office=office)
        make_accreditation(make_person(), given_by=office)
        make_accreditation(make_person(), given_by=office, ends_on=days_from_now(-1))
    with django_assert_num_queries(9):
        client.get(page_of(office))


def test_the_page_is_for_administrators_and_its_head(client: Client, office: Office) -> None:
    posting, given = make_posting(office=office), make_accreditation(make_person(), given_by=office)
    addresses = ("", "postings/", "accreditations/", f"postings/{posting.public_id}/end/",
                 f"accreditations/{given.pk}/end/")  # fmt: skip
    for address in addresses:
        assert client.post(page_of(office, address)).status_code in (302, 405), address
    strangers = (make_person(), posting.person, given.person, make_posting(is_head=True).person)
    for person in strangers:
        client.force_login(person)
        assert client.get(page_of(office)).status_code == 404
        for address in addresses[1:]:
            assert client.post(page_of(office, address)).status_code == 404, address
    assert Posting.objects.filter(office=office, ends_on=None).count() == 1
    client.force_login(make_admin())
    assert client.get("/en/offices/no-such-office/people/").status_code == 404


@pytest.mark.usefixtures("head")
def test_heads_see_the_addresses_of_those_they_accredit_alone(client: Client, office: Office) -> None:
    make_posting(office=office, person=make_person(email="officer@hidden.example"))
    make_accreditation(make_person(email="now@shown.example"), given_by=office)
    make_accreditation(make_person(email="past@shown.example"), given_by=office, ends_on=days_from_now(-1))
    page = seen(client, office)
    assert "now@shown.example" in page
    assert "past@shown.example" in page
    assert "officer@hidden.example" not in page
    assert page.count("@hidden.example") == 0


@pytest.mark.usefixtures("head")
def test_heads_give_and_end_no_postings(client: Client, office: Office) -> None:
    posting = make_posting(office=office)
    page = seen(client, office)
    assert "/postings/" not in page
    assert "/accreditations/" in page
    assert client.post(page_of(office, "postings/"), posting_fields()).status_code == 403
    assert client.get(page_of(office, f"postings/{posting.public_id}/end/")).status_code == 404
    assert not Person.objects.filter(email="rahima@example.com").exists()


@pytest.mark.usefixtures("admin")
def test_a_posting_is_given_to_somebody_new(client: Client, office: Office) -> None:
    fields = posting_fields(email="Rahima@example.com", is_head="on")
    answer = client.post(page_of(office, "postings/"), fields)
    assert answer["Location"] == page_of(office, "#postings")
    posting = Posting.objects.get(office=office)
    assert (posting.is_head, posting.position_en, posting.ends_on) == (True, "Assistant Commissioner", None)
    page = seen(client, office)
    for shown in ("The posting is given.", "রহিমা খাতুন", "rahima@example.com"):
        assert shown in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": ""}, "Give the e-mail address."),
        ({"email": "not an address"}, "Enter an e-mail address like"),
        ({"email": f"{'x' * 250}@example.com"}, "at most 254 characters"),
        ({"display_name": ""}, "Nobody has an account with this address yet."),
        ({"display_name": "n" * 81}, "This is too long"),
        ({"position_bn": ""}, "Give the position in Bangla."),
        ({"position_en": "p" * 121}, "This is too long"),
        ({"position_en": "p" * 500}, "at most 480 characters"),
        ({"position_en": "\u200b"}, "Fill this in."),
        ({"starts_on": ""}, "Give the day."),
        ({"starts_on": "tomorrow"}, "Give the day as year-month-day"),
        ({"ends_on": "2017-02-31"}, "Give the day as year-month-day"),
        ({"ends_on": days_from_now(-1).isoformat()}, "The last day is before the first."),
        ({"is_head": "on"}, "This office already has a head on these days."),
    ],
)
@pytest.mark.usefixtures("admin")
def test_a_bad_posting_comes_back_as_typed(
    client: Client, office: Office, changes: dict[str, Any], said: str
) -> None:
    make_posting(office=office, is_head=True)
    fields = posting_fields(**changes)
    comes_back(client.post(page_of(office, "postings/"), fields), said, fields)
    assert Posting.objects.count() == 1
    assert not Person.objects.filter(display_name="রহিমা খাতুন").exists()


@pytest.mark.usefixtures("admin")
def test_a_posting_gets_its_last_day(client: Client, office: Office) -> None:
    posting = make_posting(office=office, position_en="Director")
    address = page_of(office, f"postings/{posting.public_id}/end/")
    assert address in seen(client, office)
    assert "Director" in client.get(address).content.decode()
    before = {"ends_on": days_from_now(-101).isoformat()}
    comes_back(client.post(address, before), "The last day is before the first.", before)
    comes_back(client.post(address, {"ends_on": "soon"}), "Give the day as year-month-day", {"": "soon"})
    assert client.post(address, {"ends_on": days_from_now(-1).isoformat()})["Location"].endswith("#postings")
    posting.refresh_from_db()
    assert posting.ends_on == days_from_now(-1)
    assert client.get(address).status_code == 404, "what is over is over"


@pytest.mark.usefixtures("head")
def test_a_head_accredits_somebody_new_and_ends_it(client: Client, office: Office) -> None:
    answer = client.post(page_of(office, "accreditations/"), accreditation_fields())
    assert answer["Location"] == page_of(office, "#accreditations")
    given = Accreditation.objects.get()
    assert (given.person.email, given.kind, given.given_by) == ("press@example.com", "press", office)
    address = page_of(office, f"accreditations/{given.pk}/end/")
    assert address in seen(client, office)
    assert "The Daily" in client.get(address).content.decode()
    later = {"ends_on": days_from_now(91).isoformat()}
    comes_back(client.post(address, later), "It ends before that day anyway.", later)
    assert client.post(address, {"ends_on": days_from_now(0).isoformat()}).status_code == 302
    given.refresh_from_db()
    assert given.ends_on == days_from_now(0)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "not an address"}, "Enter an e-mail address like"),
        ({"display_name": ""}, "Nobody has an account with this address yet."),
        ({"kind": "poet"}, "Select a valid choice."),
        ({"ends_on": ""}, "Give the day."),
        ({"ends_on": days_from_now(-1).isoformat()}, "The last day is before the first."),
        ({"email": "held@example.com"}, "This office vouches for this person on these days already."),
        ({"email": "gone@example.com"}, "The account with this address is closed."),
    ],
)
@pytest.mark.usefixtures("head")
def test_a_bad_accreditation_comes_back_as_typed(
    client: Client, office: Office, changes: dict[str, Any], said: str
) -> None:
    make_accreditation(make_person(email="held@example.com"), given_by=office, kind="press")
    make_person(email="gone@example.com", is_active=False)
    fields = accreditation_fields(**changes)
    sent = client.post(page_of(office, "accreditations/"), fields)
    fields.pop("accreditation-kind")
    comes_back(sent, said, fields)
    assert Accreditation.objects.count() == 1
    assert not Person.objects.filter(display_name="The Daily").exists()


def test_no_two_things_on_the_page_share_a_name(client: Client, office: Office, admin: Person) -> None:
    import re

    make_posting(office=office)
    names = re.findall(r'\sid="([^"]+)"', seen(client, office))
    assert sorted(names) == sorted(set(names))


def test_in_production_the_page_waits_for_a_second_factor(
    client: Client, office: Office, admin: Person, settings: Settings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get(page_of(office))["Location"] == "/en/me/"
    assert client.post(page_of(office, "postings/"), posting_fields()).status_code == 403
    assert not Posting.objects.exists()
    give_app(admin)
    assert "they are asked to set up a second factor" in seen(client, office)
