"""The watch page as it is served: the same for everybody, and of use without scripts."""

import pytest
from django.test import Client

from shonglap.dialogues.models import State
from tests.factories import make_contribution, make_dialogue

pytestmark = pytest.mark.django_db


def page_of(client: Client, state: State, **contribution: str) -> str:
    dialogue = make_dialogue(state=state)
    make_contribution(dialogue, **contribution)
    answer = client.get(f"/en/dialogues/{dialogue.slug}/watch/")
    assert answer.status_code == 200
    assert "public" in answer.headers["Cache-Control"]
    return answer.content.decode()


def test_without_scripts_it_says_how_to_see_what_is_new(client: Client) -> None:
    assert "<noscript>" in page_of(client, State.LIVE)


@pytest.mark.parametrize(("accreditation", "badge"), [("press", "Press"), ("citizen_journalist", "Citizen")])
def test_accredited_people_bear_their_badge(client: Client, accreditation: str, badge: str) -> None:
    assert f'question__badge">{badge}' in page_of(client, State.LIVE, accreditation=accreditation)
    assert "question__badge" not in page_of(client, State.LIVE)


def test_after_the_end_nothing_is_offered_that_is_refused(client: Client) -> None:
    assert ">Support</a>" in page_of(client, State.LIVE)
    page = page_of(client, State.ENDED)
    assert ">Support</a>" not in page
    assert 'id="report" hidden' in page, "it is not public yet"
    assert 'id="report" hidden' not in page_of(client, State.PUBLISHED)
