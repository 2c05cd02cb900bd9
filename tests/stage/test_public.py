"""The public face of the stage, and what must never be in it."""

import json
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from shonglap.base.clock import stamp
from shonglap.dialogues.actions import go_live
from shonglap.stage import actions, public
from shonglap.stage.models import Seat
from tests import factories as make
from tests.stage.helpers import Scene, opened

pytestmark = pytest.mark.django_db

SECRETS = ("private-note", "secret.example", "secret-session")


def with_secrets() -> Scene:
    """A stage on which something private stands in every place that has room for it."""
    scene = opened(2)
    assert scene.first.site is not None
    scene.first.site.contact = make.make_posting(person=make.make_person(email="contact@secret.example"))
    scene.first.site.save()
    actions.bring_on_air(scene.first, by=scene.host)
    actions.write_note(scene.first, by=scene.host, note="private-note")
    Seat.objects.update(session="secret-session")
    item = make.make_agenda_item(scene.dialogue)
    actions.begin_agenda_item(scene.stage, by=scene.host, agenda_item=item)
    actions.begin_part(scene.stage)
    return scene


@pytest.mark.parametrize(
    "face",
    [public.stage_face, public.sites_face, public.stream_face, public.agenda_progress, public.revision],
)
def test_nothing_private_is_in_the_public_face(face: Any) -> None:
    scene = with_secrets()
    written = json.dumps(face(scene.dialogue), ensure_ascii=False)
    for secret in (*SECRETS, scene.host.public_id, scene.host.email, scene.host.display_name):
        assert secret not in written


def test_before_the_stage_is_opened_there_is_a_slate() -> None:
    dialogue = make.make_dialogue(state="announced")
    item = make.make_agenda_item(dialogue)
    assert public.revision(dialogue) == 0
    assert public.stage_face(dialogue) == {
        "scene": "slate", "on_air": [], "agenda_item": None, "on_screen": None,
    }  # fmt: skip
    assert public.sites_face(dialogue) == {}
    assert public.agenda_progress(dialogue) == {item.public_id: {"state": "planned", "began_at": None}}
    assert public.stream_face(dialogue)["state"] == "off"


def test_the_stage_shows_scene_order_item_and_card() -> None:
    scene = opened(2)
    item = make.make_agenda_item(scene.dialogue)
    actions.bring_on_air(scene.seats[1], by=scene.host)
    actions.bring_on_air(scene.seats[0], by=scene.host)
    actions.lead(scene.seats[0], by=scene.host)
    actions.choose_scene(scene.stage, by=scene.host, scene="two")
    actions.begin_agenda_item(scene.stage, by=scene.host, agenda_item=item)
    actions.show_card(scene.stage, by=scene.host, card_id="abc", text="When?", author="")
    face = public.stage_face(scene.dialogue)
    assert [seat["id"] for seat in face["on_air"]] == [scene.seats[0].identity, scene.seats[1].identity]
    assert set(face["on_air"][0]) == {"id", "name", "position", "place"}
    assert face["on_air"][0]["place"] == {"bn": "রংপুর", "en": "Rangpur"}
    assert (face["scene"], face["agenda_item"], face["on_screen"]) == ("two", item.public_id, "abc")


def test_sites_say_who_is_there_and_who_is_on_air() -> None:
    scene = opened(2)
    actions.note_connected(scene.first.identity, True)
    actions.bring_on_air(scene.first, by=scene.host)
    sites = public.sites_face(scene.dialogue)
    assert (sites[scene.first.identity]["connected"], sites[scene.first.identity]["on_air"]) == (True, True)
    other = sites[scene.seats[1].identity]
    assert (other["connected"], other["on_air"]) == (False, False)


def test_the_agenda_goes_from_planned_over_now_to_done() -> None:
    scene = opened()
    first, second, third = (make.make_agenda_item(scene.dialogue) for _ in range(3))
    for item in (first, second, first):
        actions.begin_agenda_item(scene.stage, by=scene.host, agenda_item=item)
    progress = public.agenda_progress(scene.dialogue)
    assert [progress[item.public_id]["state"] for item in (first, second, third)] == [
        "now",
        "done",
        "planned",
    ]
    assert progress[first.public_id]["began_at"] == stamp(scene.stage.agenda_marks.earliest("at").at)
    scene.dialogue.state = "ended"
    assert public.agenda_progress(scene.dialogue)[first.public_id]["state"] == "done"


def test_the_stream_goes_from_off_to_ended() -> None:
    scene = opened(state="rehearsal")
    dialogue = scene.dialogue
    assert public.stream_face(dialogue)["state"] == "off"
    dialogue.state = "live"
    assert public.stream_face(dialogue)["state"] == "starting"
    part = actions.begin_part(scene.stage)
    actions.beat(scene.stage, streaming=True)
    face = public.stream_face(dialogue)
    assert (face["state"], face["began_at"], face["recording"]) == ("on", stamp(part.began_at), None)
    assert face["playlist"] == f"/public/{dialogue.slug}/hls/master.m3u8"
    actions.recording_finished(scene.stage)
    dialogue.state = "ended"
    face = public.stream_face(dialogue)
    assert (face["state"], face["recording"]) == ("ended", f"/public/{dialogue.slug}/recording.mp4")


@pytest.mark.parametrize("seats", [1, 3])
def test_faces_take_the_same_queries_however_many_seats_there_are(
    seats: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scene = opened(seats)
    for seat in scene.seats:
        actions.bring_on_air(seat, by=scene.host)
    with django_assert_num_queries(2):
        public.stage_face(scene.dialogue)
    with django_assert_num_queries(2):
        public.sites_face(scene.dialogue)


def test_a_rehearsal_is_kept_secret_from_the_public() -> None:
    scene = opened(2, state="rehearsal")
    item = make.make_agenda_item(scene.dialogue)
    actions.note_connected(scene.first.identity, True)
    actions.bring_on_air(scene.first, by=scene.host)
    actions.begin_agenda_item(scene.stage, by=scene.host, agenda_item=item)
    actions.show_card(scene.stage, by=scene.host, card_id="abc", text="When?", author="")
    face = public.stage_face(scene.dialogue)
    assert face == {"scene": "slate", "on_air": [], "agenda_item": None, "on_screen": None}
    assert public.sites_face(scene.dialogue) == {}
    assert public.agenda_progress(scene.dialogue)[item.public_id]["state"] == "planned"


def test_of_what_was_rehearsed_only_the_item_that_is_still_on_counts() -> None:
    scene = opened(0, state="rehearsal")
    items = [make.make_agenda_item(scene.dialogue) for _ in range(3)]
    for item in items:
        actions.begin_agenda_item(scene.stage, by=scene.host, agenda_item=item)
    go_live(scene.dialogue, by=scene.host)
    progress = public.agenda_progress(scene.dialogue)
    assert [progress[item.public_id]["state"] for item in items] == ["planned", "planned", "now"]
    assert progress[items[2].public_id]["began_at"] == stamp(scene.dialogue.went_live_at)
