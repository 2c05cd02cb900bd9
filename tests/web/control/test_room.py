"""What the control room shows and does."""

from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from pytest_django import DjangoAssertNumQueries

from shonglap.base import clock
from shonglap.questions.models import Contribution
from shonglap.stage import actions, livekit
from shonglap.stage.models import Seat, Stage
from shonglap.web.control.room import SILENT_AFTER, items, stream_state
from tests import factories as make
from tests.web.control.helpers import ControlRoom, browser, control_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """The conference server does not answer."""
    monkeypatch.setattr(livekit, "set_muted", lambda *_args, **_facts: False)
    monkeypatch.setattr(livekit, "send_out", lambda *_args: False)


@pytest.fixture
def obeying(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(livekit, "set_muted", lambda *_args, **_facts: True)
    monkeypatch.setattr(livekit, "send_out", lambda *_args: True)


def page(room: ControlRoom) -> str:
    return room.client.get(f"/en/dialogues/{room.dialogue.slug}/control/").content.decode()


def test_a_seat_goes_on_air_and_off_by_pressing_twice_each() -> None:
    room = control_room()
    identity = room.seat.identity
    for _ in range(2):
        assert room.post("control_seat_act", identity, "air").json() == {"ok": True, "message": ""}
    assert room.seat.on_air_order == 1
    assert "ON AIR" in page(room)
    for _ in range(2):
        assert room.post("control_seat_act", identity, "off").status_code == 200
    assert room.seat.on_air_order is None


def test_without_script_a_press_leads_back_to_the_page() -> None:
    room = control_room()
    answer = room.client.post(room.address("control_scene"), {"scene": "two"})
    assert (answer.status_code, answer.headers["Location"]) == (302, room.address("control"))
    assert Stage.objects.get().scene == "two"
    refused = room.client.post(room.address("control_scene"), {"scene": "cinema"})
    assert refused.status_code == 409
    assert "There is no such scene" in refused.content.decode() or refused.content


def test_main_picture_hand_and_letting_back_in(obeying: None) -> None:
    room = control_room()
    first, second = room.stage.seats.order_by("id")
    for seat in (first, second):
        room.post("control_seat_act", seat.identity, "air")
    room.post("control_seat_act", second.identity, "lead")
    assert Seat.objects.get(pk=second.pk).on_air_order == 1
    actions.raise_hand(first, by=room.host, raised=True)
    room.post("control_seat_act", first.identity, "hand-down")
    assert Seat.objects.get(pk=first.pk).hand_raised_at is None
    room.post("control_seat_act", first.identity, "remove")
    assert "Let back in" in page(room)
    room.post("control_seat_act", first.identity, "back")
    assert Seat.objects.get(pk=first.pk).removed is False


def test_muting_says_nothing_when_all_is_well(obeying: None) -> None:
    room = control_room()
    assert room.post("control_seat_act", room.seat.identity, "mute").json()["message"] == ""
    assert room.seat.muted is True
    assert room.post("control_seat_act", room.seat.identity, "unmute").json()["message"] == ""


@pytest.mark.parametrize("act", ["mute", "remove"])
def test_a_silent_conference_server_is_said_in_words(deaf: None, act: str) -> None:
    room = control_room()
    answer = room.post("control_seat_act", room.seat.identity, act)
    assert answer.status_code == 200
    assert answer.json()["message"]
    assert room.seat.muted is (act == "mute")
    assert room.seat.removed is (act == "remove")


def test_without_script_the_warning_stands_on_the_next_page(deaf: None) -> None:
    room = control_room()
    actions.mute(room.seat, by=room.host, muted=True)
    answer = room.client.post(room.address("control_seat_act", room.seat.identity, "unmute"))
    assert answer.status_code == 302
    assert len(list(get_messages(answer.wsgi_request))) == 1


def test_a_note_too_long_comes_back_as_it_was_typed() -> None:
    room = control_room()
    address = room.address("control_note", room.seat.identity)
    typed = "very long " * 40
    answer = room.client.post(address, {"note": typed})
    assert answer.status_code == 400
    assert typed.strip() in answer.content.decode()
    script = room.post("control_note", room.seat.identity, note=typed)
    assert script.status_code == 409
    assert script.json()["message"]
    assert room.client.post(address, {"note": "Stand ready"}).status_code == 302
    assert room.seat.host_note == "Stand ready"
    assert "Stand ready" in page(room)


def test_a_name_strap_is_saved_or_comes_back_as_it_was_typed() -> None:
    room = control_room()
    address = room.address("control_speaker", room.seat.identity)
    assert room.client.post(address, {"speaker_en": "Rahima", "position_en": "Secretary"}).status_code == 302
    assert (room.seat.speaker_en, room.seat.position_en) == ("Rahima", "Secretary")
    wrong = room.client.post(address, {"speaker_en": "x" * 200, "position_en": "Kept"})
    assert wrong.status_code == 400
    assert 'value="Kept"' in wrong.content.decode()
    seat_page = room.client.get(room.address("control_seat", room.seat.identity))
    assert 'value="Rahima"' in seat_page.content.decode()


def test_a_question_goes_on_screen_is_answered_and_leaves() -> None:
    room = control_room()
    office = room.dialogue.participations.get().office
    question = make.make_contribution(room.dialogue, text="When does it open?")
    assert room.post("control_screen", question.public_id).status_code == 200
    assert Stage.objects.get().card_text == "When does it open?"
    assert room.post("control_answering", question.public_id, office=office.code).status_code == 200
    assert Contribution.objects.get().status == "answering"
    assert "Answering now" in page(room)
    assert room.post("control_answered", question.public_id).status_code == 200
    assert Contribution.objects.get().status == "answered_on_air"
    assert Stage.objects.get().card_id == ""
    assert room.post("control_answered", question.public_id).status_code == 409


def test_who_answers_is_whom_was_asked_unless_chosen() -> None:
    room = control_room()
    office = room.dialogue.participations.get().office
    asked = make.make_contribution(room.dialogue, office=office)
    nobody = make.make_contribution(room.dialogue)
    for question, expected in ((asked, office), (nobody, room.dialogue.host_office)):
        room.post("control_answering", question.public_id)
        assert question.answers.get().office == expected
    other = make.make_contribution(room.dialogue)
    assert room.post("control_answering", other.public_id, office=make.make_office().code).status_code == 409
    assert room.post("control_answering", other.public_id, office="nowhere").status_code == 404


def test_a_taken_back_question_on_screen_is_marked() -> None:
    room = control_room()
    question = make.make_contribution(room.dialogue)
    room.post("control_screen", question.public_id)
    question.status = "declined"
    question.save()
    assert "taken this question back" in page(room)
    assert room.post("control_hide").status_code == 200
    assert "taken this question back" not in page(room)


def test_the_agenda_shows_time_used_against_time_planned() -> None:
    room = control_room()
    first = make.make_agenda_item(room.dialogue, minutes=5, position=1)
    second = make.make_agenda_item(room.dialogue, minutes=20, position=2)
    now = clock.now()
    room.stage.agenda_marks.create(agenda_item=first, at=now - timedelta(minutes=30))
    room.stage.agenda_marks.create(agenda_item=second, at=now - timedelta(minutes=22))
    lines = items(Stage.objects.get())
    assert [(line.state, line.minutes_used, line.over) for line in lines] == [
        ("done", 8, True),
        ("now", 22, True),
    ]
    assert "over time" in page(room)
    assert room.post("control_agenda", first.public_id).status_code == 200
    lines = items(Stage.objects.get())
    assert [(line.state, line.minutes_used) for line in lines] == [("now", 8), ("done", 22)]


def test_after_the_end_the_last_item_is_done() -> None:
    room = control_room(state="ended")
    item = make.make_agenda_item(room.dialogue)
    room.stage.agenda_marks.create(agenda_item=item, at=clock.now() - timedelta(minutes=12))
    assert [(line.state, line.since) for line in items(Stage.objects.get())] == [("done", None)]


def test_the_stream_is_watched() -> None:
    room = control_room()
    stage = room.stage
    stage.dialogue.went_live_at = clock.now()
    assert stream_state(stage) == "starting"
    with clock.shifted(timedelta(minutes=1)):
        assert stream_state(stage) == "missing"
    actions.beat(stage, streaming=True)
    assert stream_state(Stage.objects.get()) == "on"
    with clock.shifted(SILENT_AFTER + timedelta(seconds=1)):
        assert stream_state(Stage.objects.get()) == "silent"
        assert "has not reported" in page(room)
    assert stream_state(control_room(state="rehearsal").stage) == "off"


def test_the_key_moves_with_what_is_shown_and_the_queue_with_votes() -> None:
    room = control_room()
    question = make.make_contribution(room.dialogue)

    def state() -> dict[str, Any]:
        answer: dict[str, Any] = room.client.get(room.address("control_state")).json()
        return answer

    before = state()
    make.make_vote(question)
    voted = state()
    assert (voted["stage"], voted["queue"] != before["queue"]) == (before["stage"], True)
    room.post("control_scene", scene="grid")
    assert state()["stage"] != before["stage"]
    assert state()["seats"] == before["seats"]


def test_fresh_parts_are_those_of_the_page_without_form_tokens() -> None:
    room = control_room()
    make.make_contribution(room.dialogue, text="When does it open?")
    address = f"/en{room.address('control_parts')[3:]}"
    stage = room.client.get(address, {"of": "stage"}).content.decode()
    queue = room.client.get(address, {"of": "queue"}).content.decode()
    for part in ("bar", "scenes", f"seat-{room.seat.identity}", "screen", "agenda"):
        assert f'data-part="{part}"' in stage
        assert f'data-part="{part}"' in page(room)
    assert 'data-part="queue"' in queue
    assert "When does it open?" in queue
    assert "csrfmiddlewaretoken" not in stage + queue


def test_parts_do_not_change_by_themselves() -> None:
    """Otherwise the page would be replaced under the host's hands every second."""
    room = control_room()
    address = room.address("control_parts")
    for of in ("stage", "queue"):
        first, second = (room.client.get(address, {"of": of}).content for _ in range(2))
        assert first == second


@pytest.mark.parametrize("seats", [1, 3])
def test_a_look_takes_the_same_queries_however_many_seats_there_are(
    seats: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    room = control_room(sites=seats)
    for _ in range(seats):
        make.make_contribution(room.dialogue)
        make.make_agenda_item(room.dialogue)
    with django_assert_num_queries(8):
        room.client.get(room.address("control_state"))
    with django_assert_num_queries(10):
        room.client.get(room.address("control_parts"), {"of": "stage"})
    with django_assert_num_queries(10):
        room.client.get(room.address("control_parts"), {"of": "queue"})


def test_the_hosts_token_is_for_this_room_and_hidden() -> None:
    room = control_room()
    answer = room.post("control_token").json()
    claims = jwt.decode(answer["token"], settings.LIVEKIT_API_SECRET, algorithms=["HS256"])
    assert answer["address"] == settings.LIVEKIT_PUBLIC_URL
    assert claims["video"]["room"] == f"dialogue-{room.dialogue.slug}"
    assert claims["video"]["hidden"] is True


def test_from_the_plan_to_the_end_by_three_presses() -> None:
    dialogue = make.make_dialogue(state="announced")
    make.make_site(dialogue)
    client = browser(make.make_host(dialogue))
    for step, state in (("rehearse", "rehearsal"), ("start", "live"), ("end", "ended")):
        address = f"/en/dialogues/{dialogue.slug}/control/{step}/"
        assert client.post(address).status_code == 302
        dialogue.refresh_from_db()
        assert dialogue.state == state
        assert client.post(address, headers={"accept": "application/json"}).status_code == 409
    assert dialogue.stage.seats.count() == 1
