"""One's own page."""

import pytest
from django.core import mail
from django.test import Client

from tests.factories import make_person
from tests.web.people.steps import code_sent, prove, words

pytestmark = pytest.mark.django_db

GOOD = {"display_name": "রহিমা", "language": "en", "phone": "০১৭১২ ৩৪৫৬৭৮"}


def test_one_changes_name_language_and_phone(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    assert client.post("/en/me/", GOOD).status_code == 302
    person.refresh_from_db()
    assert (person.display_name, person.language, person.phone) == ("রহিমা", "en", "+8801712345678")


@pytest.mark.parametrize(
    ("field", "value"), [("language", "fr"), ("phone", "five"), ("display_name", "ক" * 81)]
)
def test_a_fault_is_named_and_nothing_typed_is_lost(client: Client, field: str, value: str) -> None:
    person = make_person(display_name="Before")
    client.force_login(person)
    answer = client.post("/en/me/", {**GOOD, field: value})
    assert answer.status_code == 400
    assert "govuk-error-summary" in words(answer)
    assert "রহিমা" in words(answer) or field == "display_name"
    person.refresh_from_db()
    assert (person.display_name, person.phone) == ("Before", "")


def test_another_address_counts_once_its_code_came_back(client: Client) -> None:
    person = make_person(email="old@example.com")
    prove(person)
    client.force_login(person)
    answer = client.post("/en/accounts/email/", {"email": "new@example.com", "action_add": ""}, follow=True)
    assert "Enter the code" in words(answer)
    assert "new@example.com" in words(answer)
    assert mail.outbox[-1].to == ["new@example.com"]
    person.refresh_from_db()
    assert person.email == "old@example.com"
    client.post("/en/accounts/confirm-email/", {"code": code_sent()})
    person.refresh_from_db()
    assert person.email == "new@example.com"
    assert "verified" in words(client.get("/en/me/"))


def test_the_frame_of_a_page_knows_me_and_sets_no_cookie(client: Client) -> None:
    """Asked beside every page: a late answer must not bring back the form token of before a sign-in."""
    nobody = client.get("/me.json?language=en")
    assert (nobody.json()["signed_in"], nobody.json()["links"], len(nobody.cookies)) == (False, [], 0)
    client.force_login(make_person(display_name="Rahima"))
    client.get("/en/me/")  # a page with a form: there is a token now
    me = client.get("/me.json?language=en")
    assert (me.json()["name"], "Sign out" in str(me.json()["links"])) == ("Rahima", True)
    assert len(me.cookies) == 0
