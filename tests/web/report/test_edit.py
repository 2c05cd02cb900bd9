"""The host prepares the report: summary, what is left, publishing."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from shonglap.base import clock
from shonglap.dialogues.models import Dialogue, State
from shonglap.questions.models import Answer
from tests.factories import make_contribution, make_dialogue, make_host, make_moderator, make_person

pytestmark = pytest.mark.django_db


def hosted(client: Client, **fields: Any) -> Dialogue:
    dialogue = make_dialogue(**{"state": State.ENDED, **fields})
    client.force_login(make_host(dialogue))
    return dialogue


def post(client: Client, dialogue: Dialogue, step: str, **data: str) -> Any:
    return client.post(f"/en/dialogues/{dialogue.slug}/report/{step}/", data)


def next_month() -> str:
    return (clock.today() + timedelta(days=30)).isoformat()


def test_the_summary_is_written_and_read_in_both_languages(client: Client) -> None:
    dialogue = hosted(client)
    words = {"summary_bn": "সংক্ষেপ", "summary_en": "In short.\n\nAnd more."}
    assert post(client, dialogue, "edit", **words).headers["Location"].endswith("/report/edit/")
    dialogue.refresh_from_db()
    assert dialogue.summary_en == "In short.\n\nAnd more."
    preview = post(client, dialogue, "edit", **words, then="preview").headers["Location"]
    assert "<p>In short.</p>" in client.get(preview).content.decode()
    assert "সংক্ষেপ" in client.get(preview.replace("/en/", "/bn/")).content.decode()


def test_a_summary_that_is_too_long_comes_back_as_typed(client: Client) -> None:
    dialogue = hosted(client)
    answer = post(client, dialogue, "edit", summary_bn="সংক্ষেপ", summary_en="x" * 5001)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "This is too long" in page
    assert "সংক্ষেপ" in page
    assert "x" * 5001 in page


def test_what_is_left_is_named_and_stops_publishing(client: Client) -> None:
    dialogue = hosted(client)
    make_contribution(dialogue, text="Still without an outcome?")
    page = client.get(f"/en/dialogues/{dialogue.slug}/report/edit/").content.decode()
    assert "Still without an outcome?" in page
    answer = post(client, dialogue, "publish")
    assert answer.status_code == 409
    assert "no outcome yet" in answer.content.decode()
    assert "Still without an outcome?" in answer.content.decode()
    dialogue.refresh_from_db()
    assert dialogue.state == State.ENDED


def test_the_rest_is_promised_and_then_published(client: Client) -> None:
    dialogue = hosted(client)
    contribution = make_contribution(dialogue)
    assert post(client, dialogue, "promise", due_on=next_month()).status_code == 302
    contribution.refresh_from_db()
    assert contribution.status == "promised"
    assert Answer.objects.get().due_on == clock.today() + timedelta(days=30)
    answer = post(client, dialogue, "publish")
    assert answer.headers["Location"] == f"/en/dialogues/{dialogue.slug}/report/"
    dialogue.refresh_from_db()
    assert dialogue.state == State.PUBLISHED
    client.logout()
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        ("", "Fill this in."),
        ("soon", "Give the day as"),
        ("2017-04-16", "Choose a day that is still to come."),
    ],
)
def test_a_bad_day_comes_back_as_typed(client: Client, due_on: str, said: str) -> None:
    dialogue = hosted(client)
    make_contribution(dialogue)
    answer = post(client, dialogue, "promise", due_on=due_on)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert f'value="{due_on}"' in answer.content.decode() or not due_on


def test_what_waits_must_be_decided_before_promising(client: Client) -> None:
    dialogue = hosted(client)
    make_contribution(dialogue, status="waiting")
    answer = post(client, dialogue, "promise", due_on=next_month())
    assert answer.status_code == 409
    assert "still waits for a decision" in answer.content.decode()
    assert next_month() in answer.content.decode()


def test_a_published_report_keeps_its_summary_open_and_nothing_else(client: Client) -> None:
    dialogue = hosted(client, state=State.PUBLISHED)
    page = client.get(f"/en/dialogues/{dialogue.slug}/report/edit/").content.decode()
    assert "/publish/" not in page
    assert post(client, dialogue, "edit", summary_bn="", summary_en="Corrected.").status_code == 302
    assert post(client, dialogue, "publish").status_code == 409
    assert post(client, dialogue, "promise", due_on=next_month()).status_code == 409


@pytest.mark.parametrize("state", [State.DRAFT, State.LIVE, State.CANCELLED])
def test_the_wrong_state_is_said(client: Client, state: State) -> None:
    dialogue = hosted(client, state=state)
    assert client.get(f"/en/dialogues/{dialogue.slug}/report/edit/").status_code == 409
    for step in ("edit", "promise", "publish"):
        assert post(client, dialogue, step, due_on=next_month()).status_code == 409, step


def test_nobody_else_prepares_the_report(client: Client) -> None:
    dialogue = hosted(client)
    for person in (make_person(), make_moderator(dialogue), make_host(make_dialogue())):
        client.force_login(person)
        assert client.get(f"/en/dialogues/{dialogue.slug}/report/edit/").status_code == 404
        for step in ("edit", "promise", "publish"):
            assert post(client, dialogue, step, due_on=next_month()).status_code == 404, step
    client.logout()
    assert client.get(f"/en/dialogues/{dialogue.slug}/report/edit/").status_code == 302


def test_publishing_takes_no_get(client: Client) -> None:
    dialogue = hosted(client)
    for step in ("promise", "publish"):
        assert client.get(f"/en/dialogues/{dialogue.slug}/report/{step}/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_more_left_needs_no_more_queries(client: Client, django_assert_num_queries: Any, number: int) -> None:
    dialogue = hosted(client)
    for _number in range(number):
        make_contribution(dialogue)
    with django_assert_num_queries(7):
        client.get(f"/en/dialogues/{dialogue.slug}/report/edit/")
