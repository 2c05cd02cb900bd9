"""The front page, and the answers to addresses and requests that mean nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from shonglap.base import clock
from shonglap.dialogues.models import State
from tests.factories import make_dialogue

pytestmark = pytest.mark.django_db


def make_one_of_each() -> None:
    make_dialogue(state=State.LIVE, topic_en="On air at this moment")
    make_dialogue(
        state=State.ANNOUNCED, topic_en="To come next week", starts_at=clock.now() + timedelta(days=7)
    )
    make_dialogue(
        state=State.PUBLISHED, topic_en="Of last month", published_at=clock.now() - timedelta(days=30)
    )
    make_dialogue(state=State.DRAFT, topic_en="Not for everybody yet")


def test_live_coming_and_past_each_lead_on(client: Client) -> None:
    make_one_of_each()
    page = client.get("/en/")
    words = page.content.decode()
    assert "Not for everybody yet" not in words
    for topic, place in (("On air", "watch/"), ("To come", "/"), ("Of last month", "report/")):
        assert topic in words
        assert place in words
    assert "public" in page.headers["Cache-Control"]


def test_an_empty_house_says_what_it_is_for(client: Client) -> None:
    words = client.get("/en/").content.decode()
    assert "How a dialogue works" in words
    assert "No dialogue has been announced yet" in words
    assert "Live now" not in words


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        make_one_of_each()
    with django_assert_num_queries(3):
        client.get("/en/")


@pytest.mark.parametrize(("language", "words"), [("en", "There is no such page"), ("bn", "পাতা")])
def test_an_unknown_address_is_answered_in_our_frame(
    client: Client, settings: Settings, language: str, words: str
) -> None:
    settings.DEBUG = False
    missing = client.get(f"/{language}/no/such/place/")
    assert missing.status_code == 404
    assert words in missing.content.decode()
    assert client.get("/en/no/", headers={"accept": "application/json"}).json()["error"] == "not_found"


def test_a_fault_of_ours_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """And without a word of what broke."""

    def broken() -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("shonglap.web.home.views.live_dialogues", broken)
    answer = Client(raise_request_exception=False).get("/en/")
    assert answer.status_code == 500
    assert "on our side" in answer.content.decode()
    assert "the secret inside" not in answer.content.decode()
