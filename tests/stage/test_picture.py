"""Scene, card, agenda, language, and clearing all of it away."""

import pytest

from shonglap.base.errors import NotAllowed, NotFound, Refused
from shonglap.record.models import Entry
from shonglap.stage import actions, queries
from shonglap.stage.models import AgendaMark
from tests import factories as make
from tests.stage.helpers import opened, revision

pytestmark = pytest.mark.django_db


def test_a_scene_is_chosen_once() -> None:
    scene = opened()
    actions.choose_scene(scene.stage, by=scene.host, scene="grid")
    assert scene.stage.scene == "grid"
    before = revision(scene)
    actions.choose_scene(scene.stage, by=scene.host, scene="grid")
    assert revision(scene) == before
    with pytest.raises(Refused, match="unknown_scene"):
        actions.choose_scene(scene.stage, by=scene.host, scene="cinema")


def test_the_overlays_speak_bangla_or_english() -> None:
    scene = opened()
    actions.choose_language(scene.stage, by=scene.host, language="en")
    before = revision(scene)
    actions.choose_language(scene.stage, by=scene.host, language="en")
    assert (scene.stage.language, revision(scene)) == ("en", before)
    with pytest.raises(Refused, match="unknown_language"):
        actions.choose_language(scene.stage, by=scene.host, language="fr")


def test_an_agenda_item_begins_once_and_may_be_taken_up_again() -> None:
    scene = opened()
    first, second = make.make_agenda_item(scene.dialogue), make.make_agenda_item(scene.dialogue)
    for item in (first, first, second, first):
        actions.begin_agenda_item(scene.stage, by=scene.host, agenda_item=item)
    begun = [mark.agenda_item for mark in queries.agenda_marks(scene.stage)]
    assert begun == [first, second, first]
    entries = Entry.objects.filter(act="stage.begin_agenda_item")
    assert [entry.subject for entry in entries] == [first.public_id, second.public_id, first.public_id]


def test_an_item_of_another_dialogue_is_not_found() -> None:
    scene = opened()
    with pytest.raises(NotFound):
        actions.begin_agenda_item(scene.stage, by=scene.host, agenda_item=make.make_agenda_item())
    assert not AgendaMark.objects.exists()


def test_a_card_is_shown_and_hidden() -> None:
    scene = opened()
    actions.show_card(scene.stage, by=scene.host, card_id="abc", text="When?", author="x" * 900)
    assert (scene.stage.card_id, scene.stage.card_text, len(scene.stage.card_from)) == ("abc", "When?", 480)
    actions.hide_card(scene.stage, by=scene.host)
    before = revision(scene)
    actions.hide_card(scene.stage, by=scene.host)
    assert (scene.stage.card_id, scene.stage.card_from, revision(scene)) == ("", "", before)


def test_clearing_takes_everybody_off_air_and_the_card_away() -> None:
    scene = opened()
    actions.bring_on_air(scene.first, by=scene.host)
    actions.choose_scene(scene.stage, by=scene.host, scene="solo")
    actions.show_card(scene.stage, by=scene.host, card_id="abc", text="When?", author="")
    actions.clear_stage(scene.stage, by=scene.host)
    assert queries.seats_on_air(scene.stage) == []
    assert (scene.stage.scene, scene.stage.card_text) == ("slate", "")


def test_the_picture_is_for_hosts_and_for_an_open_stage() -> None:
    scene, stranger = opened(), make.make_person()
    ended = opened(state="ended")
    for stage, by, error in (
        (scene.stage, stranger, NotAllowed),
        (scene.stage, make.make_moderator(scene.dialogue), NotAllowed),
        (ended.stage, ended.host, Refused),
    ):
        with pytest.raises(error):
            actions.choose_scene(stage, by=by, scene="grid")
        with pytest.raises(error):
            actions.choose_language(stage, by=by, language="en")
        with pytest.raises(error):
            actions.show_card(stage, by=by, card_id="a", text="b", author="c")
        with pytest.raises(error):
            actions.hide_card(stage, by=by)
        with pytest.raises(error):
            actions.clear_stage(stage, by=by)
