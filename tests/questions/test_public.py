"""The public face: complete, and without anything that is nobody's business."""

import json
from typing import Any

import pytest

from shonglap.base import clock
from shonglap.dialogues.models import Dialogue, State
from shonglap.questions import actions, public
from shonglap.questions.models import Answer, Contribution, Picture, Status
from shonglap.record.models import Entry
from tests.factories import (
    make_contribution,
    make_dialogue,
    make_host,
    make_moderator,
    make_office,
    make_participation,
    make_person,
    make_vote,
)

pytestmark = pytest.mark.django_db

SECRETS = ("secret", "hidden words", "০১৭", "Moderator Secretname", "token-of-the-form")


@pytest.fixture
def dialogue() -> Dialogue:
    return make_dialogue(state=State.LIVE)


def make_secretive(dialogue: Dialogue, **fields: Any) -> Contribution:
    """Public itself, with every private thing that hangs on it."""
    moderator = make_moderator(dialogue, display_name="Moderator Secretname")
    facts = {
        "person": make_person(display_name="Karim", phone="০১৭১১"),
        "client_token": "token-of-the-form",
        "claimed_by": moderator,
        "claimed_until": clock.now(),
        "decided_by": moderator,
        "decided_at": clock.now(),
    }
    return make_contribution(dialogue, **{**facts, **fields})


def check(told: object) -> None:
    text = json.dumps(told, ensure_ascii=False, default=str)
    assert not [secret for secret in SECRETS if secret in text]


def test_a_whole_face(dialogue: Dialogue) -> None:
    office = make_office(code="dc-rangpur", name_bn="জেলা প্রশাসক, রংপুর", name_en="DC Rangpur")
    contribution = make_secretive(dialogue, text="কবে হবে?", office=office, accreditation="press")
    picture = Picture.objects.create(contribution=contribution, width=4, height=3)
    began = clock.now()
    Answer.objects.create(contribution=contribution, office=office, kind="on_air", began_at=began)
    face = {
        "id": "dc-rangpur",
        "name": {"bn": "জেলা প্রশাসক, রংপুর", "en": "DC Rangpur"},
        "place": {"bn": "ঢাকা", "en": "Dhaka"},
    }
    assert public.contribution_face(contribution) == {
        "kind": "question",
        "text": "কবে হবে?",
        "language": "bn",
        "office": face,
        "author": {"name": "Karim", "accredited": "press"},
        "at": clock.stamp(contribution.created_at),
        "status": "open",
        "pictures": [
            {"url": f"/public/{dialogue.slug}/pictures/{picture.public_id}.jpg", "width": 4, "height": 3}
        ],
        "merged_into": None,
        "answer": {
            "kind": "on_air", "office": face, "text": "", "began_at": clock.stamp(began),
            "ended_at": None, "due_on": None,
        },
    }  # fmt: skip
    check(public.contribution_face(contribution))


@pytest.mark.parametrize("status", [Status.WAITING, Status.DECLINED])
def test_what_is_not_public_has_no_face(dialogue: Dialogue, status: Status) -> None:
    assert public.contribution_face(make_contribution(dialogue, status=status)) is None


def test_changes_leave_no_trace_of_what_waits_or_was_declined_unseen(dialogue: Dialogue) -> None:
    make_secretive(dialogue)
    hidden = [
        make_contribution(dialogue, text="hidden words", status=status, revision=revision)
        for status, revision in ((Status.WAITING, 0), (Status.WAITING, 5), (Status.DECLINED, 0))
    ]
    told = public.contributions_changed_since(dialogue, 0)
    check(told)
    assert not {one.public_id for one in hidden} & set(told[1])


def test_changes_come_once_and_in_order(dialogue: Dialogue) -> None:
    moderator = make_moderator(dialogue)
    first, second = (make_contribution(dialogue, status=Status.WAITING, revision=0) for _ in range(2))
    actions.approve(first, by=moderator)
    seen, faces = public.contributions_changed_since(dialogue, 0)
    assert (set(faces), seen) == ({first.public_id}, public.revision(dialogue))
    actions.approve(second, by=moderator)
    seen, faces = public.contributions_changed_since(dialogue, seen)
    assert set(faces) == {second.public_id}
    assert public.contributions_changed_since(dialogue, seen) == (seen, {})


def test_revision_and_counts_tell_nothing_else(dialogue: Dialogue) -> None:
    assert public.revision(dialogue) == public.revision_of(dialogue) == 0
    contribution = make_secretive(dialogue)
    make_vote(contribution)
    hidden = make_contribution(dialogue, status=Status.WAITING, text="hidden words")
    make_vote(hidden)
    make_contribution(dialogue, status=Status.DECLINED, decline_reason="abusive", text="hidden words")
    assert public.tally(dialogue) == {contribution.public_id: 1}
    assert public.declined_counts(dialogue) == {"abusive": 1}
    for told in (public.tally(dialogue), public.declined_counts(dialogue), public.revision(dialogue)):
        check(told)


def test_faces_of_answers_and_pictures_leak_nothing(dialogue: Dialogue) -> None:
    contribution = make_secretive(dialogue)
    picture = Picture.objects.create(contribution=contribution, width=4, height=3)
    answer = Answer.objects.create(
        contribution=contribution, office=make_office(), kind="written", text="Yes"
    )
    check(public.picture_face(contribution, picture))
    check(public.answer_face(answer))
    assert public.newest_answer(contribution) == answer
    assert public.answer_face(None) is None


def test_the_record_keeps_no_text_of_what_was_not_let_in(dialogue: Dialogue) -> None:
    host, office = make_host(dialogue), make_participation(dialogue).office
    declined, addressed = (
        make_secretive(
            dialogue, status=Status.WAITING, revision=0, text="hidden words", claimed_until=None,
            client_token=f"token-of-the-form-{number}",
        )
        for number in range(2)
    )  # fmt: skip
    actions.decline(declined, by=host, reason="abusive")
    actions.address_to(addressed, by=host, office=office)
    shown = make_secretive(dialogue, claimed_until=None)
    actions.begin_answer(shown, by=host, office=office)
    assert Entry.objects.count() == 3
    for entry in Entry.objects.all():
        check(entry.data)
