"""Chapters and attendance: files beside the video, for players and for archives."""

import json
from datetime import timedelta

import pytest
from django.conf import settings

from shonglap.dialogues.models import State
from shonglap.feed import chapters
from shonglap.questions.models import Answer, Contribution
from shonglap.stage.models import AgendaMark, RecordingPart
from tests.factories import make_agenda_item, make_contribution, make_dialogue, make_office
from tests.feed.scene import Scene, composer_of, live

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """Recorded in two parts of a minute, with half a minute between them."""
    scene = live()
    began = scene.dialogue.went_live_at
    assert began is not None
    for seconds in (0, 90):
        part = {"began_at": began + timedelta(seconds=seconds), "seconds": 60}
        RecordingPart.objects.create(stage=scene.stage, **part)
    return scene


def begun(scene: Scene, item: int, seconds: float) -> None:
    assert scene.dialogue.went_live_at is not None
    at = scene.dialogue.went_live_at + timedelta(seconds=seconds)
    AgendaMark.objects.create(stage=scene.stage, agenda_item=scene.items[item], at=at)


def answered(scene: Scene, begins: float, ends: float | None, **fields: str) -> Contribution:
    contribution = make_contribution(scene.dialogue, **{"status": "answered_on_air", **fields})
    began = scene.dialogue.went_live_at
    assert began is not None
    Answer.objects.create(
        contribution=contribution, office=make_office(), kind=Answer.Kind.ON_AIR,
        began_at=began + timedelta(seconds=begins),
        ended_at=None if ends is None else began + timedelta(seconds=ends),
    )  # fmt: skip
    return contribution


def places(scene: Scene) -> list[tuple[str, str, float, float]]:
    return [(one["kind"], one["id"], one["begins"], one["ends"]) for one in chapters.chapters(scene.dialogue)]


def test_items_last_until_the_next_and_answers_until_they_ended(scene: Scene) -> None:
    begun(scene, 0, 4)
    begun(scene, 1, 100)
    question = answered(scene, 10, 95)
    written = make_contribution(scene.dialogue, status="answered_in_writing")
    Answer.objects.create(contribution=written, office=make_office(), kind="written", text="Yes.")
    first, second = (item.public_id for item in scene.items)
    assert places(scene) == [
        ("agenda", first, 4, 70),
        ("answer", question.public_id, 10, 65),
        ("agenda", second, 70, 120),
    ]


def test_an_item_taken_up_again_has_two_chapters(scene: Scene) -> None:
    for item, seconds in ((0, 0), (1, 20), (0, 40)):
        begun(scene, item, seconds)
    assert [(begins, ends) for _, _, begins, ends in places(scene)] == [(0, 20), (20, 40), (40, 120)]


def test_a_stage_on_which_nothing_has_begun_has_no_chapters(scene: Scene) -> None:
    assert places(scene) == []
    assert composer_of(scene).compose()
    folder = settings.PUBLIC_FOLDER / scene.dialogue.slug / "chapters"
    assert json.loads((folder / "chapters.json").read_text()) == {"version": 1, "chapters": []}
    assert (folder / "chapters.en.vtt").read_text() == "WEBVTT\n"


def test_without_a_recording_there_is_nothing_to_point_at() -> None:
    scene = live()
    begun(scene, 0, 0)
    assert places(scene) == []
    assert chapters.chapters(make_dialogue(state=State.ANNOUNCED)) == []


def test_what_was_rehearsed_is_no_chapter_but_the_item_that_was_on(scene: Scene) -> None:
    for item, seconds in ((0, -500), (1, -400), (0, -300), (1, 30)):
        begun(scene, item, seconds)
    assert [(begins, ends) for _, _, begins, ends in places(scene)] == [(0, 30), (30, 120)]


def test_an_item_that_fell_into_a_gap_has_no_place(scene: Scene) -> None:
    for item, seconds in ((0, 0), (1, 65), (0, 75)):
        begun(scene, item, seconds)
    assert [(begins, ends) for _, _, begins, ends in places(scene)] == [(0, 60), (60, 120)]


def test_what_has_only_just_begun_ends_where_it_began(scene: Scene) -> None:
    begun(scene, 0, 500)
    answered(scene, 500, None)
    assert [(begins, ends) for _, _, begins, ends in places(scene)] == [(120, 120), (120, 120)]


def test_a_text_that_was_taken_down_leaves_the_chapters(scene: Scene) -> None:
    question = answered(scene, 10, 20, text="What of Mr Secret?")
    assert len(places(scene)) == 1
    chapters.write(scene.dialogue)
    Contribution.objects.filter(pk=question.pk).update(status="declined")
    chapters.write(scene.dialogue)
    folder = settings.PUBLIC_FOLDER / scene.dialogue.slug / "chapters"
    assert not [file for file in folder.iterdir() if "Secret" in file.read_text()]


def test_vtt_keeps_its_form_whatever_people_write(scene: Scene) -> None:
    scene.items[0] = make_agenda_item(scene.dialogue, title_bn="সূচনা", title_en="Opening & <b>words</b>")
    begun(scene, 0, 0)
    answered(scene, 7.5, 8.25, text="One\n\n00:00 --> 00:09\nNOTE two  &amp; <c>")
    chapters.write(scene.dialogue)
    folder = settings.PUBLIC_FOLDER / scene.dialogue.slug / "chapters"
    assert (folder / "chapters.en.vtt").read_text() == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:02:00.000\nOpening &amp; &lt;b&gt;words&lt;/b&gt;\n\n"
        "00:00:07.500 --> 00:00:08.250\nOne 00:00 --&gt; 00:09 NOTE two &amp;amp; &lt;c&gt;\n"
    )
    assert "সূচনা" in (folder / "chapters.bn.vtt").read_text()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "00:00:00.000"), (59.9996, "00:01:00.000"), (3661.25, "01:01:01.250"), (360_000, "100:00:00.000")],
)
def test_moments(seconds: float, words: str) -> None:
    assert chapters.moment(seconds) == words


def test_no_cue_is_empty() -> None:
    one = chapters.chapter("agenda", "a", 5, 5, {"bn": "ক", "en": "a"})
    assert "00:00:05.000 --> 00:00:05.100" in chapters.as_vtt([one], "en")
