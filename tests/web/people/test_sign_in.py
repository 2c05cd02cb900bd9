"""Signing in by e-mail code: for the known and the new alike, and back to where one was."""

import re

import pytest
from django.core import mail
from django.test import Client

from shonglap.accounts.models import Person
from tests.factories import make_person

pytestmark = pytest.mark.django_db

PAGE = "/en/accounts/sign-in/"


def ask_for_code(client: Client, email: str, way_back: str = "/en/my/questions/") -> str:
    answer = client.post(PAGE, {"email": email, "next": way_back})
    assert answer.status_code == 302
    address: str = answer["Location"]
    assert "next=" in address
    return address


def code_sent() -> str:
    found = re.search(r"^\s*([A-Z0-9][A-Z0-9-]{4,})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


@pytest.mark.parametrize("known", [True, False])
def test_a_code_signs_in_and_leads_back(client: Client, known: bool) -> None:
    if known:
        make_person(email="rahima@example.com")
    address = ask_for_code(client, "Rahima@example.com")
    page = client.get(address)
    assert page.status_code == 200
    answer = client.post(address, {"code": code_sent(), "next": "/en/my/questions/"})
    assert (answer.status_code, answer["Location"]) == (302, "/en/my/questions/")
    assert client.get("/en/me/").status_code == 200
    assert Person.objects.get(email="rahima@example.com").emailaddress_set.get().verified


def test_a_wrong_code_signs_nobody_in(client: Client) -> None:
    address = ask_for_code(client, "rahima@example.com")
    answer = client.post(address, {"code": "WRONG-CODE"})
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()
    assert client.get("/en/me/").status_code == 302


def test_known_and_unknown_addresses_get_the_same_answer(client: Client) -> None:
    make_person(email="known@example.com")
    assert ask_for_code(client, "known@example.com") == ask_for_code(Client(), "new@example.com")


def test_a_bad_address_is_named_and_kept(client: Client) -> None:
    answer = client.post(PAGE, {"email": "rahima at home"})
    assert answer.status_code == 400
    assert "rahima at home" in answer.content.decode()
    assert not Person.objects.exists()


def test_next_never_leads_away(client: Client) -> None:
    client.force_login(make_person())
    assert client.get(f"{PAGE}?next=https://evil.example/")["Location"] == "/en/"
    assert client.get(f"{PAGE}?next=/en/plan/")["Location"] == "/en/plan/"


def test_one_changes_name_and_language(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    answer = client.post("/en/me/", {"display_name": "রহিমা", "language": "en"})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.display_name, person.language) == ("রহিমা", "en")
    wrong = client.post("/en/me/", {"display_name": "রহিমা", "language": "fr"})
    assert wrong.status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/en/accounts/login/", "/bn/accounts/login/", "/en/accounts/signup/", "/en/accounts/login/code/"],
)
def test_allauths_pages_wear_our_dress(client: Client, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200
    assert "govuk-template" in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/en/accounts/email/", "/en/accounts/2fa/", "/en/accounts/password/set/"]
)
def test_signed_in_pages_wear_our_dress(client: Client, address: str) -> None:
    client.force_login(make_person())
    page = client.get(address, follow=True)
    assert "govuk-template" in found.content.decode()
