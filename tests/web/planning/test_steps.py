"""Announce, rehearse, cancel."""

from typing import Any

import pytest
from django.test import Client

from shonglap.dialogues.models import Dialogue, State
from shonglap.stage.models import Stage
from tests.factories import make_agenda_item, make_dialogue, make_host, make_participation, make_site

pytestmark = pytest.mark.django_db


def hosted(client: Client, **fields: Any) -> Dialogue:
    dialogue = make_dialogue(**fields)
    client.force_login(make_host(dialogue))
    return dialogue


def step(client: Client, dialogue: Dialogue, name: str, **data: str) -> Any:
    return client.post(f"/en/plan/{dialogue.slug}/{name}/", data)


def test_a_whole_plan_is_announced(client: Client) -> None:
    dialogue = hosted(client)
    make_agenda_item(dialogue)
    make_participation(dialogue)
    assert step(client, dialogue, "announce").headers["Location"] == f"/en/plan/{dialogue.slug}/"
    dialogue.refresh_from_db()
    assert dialogue.state == State.ANNOUNCED


def test_an_unfinished_plan_is_not_announced(client: Client) -> None:
    dialogue = hosted(client)
    answer = step(client, dialogue, "announce")
    assert answer.status_code == 409
    assert "Choose at least one participating office." in answer.content.decode()


def test_the_rehearsal_opens_the_stage_with_its_seats(client: Client) -> None:
    dialogue = hosted(client, state=State.ANNOUNCED)
    make_site(dialogue)
    assert step(client, dialogue, "rehearsal").status_code == 302
    dialogue.refresh_from_db()
    assert dialogue.state == State.REHEARSAL
    assert Stage.objects.get(dialogue=dialogue).seats.count() == 1


def test_cancelling_needs_a_reason(client: Client) -> None:
    dialogue = hosted(client, state=State.ANNOUNCED)
    answer = step(client, dialogue, "cancel")
    assert answer.status_code == 400
    assert "Fill this in." in answer.content.decode()
    fields = {"cancel-reason_bn": "ঘূর্ণিঝড়", "cancel-reason_en": "A cyclone " + "x" * 300}
    answer = step(client, dialogue, "cancel", **fields)
    assert answer.status_code == 400
    assert "ঘূর্ণিঝড়" in answer.content.decode()
    assert step(client, dialogue, "cancel", **{"cancel-reason_en": "A cyclone"}).status_code == 302
    dialogue.refresh_from_db()
    assert (dialogue.state, dialogue.cancel_reason_en) == (State.CANCELLED, "A cyclone")


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (State.ANNOUNCED, "announce"), (State.CANCELLED, "announce"), (State.DRAFT, "rehearsal"),
        (State.LIVE, "rehearsal"), (State.LIVE, "cancel"), (State.PUBLISHED, "cancel"),
    ],
)  # fmt: skip
def test_steps_out_of_turn_are_refused(client: Client, state: State, name: str) -> None:
    dialogue = hosted(client, state=state)
    answer = step(client, dialogue, name, **{"cancel-reason_en": "A cyclone"})
    assert answer.status_code == 409
    dialogue.refresh_from_db()
    assert dialogue.state == state


@pytest.mark.parametrize(
    ("state", "ways"),
    [
        (State.DRAFT, {"cancel"}),
        (State.ANNOUNCED, {"rehearsal", "cancel", "moderate"}),
        (State.REHEARSAL, {"control", "moderate", "cancel"}),
        (State.LIVE, {"control", "moderate"}),
        (State.ENDED, {"report/edit", "moderate"}),
        (State.PUBLISHED, {"report"}),
        (State.CANCELLED, set()),
    ],
)
def test_the_page_offers_what_the_state_allows(client: Client, state: State, ways: set[str]) -> None:
    dialogue = hosted(client, state=state)
    page = client.get(f"/en/plan/{dialogue.slug}/").content.decode()
    every = ("announce", "rehearsal", "cancel", "control", "moderate", "report/edit", "report")
    assert {way for way in every if f'{dialogue.slug}/{way}/"' in page} == ways
