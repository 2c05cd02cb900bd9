"""Passwords, second factors and passkeys: allauth's pages in our dress, closed to roles without a factor."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from shonglap.accounts.actions import create_person
from shonglap.accounts.models import Person
from shonglap.base.languages import BANGLA_DIGITS
from tests.factories import make_admin, make_dialogue, make_host, make_moderator, make_person, make_posting
from tests.web.people.steps import (
    LOGIN,
    PASSWORD,
    ask_for_code,
    code_now,
    code_sent,
    give_app,
    is_proven,
    prove,
    sign_in_with_password,
    wears_our_dress,
    words,
)

pytestmark = pytest.mark.django_db


def test_somebody_vouched_for_signs_in_by_password_alone(client: Client) -> None:
    person = create_person("officer@example.com", password=PASSWORD)
    answer = sign_in_with_password(client, person, next="/en/plan/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/plan/")
    assert is_proven(person)


def test_without_next_one_comes_to_the_first_page_in_ones_own_language(client: Client) -> None:
    person = create_person("officer@example.com", password=PASSWORD, language="bn")
    assert sign_in_with_password(client, person)["Location"] == "/bn/"


def test_others_prove_their_address_first(client: Client) -> None:
    person = make_person(password=PASSWORD)
    answer = sign_in_with_password(client, person)
    assert answer["Location"] == "/en/accounts/confirm-email/"
    assert "Enter the code" in words(client.get(answer["Location"]))
    client.post(answer["Location"], {"code": code_sent()})
    assert client.get("/en/me/").status_code == 200


def test_a_wrong_password_signs_nobody_in_and_tells_nothing(client: Client) -> None:
    person = create_person("officer@example.com", password=PASSWORD)
    answers = [
        words(client.post(LOGIN, {"login": email, "password": "not-the-password"}))
        for email in (person.email, "nobody@example.com")
    ]
    assert all("govuk-error-summary" in answer for answer in answers)
    assert client.get("/en/me/").status_code == 302


def test_the_second_factor_is_asked_for_after_password_and_after_code(client: Client) -> None:
    person = create_person("officer@example.com", password=PASSWORD)
    secret = give_app(person)
    assert sign_in_with_password(client, person)["Location"] == "/en/accounts/2fa/authenticate/"
    assert client.get("/en/me/").status_code == 302
    page = client.get("/en/accounts/2fa/authenticate/")
    assert "Second factor" in words(page)
    assert "govuk-error-summary" in words(client.post("/en/accounts/2fa/authenticate/", {"code": "000000"}))
    other = Client()
    answer = other.post(ask_for_code(other, person.email), {"code": code_sent()})
    assert answer["Location"] == "/en/accounts/2fa/authenticate/"
    in_bangla = code_now(secret).translate(BANGLA_DIGITS)
    other.post("/en/accounts/2fa/authenticate/", {"code": in_bangla})
    assert other.get("/en/me/").status_code == 200


def roles() -> dict[str, Person]:
    dialogue = make_dialogue()
    return {
        "administrator": make_admin(),
        "officer": make_posting().person,
        "host": make_host(dialogue),
        "moderator": make_moderator(dialogue),
    }


@pytest.mark.parametrize("role", ["administrator", "officer", "host", "moderator"])
def test_in_production_a_role_needs_a_second_factor(client: Client, settings: Settings, role: str) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    person = roles()[role]
    client.force_login(person)
    assert client.get("/en/plan/")["Location"] == "/en/me/"
    assert "Your role needs a second factor" in words(client.get("/en/me/"))
    assert client.post("/en/plan/new/").status_code == 403
    answer = client.get("/en/plan/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (403, "second_factor_needed")
    assert client.get("/en/accounts/2fa/").status_code == 200
    assert client.get("/en/").status_code == 200
    give_app(person)
    assert client.get("/en/plan/").status_code == 200
    assert "Your role needs" not in words(client.get("/en/me/"))


def test_citizens_need_no_second_factor(client: Client, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(make_person())
    assert "Your role needs" not in words(client.get("/en/me/"))
    assert client.get("/en/my/questions/").status_code == 200
    assert client.get("/en/plan/").status_code != 302


def test_on_a_laptop_a_password_is_enough(client: Client) -> None:
    client.force_login(make_admin())
    assert client.get("/en/plan/").status_code == 200


def test_an_app_is_set_up_and_removed(client: Client) -> None:
    person = create_person("officer@example.com", password=PASSWORD)
    sign_in_with_password(client, person)
    address = "/en/accounts/2fa/totp/activate/"
    again = client.get(address, follow=True)
    assert "Show that it is you" in words(again)
    page = client.post(again.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    assert "Set up an authenticator app" in words(page)
    secret = page.context["form"].secret
    assert "govuk-error-summary" in words(client.post(address, {"code": "000000"}))
    client.post(address, {"code": code_now(secret)})
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    assert "recovery" in words(client.get("/en/accounts/2fa/")).lower()
    assert client.get("/en/accounts/2fa/recovery-codes/").status_code == 200
    client.post("/en/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize("language", ["bn", "en"])
@pytest.mark.parametrize("page", ["login/", "logout/", "inactive/", "password/reset/"])
def test_pages_before_signing_in_wear_our_dress(client: Client, language: str, page: str) -> None:
    if page == "logout/":
        client.force_login(make_person())
    wears_our_dress(client.get(f"/{language}/accounts/{page}"))


@pytest.mark.parametrize(
    "page",
    [
        "email/",
        "2fa/",
        "password/set/",
        "2fa/totp/activate/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
    ],
)
def test_pages_after_signing_in_wear_our_dress(client: Client, page: str) -> None:
    person = make_person()
    prove(person)
    client.force_login(person)
    wears_our_dress(client.get(f"/en/accounts/{page}"))


@pytest.mark.parametrize(
    "page",
    ["password/change/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/"],
)
def test_pages_behind_another_proof_wear_our_dress(client: Client, page: str) -> None:
    person = create_person("officer@example.com", password=PASSWORD)
    secret = give_app(person)
    sign_in_with_password(client, person)
    client.post("/en/accounts/2fa/authenticate/", {"code": code_now(secret)})
    wears_our_dress(client.get("/en/accounts/2fa/reauthenticate/"))
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/en/accounts/2fa/recovery-codes/generate/")
    wears_our_dress(client.get(f"/en/accounts/{page}"))


def test_a_forgotten_password_is_set_anew_by_a_code(client: Client) -> None:
    person = create_person("officer@example.com", password="something-else-2017")
    answer = client.post("/en/accounts/password/reset/", {"email": person.email}, follow=True)
    assert "Enter the code" in words(answer)
    page = client.post("/en/accounts/password/reset/confirm/", {"code": code_sent()}, follow=True)
    assert "Choose a new password" in words(page)
    new = {"password1": PASSWORD, "password2": PASSWORD}
    page = client.post("/en/accounts/password/reset/complete/", new, follow=True)
    assert "The password is changed" in words(page)
    assert sign_in_with_password(client, person).status_code == 302


def test_a_reset_for_nobody_looks_the_same_and_sends_nothing(client: Client) -> None:
    from django.core import mail

    answer = client.post("/en/accounts/password/reset/", {"email": "nobody@example.com"}, follow=True)
    assert "Enter the code" in words(answer)
    assert not mail.outbox


def test_too_many_tries_get_a_page_of_ours(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    for _ in range(2):
        page = client.post(LOGIN, {"login": "a@example.com", "password": "x"})
    assert page.status_code == 429
    assert "Too many tries" in words(page)


def test_behind_our_own_proxy_each_visitor_has_an_allowance(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    for last in (1, 2):
        forwarded = {"x-forwarded-for": f"203.0.113.{last}"}
        assert client.post(LOGIN, {"login": "a@example.com"}, headers=forwarded).status_code == 200
