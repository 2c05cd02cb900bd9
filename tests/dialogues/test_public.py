"""The public face tells what was announced, and nothing of the people behind it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from shonglap.dialogues import public
from shonglap.dialogues.models import Dialogue
from tests.factories import (
    make_agenda_item,
    make_dialogue,
    make_guest,
    make_host,
    make_participation,
    make_person,
    make_posting,
    make_site,
)

pytestmark = pytest.mark.django_db

MOMENT = datetime(2017, 4, 16, 5, tzinfo=UTC)
SECRETS = ("secret@person.example", "Secret Name", "+8801700000000", "secret-summary")


def full() -> Dialogue:
    """A dialogue with a secret wherever one can be kept."""
    person = make_person(email=SECRETS[0], display_name=SECRETS[1], phone=SECRETS[2])
    posting = make_posting(person=person, is_head=True)
    dialogue = make_dialogue(
        chair=posting, summary_en=SECRETS[3], starts_at=datetime(2017, 4, 16, 5, tzinfo=UTC)
    )
    make_host(dialogue)
    make_site(dialogue, contact=posting, office=posting.office, place_en="Rangpur")
    make_guest(dialogue, person=person, name_en="Inspector General of Police")
    make_agenda_item(dialogue, title_en="Opening", kind="opening", minutes=10, office=posting.office)
    make_participation(dialogue, office=posting.office)
    return dialogue


def keeps_secrets(face: Any, *told: str) -> None:
    text = json.dumps(face, ensure_ascii=False)
    assert not [secret for secret in SECRETS if secret in text]
    assert all(words in text for words in told)


def test_dialogue_face() -> None:
    face = public.dialogue_face(full())
    assert set(face) == {"slug", "topic", "state", "starts_at", "went_live_at", "ended_at"}
    assert (face["starts_at"], face["went_live_at"]) == ("2017-04-16T05:00:00.000Z", None)
    keeps_secrets(face, "Topic")


def test_agenda_face() -> None:
    dialogue = full()
    face = public.agenda_face(dialogue)
    assert list(face) == [dialogue.agenda.get().public_id]
    keeps_secrets(face, "Opening", '"minutes": 10', '"order": 1')


def test_guests() -> None:
    keeps_secrets(public.guests(full()), "Inspector General of Police", "speaker")


def test_sites() -> None:
    dialogue = full()
    face = public.sites(dialogue)
    assert list(face) == [dialogue.sites.get().public_id]
    keeps_secrets(face, "Rangpur", dialogue.sites.get().office.code)


def test_offices() -> None:
    dialogue = full()
    face = public.offices(dialogue)
    assert [office["id"] for office in face] == [dialogue.participations.get().office.code]
    keeps_secrets(face)


def test_revision_is_read_anew() -> None:
    dialogue = full()
    Dialogue.objects.update(revision=7)
    assert public.revision(dialogue) == 7
    keeps_secrets(public.revision(dialogue))


def test_each_list_costs_one_question(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    dialogue = full()
    for count in (1, 3):
        for face in (public.agenda_face, public.guests, public.sites, public.offices):
            with django_assert_num_queries(1):
                assert len(face(dialogue)) == count
        for _ in range(2):
            make_site(dialogue)
            make_guest(dialogue)
            make_agenda_item(dialogue)
            make_participation(dialogue)
