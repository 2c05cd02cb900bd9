"""Signing in by e-mail code: for the known and the new alike, and back to where one was."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from shonglap.accounts.models import Person
from shonglap.base.languages import BANGLA_DIGITS
from tests.factories import make_person
from tests.web.people.steps import BACK, PAGE, ask_for_code, code_sent, is_proven, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("known", [True, False])
def test_a_code_signs_in_and_leads_back(client: Client, known: bool) -> None:
    if known:
        make_person(email="rahima@example.com")
    address = ask_for_code(client, "Rahima@example.com")
    assert client.get(address).status_code == 200
    answer = client.post(address, {"code": code_sent(), "next": BACK})
    assert (answer.status_code, answer["Location"]) == (302, BACK)
    assert client.get("/en/me/").status_code == 200
    assert is_proven(Person.objects.get(email="rahima@example.com"))


def test_an_account_is_made_only_once_the_code_came_back(client: Client) -> None:
    address = ask_for_code(client, "rahima@example.com")
    assert not Person.objects.exists()
    client.post(address, {"code": code_sent()})
    person = Person.objects.get()
    assert (person.language, person.has_usable_password(), person.vouched) == ("en", False, False)


def test_a_code_may_be_typed_in_bangla_digits_and_without_the_dash(client: Client) -> None:
    address = ask_for_code(client, "rahima@example.com")
    typed = code_sent().replace("-", " ").translate(BANGLA_DIGITS)
    assert client.post(address, {"code": typed})["Location"] == BACK


def test_what_was_kept_in_the_session_survives_signing_in(client: Client) -> None:
    session = client.session
    session["draft"] = "কবে হবে?"
    session.save()
    address = ask_for_code(client, "rahima@example.com")
    client.post(address, {"code": code_sent()})
    assert client.session["draft"] == "কবে হবে?"


def test_known_and_unknown_addresses_get_the_same_answer_and_letter(client: Client) -> None:
    make_person(email="known@example.com")
    known, new = ask_for_code(client, "known@example.com"), ask_for_code(Client(), "new@example.com")
    assert known == new
    letters = [re.sub(r"\d{4}-\d{4}", "", str(letter.body)) for letter in mail.outbox]
    assert letters[0] == letters[1]
    assert mail.outbox[0].subject == mail.outbox[1].subject


def test_a_wrong_code_signs_nobody_in(client: Client) -> None:
    address = ask_for_code(client, "rahima@example.com")
    answer = client.post(address, {"code": "wrong", "next": BACK})
    assert answer.status_code == 400
    assert "govuk-error-summary" in words(answer)
    assert f'value="{BACK}"' in words(answer)
    assert client.get("/en/me/").status_code == 302
    assert client.post(address, {"code": code_sent()})["Location"] == BACK


def test_after_five_wrong_codes_one_starts_again(client: Client) -> None:
    address = ask_for_code(client, "rahima@example.com")
    for _ in range(5):
        answer = client.post(address, {"code": "00000000", "next": BACK}, follow=True)
    assert "too many times" in words(answer)
    assert answer.redirect_chain[-1][0].startswith(PAGE)
    answer = client.post(address, {"code": code_sent()})
    assert answer["Location"].startswith(PAGE)
    assert not Person.objects.exists()


def test_an_old_code_is_refused_with_the_reason(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = ask_for_code(client, "rahima@example.com")
    later = (timezone.now() + timedelta(minutes=16)).timestamp()
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)
    answer = client.post(address, {"code": code_sent()}, follow=True)
    assert "The code is too old" in words(answer)
    assert answer.redirect_chain[-1][0].startswith(PAGE)
    assert not Person.objects.exists()


def test_the_code_page_without_a_code_leads_to_the_beginning(client: Client) -> None:
    answer = client.get("/en/accounts/login/code/confirm/?next=/en/my/questions/")
    assert answer["Location"] == f"{PAGE}?next=%2Fen%2Fmy%2Fquestions%2F"


def test_a_new_code_replaces_the_old_one(client: Client) -> None:
    address = ask_for_code(client, "rahima@example.com")
    old = code_sent()
    assert client.post(address, {"action": "resend", "next": BACK})["Location"] == address
    assert len(mail.outbox) == 2
    assert client.post(address, {"code": old}).status_code == 400
    assert client.post(address, {"code": code_sent()})["Location"] == BACK


def test_codes_for_one_address_are_limited(client: Client) -> None:
    address = ask_for_code(client, "rahima@example.com")
    for _ in range(4):
        answer = client.post(address, {"action": "resend"}, follow=True)
    assert "Too many codes" in words(answer)
    assert len(mail.outbox) == 3
    answer = Client().post(PAGE, {"email": "rahima@example.com"})
    assert answer.status_code == 400
    assert "Too many codes" in words(answer)
    assert len(mail.outbox) == 3
    assert ask_for_code(Client(), "karim@example.com"), "a neighbour behind the same line is not stopped"


def test_a_bad_address_is_named_and_kept(client: Client) -> None:
    answer = client.post(PAGE, {"email": "rahima at home", "next": BACK})
    assert answer.status_code == 400
    assert "rahima at home" in words(answer)
    assert f'value="{BACK}"' in words(answer)
    assert not mail.outbox


def test_a_closed_account_stays_closed(client: Client) -> None:
    make_person(email="rahima@example.com", is_active=False)
    address = ask_for_code(client, "rahima@example.com")
    answer = client.post(address, {"code": code_sent()}, follow=True)
    assert "This account is closed" in words(answer)
    assert client.get("/en/me/").status_code == 302


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_next_never_leads_away(client: Client, evil: str) -> None:
    address = ask_for_code(client, "rahima@example.com", evil)
    assert client.post(address, {"code": code_sent(), "next": evil})["Location"] == "/en/"
    assert client.get(f"{PAGE}?next={evil}")["Location"] == "/en/"
    assert client.get(f"{PAGE}?next=/en/plan/")["Location"] == "/en/plan/"
    assert client.get(f"/en/accounts/login/code/confirm/?next={evil}")["Location"] == "/en/"


@pytest.mark.parametrize("address", ["/en/accounts/signup/", "/en/accounts/login/code/"])
def test_allauths_other_ways_in_lead_to_the_one_page(client: Client, address: str) -> None:
    assert client.get(f"{address}?next={BACK}")["Location"] == f"{PAGE}?next=%2Fen%2Fmy%2Fquestions%2F"


def test_a_signed_in_page_sends_to_the_sign_in_and_back(client: Client) -> None:
    assert client.get("/bn/me/?x=1")["Location"] == "/bn/accounts/sign-in/?next=%2Fbn%2Fme%2F%3Fx%3D1"
    assert client.post("/bn/me/")["Location"] == "/bn/accounts/sign-in/?next=%2Fbn%2Fme%2F"
    answer = client.get("/en/me/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (401, "sign_in")


def test_a_form_without_its_token_is_refused_in_our_words() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(PAGE, {"email": "rahima@example.com"})
    assert answer.status_code == 403
    assert "load the page again" in words(answer)
    answer = strict.post(PAGE, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (403, "form_too_old")
    assert not mail.outbox


def test_the_letter_is_in_the_language_of_the_page(client: Client) -> None:
    client.post("/bn/accounts/sign-in/", {"email": "rahima@example.com"})
    assert client.get("/bn/accounts/login/code/confirm/").status_code == 200
    address = "/bn/accounts/login/code/confirm/"
    client.post(address, {"code": code_sent()})
    assert Person.objects.get().language == "bn"


def test_a_flood_of_other_addresses_does_not_make_us_forget_how_often_one_was_asked(client: Client) -> None:
    """The counts outlive three hundred others, and every process has the same."""
    for _ in range(8):
        last = client.post(PAGE, {"email": "victim@example.com"})
    sent = len(mail.outbox)
    assert (last.status_code, sent < 8) == (400, True)
    for number in range(330):
        cache.set(f"other-{number}", number)
    client.post(PAGE, {"email": "victim@example.com"})
    assert len(mail.outbox) == sent


def test_an_address_longer_than_any_is_refused_in_words(client: Client) -> None:
    long = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 40}.example"
    answer = client.post(PAGE, {"email": long})
    assert answer.status_code == 400
    assert long in answer.content.decode()
    assert not mail.outbox
