"""From an empty house to the first administrator's first posting, as the README tells it."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from pytest_django import Settings

from shonglap.accounts.models import Person
from tests.web.people.steps import PASSWORD, sign_in_with_password, words

pytestmark = pytest.mark.django_db

EMAIL = "first@example.com"


@pytest.fixture
def first(monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, email=EMAIL.title(), verbosity=0)
    return Person.objects.get(email=EMAIL)


def test_an_empty_house_comes_to_its_first_posting(client: Client, first: Person) -> None:
    call_command("load_offices")
    assert sign_in_with_password(client, first)["Location"] == "/bn/"
    links = [link["href"] for link in client.get("/me.json?language=en").json()["links"]]
    assert "/en/offices/" in links
    assert "dc-rangpur" in words(client.get("/en/offices/", {"words": "রংপুর"}))
    own: dict[str, Any] = {
        "posting-email": EMAIL, "posting-position_bn": "জেলা প্রশাসক", "posting-is_head": "on",
        "posting-position_en": "Deputy Commissioner", "posting-starts_on": "2026-01-01",
    }  # fmt: skip
    assert client.post("/en/offices/dc-rangpur/people/postings/", own).status_code == 302
    assert "(dc-rangpur)" in words(client.get("/en/plan/new/"))


def test_there_is_one_account_an_address(first: Person) -> None:
    with pytest.raises(CommandError):
        call_command("createsuperuser", interactive=False, email=first.email, verbosity=0)


def test_in_production_signing_in_leads_to_the_second_factor(
    client: Client, first: Person, settings: Settings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    for way_back in ({}, {"next": "/en/"}):
        answer = sign_in_with_password(client, first, **way_back)
        assert answer["Location"] == "/en/me/"
        page = words(client.get("/en/me/"))
        assert "Your role needs a second factor" in page
        assert page.index("/en/accounts/2fa/") < page.index("<form")
        client.logout()
    assert sign_in_with_password(client, first, next="/en/dialogues/")["Location"] == "/en/dialogues/"
