"""Every address of the control room: who gets in, in which state, and what a second press does."""

import pytest

from shonglap.dialogues.models import State
from tests import factories as make
from tests.web.control.helpers import AS_SCRIPT, ControlRoom, browser, control_room

pytestmark = pytest.mark.django_db


def addresses(room: ControlRoom) -> dict[str, str]:
    """Every address by its name; `get` ones first."""
    question = make.make_contribution(room.dialogue).public_id
    item = make.make_agenda_item(room.dialogue).public_id
    identity = room.seat.identity
    acts = ("air", "off", "lead", "mute", "unmute", "hand-down", "remove", "back")
    return {
        "control": room.address("control"),
        "control_state": room.address("control_state"),
        "control_parts": room.address("control_parts"),
        "control_seat": room.address("control_seat", identity),
        **{
            name: room.address(name)
            for name in ("control_token", "control_rehearse", "control_start", "control_end", "control_scene",
                         "control_language", "control_hide")
        },
        "control_agenda": room.address("control_agenda", item),
        **{
            name: room.address(name, question)
            for name in ("control_screen", "control_answering", "control_answered")
        },
        "control_note": room.address("control_note", identity),
        "control_speaker": room.address("control_speaker", identity),
        **{f"act {act}": room.address("control_seat_act", identity, act) for act in acts},
    }  # fmt: skip


GETS = ("control", "control_state", "control_parts", "control_seat")


def test_others_do_not_learn_that_there_is_a_control_room() -> None:
    room = control_room()
    stranger, moderator = browser(make.make_person()), browser(make.make_moderator(room.dialogue))
    for name, address in addresses(room).items():
        for client in (stranger, moderator):
            answer = client.get(address) if name in GETS else client.post(address)
            assert answer.status_code == 404, name


def test_the_nameless_are_asked_to_sign_in() -> None:
    room = control_room()
    for name, address in addresses(room).items():
        answer = browser().get(address) if name in GETS else browser().post(address)
        assert answer.status_code == 302, name
        script = (
            browser().get(address, headers=AS_SCRIPT)
            if name in GETS
            else browser().post(address, headers=AS_SCRIPT)
        )
        assert script.status_code == 401, name


def test_each_address_takes_its_own_method_only() -> None:
    room = control_room()
    for name, address in addresses(room).items():
        answer = room.client.post(address) if name in GETS else room.client.get(address)
        assert answer.status_code == 405, name


WITHOUT_STATE = ("control_note", "control_speaker")


def test_after_the_end_nothing_moves_any_more() -> None:
    room = control_room(state="ended")
    for name, address in addresses(room).items():
        if name in GETS:
            continue
        answer = room.client.post(address, {"scene": "grid", "language": "en"}, headers=AS_SCRIPT)
        assert answer.status_code == 409, name
        assert answer.json()["message"], name


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_the_page_itself_opens_in_every_state(state: State) -> None:
    room = control_room(state=state)
    assert room.client.get(room.address("control")).status_code == 200


@pytest.mark.parametrize("state", [State.DRAFT, State.ANNOUNCED, State.CANCELLED])
def test_without_a_stage_the_page_says_what_can_be_done(state: State) -> None:
    dialogue = make.make_dialogue(state=state)
    client = browser(make.make_host(dialogue))
    page = client.get(f"/en/dialogues/{dialogue.slug}/control/").content.decode()
    assert ("Open the green room" in page) is (state == State.ANNOUNCED)
    assert client.get(f"/en/dialogues/{dialogue.slug}/control/state.json").status_code == 404


def test_an_unknown_act_seat_item_or_question_is_not_found() -> None:
    room, other = control_room(), control_room()
    identity = room.seat.identity
    elsewhere = make.make_contribution(other.dialogue).public_id
    for name, arguments in (
        ("control_seat_act", (identity, "applaud")),
        ("control_seat_act", (other.seat.identity, "air")),
        ("control_agenda", ("nothing",)),
        ("control_agenda", (make.make_agenda_item(other.dialogue).public_id,)),
        ("control_screen", (elsewhere,)),
        ("control_answering", ("nothing",)),
    ):
        assert room.post(name, *arguments).status_code == 404, name


def test_who_hosts_another_dialogue_too_does_not_mix_their_questions() -> None:
    room = control_room()
    other = make.make_dialogue(state="live")
    make.make_team_member(other, person=room.host)
    elsewhere = make.make_contribution(other).public_id
    assert room.post("control_screen", elsewhere).status_code == 404


def test_answers_are_kept_by_no_cache() -> None:
    room = control_room()
    for name in ("control_state", "control_parts"):
        assert "no-store" in room.client.get(room.address(name)).headers["Cache-Control"]
    assert "no-store" in room.post("control_token").headers["Cache-Control"]
