"""Sending a contribution: what is taken, what is refused, and that a form counts once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from shonglap.base import clock, pictures
from shonglap.base.errors import NotAllowed, Refused
from shonglap.base.languages import digits
from shonglap.dialogues.models import Dialogue, State
from shonglap.questions import actions
from shonglap.questions.models import Contribution, Picture, Status
from shonglap.record.models import Entry
from tests.factories import (
    make_accreditation,
    make_contribution,
    make_dialogue,
    make_office,
    make_participation,
    make_person,
)

pytestmark = pytest.mark.django_db

PREPARED = pictures.Prepared(b"jpeg", 40, 30)
BANGLA = "আমাদের এলাকার রাস্তা কবে ঠিক হবে?"


def facts(**changes: Any) -> dict[str, Any]:
    sent = {
        "kind": "question",
        "text": BANGLA,
        "language": "bn",
        "office": None,
        "client_token": "form-0001",
    }
    return {**sent, **changes}


def files_stored() -> list[Path]:
    folders = (settings.PRIVATE_FOLDER, settings.PUBLIC_FOLDER)
    return [path for folder in folders for path in Path(folder).rglob("*.*")]


@pytest.fixture
def dialogue() -> Dialogue:
    return make_dialogue(state=State.LIVE)


def refusal(dialogue: Dialogue, **changes: Any) -> Refused:
    with pytest.raises(Refused) as raised:
        actions.contribute(dialogue, **{"by": make_person(), **facts(**changes)})
    return raised.value


def test_it_waits_for_the_moderators_and_is_not_in_the_record(dialogue: Dialogue) -> None:
    office = make_participation(dialogue).office
    contribution = actions.contribute(dialogue, by=make_person(), **facts(office=office))
    contribution.refresh_from_db()
    assert (contribution.status, contribution.text, contribution.office) == (Status.WAITING, BANGLA, office)
    assert (contribution.revision, contribution.review_after) == (0, False)
    assert not Entry.objects.exists()


def test_a_form_sent_twice_counts_once_and_keeps_the_first(dialogue: Dialogue) -> None:
    person = make_person()
    first = actions.contribute(dialogue, by=person, **facts())
    again = actions.contribute(dialogue, by=person, **facts(text="Something else entirely", kind="nonsense"))
    assert first == again
    assert Contribution.objects.get().text == BANGLA


def test_the_same_token_of_another_person_is_another_form(dialogue: Dialogue) -> None:
    actions.contribute(dialogue, by=make_person(), **facts())
    actions.contribute(dialogue, by=make_person(), **facts())
    assert Contribution.objects.count() == 2


def test_two_of_one_form_that_arrive_at_once(dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither saw the other when it looked: the database decides, and both get the first."""
    person = make_person()
    first = actions.contribute(dialogue, by=person, **facts())
    monkeypatch.setattr("shonglap.questions.actions.asking.first_sent", lambda *_, **__: None)
    assert actions.contribute(dialogue, by=person, **facts(), pictures=[PREPARED]) == first
    assert Contribution.objects.count() == 1
    assert not files_stored()


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"kind": "poem"}, "unknown_kind", "kind"),
        ({"language": "fr"}, "unknown_language", "language"),
        ({"text": " \n "}, "missing", "text"),
        ({"text": "কেন? কেন?"}, "too_short", "text"),
        ({"text": "ক" * 601}, "too_long", "text"),
        ({"text": "a" + "\u0301" * 2000 + " and so on"}, "too_long", "text"),
        ({"client_token": ""}, "form_incomplete", None),
        ({"client_token": "x" * 41}, "form_incomplete", None),
        ({"client_token": "ক" * 10}, "form_incomplete", None),
        ({"pictures": [PREPARED] * 3}, "too_many_pictures", "pictures"),
    ],
)
def test_what_is_refused(dialogue: Dialogue, changes: dict[str, Any], code: str, field: str | None) -> None:
    error = refusal(dialogue, **changes)
    assert (error.code, error.field) == (code, field)
    assert not Contribution.objects.exists()


def test_an_office_must_take_part(dialogue: Dialogue) -> None:
    error = refusal(dialogue, office=make_office())
    assert (error.code, error.field) == ("office_not_in_dialogue", "office")


def test_600_bangla_signs_are_counted_as_readers_count_them(dialogue: Dialogue) -> None:
    conjuncts = "ন্ত্রী" * 600  # six code points, one sign
    with pytest.raises(Refused, match="too_long"):  # the column's own bound, against endless stacking
        actions.contribute(dialogue, by=make_person(), **facts(text=conjuncts))
    actions.contribute(dialogue, by=make_person(), **facts(text="কি " * 300))


@pytest.mark.parametrize("state", [State.DRAFT, State.ENDED, State.PUBLISHED, State.CANCELLED])
def test_not_where_the_dialogue_takes_none(state: State) -> None:
    assert refusal(make_dialogue(state=state)).code == "wrong_state"


def test_not_by_the_locked_out(dialogue: Dialogue) -> None:
    with pytest.raises(NotAllowed):
        actions.contribute(dialogue, by=make_person(is_active=False), **facts())


def test_ten_in_an_hour_are_enough(dialogue: Dialogue) -> None:
    person = make_person()
    for _ in range(10):
        make_contribution(dialogue, person=person)
    make_contribution(person=person)  # in another dialogue
    with pytest.raises(Refused) as raised:
        actions.contribute(dialogue, by=person, **facts())
    assert raised.value.code == "too_many"
    assert digits(10) in str(raised.value.message)
    with clock.shifted(timedelta(hours=1, seconds=1)):
        actions.contribute(dialogue, by=person, **facts())


def test_the_tenth_sent_twice_is_no_eleventh(dialogue: Dialogue) -> None:
    person = make_person()
    for _ in range(9):
        make_contribution(dialogue, person=person)
    first = actions.contribute(dialogue, by=person, **facts())
    assert actions.contribute(dialogue, by=person, **facts()) == first


def test_pictures_stay_private_until_approval(dialogue: Dialogue) -> None:
    contribution = actions.contribute(dialogue, by=make_person(), **facts(), pictures=[PREPARED, PREPARED])
    stored = list(contribution.pictures.all())
    assert [(picture.width, picture.height) for picture in stored] == [(40, 30)] * 2
    for picture in stored:
        assert pictures.private_path(picture.public_id).read_bytes() == b"jpeg"
        assert not pictures.public_path(dialogue.slug, picture.public_id).exists()


def test_accredited_people_appear_first_and_are_reviewed_after(dialogue: Dialogue) -> None:
    person = make_person()
    make_accreditation(person)
    contribution = actions.contribute(dialogue, by=person, **facts(), pictures=[PREPARED])
    contribution.refresh_from_db()
    assert (contribution.status, contribution.review_after) == (Status.OPEN, True)
    assert contribution.accreditation == "citizen_journalist"
    assert contribution.revision > 0
    picture = contribution.pictures.get()
    assert pictures.public_path(dialogue.slug, picture.public_id).read_bytes() == b"jpeg"
    entry = Entry.objects.get()
    assert (entry.act, entry.public, entry.data["face"]["text"]) == ("questions.appear", True, BANGLA)


def test_praise_of_the_accredited_is_noted_at_once(dialogue: Dialogue) -> None:
    person = make_person()
    make_accreditation(person)
    contribution = actions.contribute(dialogue, by=person, **facts(kind="praise"))
    assert (contribution.status, contribution.review_after) == (Status.NOTED, True)


def test_no_file_is_left_when_storing_fails(dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError("disk full")

    person = make_person()
    make_accreditation(person)
    monkeypatch.setattr("shonglap.questions.actions.desk.publish_pictures", full)
    with pytest.raises(OSError, match="disk full"):
        actions.contribute(dialogue, by=person, **facts(), pictures=[PREPARED])
    assert not files_stored()
    assert not Contribution.objects.exists()
    assert not Picture.objects.exists()
