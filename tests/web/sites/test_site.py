"""The page of a site: who opens it, what it says in each state, and its acts."""

from typing import Any

import jwt
import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from shonglap.accounts.models import Person
from shonglap.dialogues.models import Site, State
from shonglap.stage import actions
from shonglap.stage.models import Seat
from tests import factories as make
from tests.web.control.helpers import AS_SCRIPT, browser

pytestmark = pytest.mark.django_db

GETS = ("", "state.json", "parts/")
POSTS = ("token/", "hand/", "speaker/")


class At:
    """A site, its officer at the browser, and its host."""

    def __init__(self, state: str = "live", *, stage: bool = True) -> None:
        self.dialogue = make.make_dialogue(state=state)
        self.site: Site = make.make_site(self.dialogue)
        self.officer: Person = make.make_posting(office=self.site.office).person
        self.host = make.make_host(self.dialogue)
        self.client: Client = browser(self.officer)
        if stage:
            make.make_stage(self.dialogue)

    @property
    def seat(self) -> Seat:
        return Seat.objects.get(site=self.site)

    def address(self, rest: str = "") -> str:
        return f"/en/sites/{self.site.public_id}/{rest}"

    def state(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.client.get(self.address("state.json")).json()
        return answer

    def page(self) -> str:
        return self.client.get(self.address()).content.decode()


def test_others_do_not_learn_that_there_is_a_site() -> None:
    here, neighbour = At(), At()
    for client in (browser(make.make_person()), neighbour.client):
        for rest in GETS:
            assert client.get(here.address(rest)).status_code == 404, rest
        for rest in POSTS:
            assert client.post(here.address(rest)).status_code == 404, rest


def test_the_nameless_are_asked_to_sign_in() -> None:
    here = At()
    for rest in GETS:
        assert browser().get(here.address(rest)).status_code == 302, rest
    for rest in POSTS:
        assert browser().post(here.address(rest), headers=AS_SCRIPT).status_code == 401, rest


def test_each_address_takes_its_own_method_only() -> None:
    here = At()
    for rest in GETS:
        assert here.client.post(here.address(rest)).status_code == 405, rest
    for rest in POSTS:
        assert here.client.get(here.address(rest)).status_code == 405, rest


@pytest.mark.parametrize("state", [State.ANNOUNCED, State.ENDED, State.PUBLISHED, State.CANCELLED])
def test_nobody_joins_while_the_door_is_shut(state: State) -> None:
    here = At(state)
    for rest in POSTS:
        assert here.client.post(here.address(rest), {"raised": "1"}, headers=AS_SCRIPT).status_code == 409, (
            rest
        )


def test_before_the_stage_is_opened_the_page_waits() -> None:
    here = At("announced", stage=False)
    assert "not open yet" in here.page()
    assert here.state()["phase"] == "waiting"
    for rest in POSTS:
        assert here.client.post(here.address(rest), headers=AS_SCRIPT).status_code == 409, rest


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("rehearsal", "The green room is open"),
        ("live", "The green room is open"),
        ("ended", "The dialogue is over"),
        ("published", "The dialogue is over"),
    ],
)
def test_the_page_says_where_it_stands(state: str, words: str) -> None:
    assert words in At(state).page()


def test_on_air_is_said_in_the_banner_and_in_the_state() -> None:
    here = At()
    actions.bring_on_air(here.seat, by=here.host)
    assert "Everybody sees and hears you" in here.page()
    state = here.state()
    assert (state["on_air"], state["set"], state["identity"]) == (
        True,
        [here.seat.identity],
        here.seat.identity,
    )
    Seat.objects.update(muted=True)
    assert "has muted you" in here.page()
    assert here.state()["muted"] is True


def test_in_the_rehearsal_on_air_is_not_public() -> None:
    here = At("rehearsal")
    actions.bring_on_air(here.seat, by=here.host)
    assert "the public does not" in here.page()


def test_who_was_sent_out_reads_so_and_gets_no_token() -> None:
    here = At()
    Seat.objects.update(removed=True)
    assert "removed you" in here.page()
    assert here.state()["phase"] == "removed"
    answer = here.client.post(here.address("token/"), headers=AS_SCRIPT)
    assert (answer.status_code, answer.json()["error"]) == (409, "removed")


def test_a_token_is_for_this_seat_and_kept_by_no_cache() -> None:
    here = At()
    answer = here.client.post(here.address("token/"), headers=AS_SCRIPT)
    claims = jwt.decode(answer.json()["token"], settings.LIVEKIT_API_SECRET, algorithms=["HS256"])
    assert claims["sub"] == here.seat.identity
    assert answer.json()["address"] == settings.LIVEKIT_PUBLIC_URL
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_hand_goes_up_once_and_down() -> None:
    here = At()
    for _ in range(2):
        assert here.client.post(here.address("hand/"), {"raised": "1"}, headers=AS_SCRIPT).status_code == 200
    assert here.state()["hand"] is True
    without_script = here.client.post(here.address("hand/"), {"raised": "0"})
    assert (without_script.status_code, without_script.headers["Location"]) == (302, here.address())
    assert here.state()["hand"] is False


def test_the_officer_says_who_speaks() -> None:
    here = At()
    good = {"speaker_en": "Rahima", "position_bn": "সচিব"}
    assert here.client.post(here.address("speaker/"), good, headers=AS_SCRIPT).status_code == 200
    assert (here.seat.speaker_en, here.seat.position_bn) == ("Rahima", "সচিব")
    wrong = {"speaker_en": "x" * 200, "position_en": "Kept as typed"}
    page = here.client.post(here.address("speaker/"), wrong)
    assert page.status_code == 400
    assert "Kept as typed" in page.content.decode()
    assert here.client.post(here.address("speaker/"), wrong, headers=AS_SCRIPT).status_code == 409


def test_note_question_and_agenda_are_on_the_page() -> None:
    here = At()
    item = make.make_agenda_item(here.dialogue, title_en="The opening")
    actions.begin_agenda_item(here.dialogue.stage, by=here.host, agenda_item=item)
    actions.show_card(here.dialogue.stage, by=here.host, card_id="a", text="When does it open?", author="")
    actions.write_note(here.seat, by=here.host, note="You are next")
    parts = here.client.get(here.address("parts/")).content.decode()
    for words in ("The opening", "When does it open?", "You are next"):
        assert words in here.page()
        assert words in parts
    assert "csrfmiddlewaretoken" not in parts


def test_a_note_is_not_seen_at_the_next_site() -> None:
    here = At()
    neighbour = make.make_site(here.dialogue)
    officer = make.make_posting(office=neighbour.office).person
    actions.open_stage(here.dialogue, by=here.host)
    actions.write_note(here.seat, by=here.host, note="private words")
    client = browser(officer)
    for rest in GETS:
        seen = client.get(f"/en/sites/{neighbour.public_id}/{rest}").content.decode()
        assert "private words" not in seen


def test_others_in_the_green_room_are_those_connected() -> None:
    here = At()
    away, there = make.make_site(here.dialogue), make.make_site(here.dialogue, place_en="Khulna")
    actions.open_stage(here.dialogue, by=here.host)
    for site in (there, here.site):
        actions.note_connected(f"site-{site.public_id}", True)
    state = here.state()
    assert state["others"] == [f"site-{there.public_id}"]
    assert state["names"] == {f"site-{there.public_id}": "Khulna"}
    assert f"site-{away.public_id}" not in str(state)


def test_the_key_moves_with_the_stage() -> None:
    here = At()
    before = here.state()["key"]
    assert here.state()["key"] == before
    actions.choose_scene(here.dialogue.stage, by=here.host, scene="grid")
    assert here.state()["key"] != before


def test_a_guest_has_a_page_by_the_same_address() -> None:
    dialogue = make.make_dialogue(state="live")
    guest = make.make_guest(dialogue, person=make.make_person(), name_en="The Secretary")
    make.make_stage(dialogue)
    assert guest.person is not None
    client = browser(guest.person)
    assert "The Secretary" in client.get(f"/en/sites/{guest.public_id}/").content.decode()
    assert client.post(f"/en/sites/{guest.public_id}/token/").status_code == 200
    assert browser(make.make_person()).get(f"/en/sites/{guest.public_id}/").status_code == 404


@pytest.mark.parametrize("others", [1, 3])
def test_a_look_takes_the_same_queries_however_many_are_there(
    others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    here = At()
    for _ in range(others):
        site = make.make_site(here.dialogue)
        actions.open_stage(here.dialogue, by=here.host)
        actions.note_connected(f"site-{site.public_id}", True)
    with django_assert_num_queries(6):
        here.client.get(here.address("state.json"))
