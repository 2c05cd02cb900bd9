"""A rich dialogue with a secret wherever one can be kept, and every public file that is written of it."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from PIL import Image

from shonglap.accounts.models import Person
from shonglap.base import clock, pictures
from shonglap.dialogues.models import Dialogue, Guest, Site, State
from shonglap.offices.models import Posting
from shonglap.questions import actions
from shonglap.questions.models import Contribution
from shonglap.stage import actions as stages
from shonglap.stage.models import Seat
from tests import factories as make
from tests.feed.scene import Scene, Walk, composer_of, live

pytestmark = pytest.mark.django_db

NUMBER = 918273645  # of a row, so that no other number in a file looks like it
SECRETS = (
    "secret",  # in e-mail addresses, notes, texts, tokens and sessions
    "01712345678",
    "Officialname",
    str(NUMBER),
)


@pytest.fixture
def scene() -> Scene:
    scene = live()
    posting = make.make_posting(person=private("Officialname of the contact"), office=scene.office)
    Dialogue.objects.update(chair=posting, summary_en="secret draft of the summary")
    Site.objects.update(contact=posting)
    Guest.objects.update(person=private("Officialname of the guest"))
    make.make_moderator(scene.dialogue, display_name="Officialname of the moderator")
    scene.host.display_name = "Officialname of the host"
    scene.host.save()
    scene.dialogue.refresh_from_db()
    return scene


def private(name: str, **fields: Any) -> Person:
    return make.make_person(display_name=name, phone="+8801712345678", **fields)


def jpeg() -> pictures.Prepared:
    data = BytesIO()
    Image.new("RGB", (8, 6), "green").save(data, "PNG")
    data.seek(0)
    return pictures.prepare(data, "secret-name.png")


def sent(scene: Scene, by: Person, text: str, token: str) -> Contribution:
    return actions.contribute(
        scene.dialogue, by=by, kind="question", text=text, language="en", office=scene.office,
        client_token=token, pictures=[jpeg()],
    )  # fmt: skip


def play(scene: Scene) -> Iterator[str]:
    """Everything that people do, with a pause after each step in which ticks are written."""
    citizen = private("Karim", id=NUMBER)
    for seat in scene.seats:
        stages.write_note(seat, by=scene.host, note="secret word of the host")
        stages.note_connected(seat.identity, True)
        stages.bring_on_air(seat, by=scene.host)
    Seat.objects.update(session="PA_secret")
    stages.mute(scene.seats[0], by=scene.host, muted=True)
    yield "a stage with notes"
    shown, declined, waiting, removed = (
        sent(scene, citizen, text, f"secret-token-{number}")
        for number, text in enumerate(
            ("When is the road mended?", "a secret that was declined", "a secret that waits", "Who is Rahim?")
        )
    )
    yield "nothing decided"
    actions.claim(shown, by=scene.host)
    for one in (shown, removed):
        actions.approve(one, by=scene.host)
    actions.decline(declined, by=scene.host, reason="personal_data")
    make.make_vote(shown, person=citizen)
    make.make_vote(waiting)
    yield "one approved, one declined, one waiting"
    posting = Posting.objects.get(office=scene.office)
    stages.show_card(
        scene.stage,
        by=scene.host,
        card_id=shown.public_id,
        text=shown.text,
        author="Officialname on the card",
    )
    for one in (shown, removed):
        actions.begin_answer(one, by=scene.host, office=scene.office, posting=posting)
        actions.finish_answer(one, by=scene.host, text="In May.")
    actions.decline(removed, by=scene.host, reason="unproven_accusation")
    yield "answered, and one taken down"


def contents() -> dict[str, str]:
    """Every file below public as text; packed ones say the same as the plain ones (see reading.py)."""
    files = [file for file in settings.PUBLIC_FOLDER.rglob("*") if file.is_file() and file.suffix != ".gz"]
    return {
        f"{file.relative_to(settings.PUBLIC_FOLDER)}": file.read_bytes().decode("utf-8", "replace")
        for file in files
    }


def found(secrets: tuple[str, ...], files: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, secret) for name, text in files.items() for secret in secrets if secret in name + text]


def test_no_secret_is_in_any_public_file(scene: Scene) -> None:
    stages.begin_part(scene.stage)
    walking = Walk(composer_of(scene))
    for _step in play(scene):
        walking.turn(2)
    for state in (State.ENDED, State.PUBLISHED):
        now, revision = clock.now(), 1000 + list(State).index(state)
        Dialogue.objects.update(state=state, ended_at=now, published_at=now, revision=revision)
        walking.turn()
    stages.recording_finished(scene.stage)
    walking.turn()
    files = contents()
    names = {person.public_id for person in Person.objects.all()}
    for identity in (*names, *Posting.objects.values_list("public_id", flat=True)):
        assert found((identity,), files) == []
    assert found(SECRETS, files) == []
    tokens = tuple(Contribution.objects.values_list("client_token", flat=True))
    assert found(tokens, files) == []
    told = scene.feed.state()
    assert [face["author"]["name"] for face in told["contributions"].values()] == ["Karim"]
    assert told["declined"] == {"personal_data": 1, "unproven_accusation": 1}
    assert scene.feed.head["final"]
    assert len(files) > 15


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_down_is_in_no_file_that_is_read_now(scene: Scene) -> None:
    """Ticks already written stay as they are; the state, the chapters and the pictures forget it."""
    stages.begin_part(scene.stage)
    walking = Walk(composer_of(scene))
    for _step in play(scene):
        walking.turn()
    removed = Contribution.objects.get(text="Who is Rahim?")
    assert removed.public_id not in scene.feed.state()["contributions"]
    for name, text in contents().items():
        if "/chapters/" in name or "/pictures/" in name:
            assert "Rahim" not in text
            assert removed.pictures.get().public_id not in name


def test_a_rehearsal_is_no_news(scene: Scene) -> None:
    Dialogue.objects.update(state=State.REHEARSAL, went_live_at=None, revision=5)
    scene.dialogue.refresh_from_db()
    scene.stage.refresh_from_db()
    walking = Walk(composer_of(scene))
    for seat in scene.seats:
        stages.name_speaker(seat, by=scene.host, speaker_en="secret speaker")
        stages.note_connected(seat.identity, True)
        stages.bring_on_air(seat, by=scene.host)
    stages.begin_agenda_item(scene.stage, by=scene.host, agenda_item=scene.items[0])
    stages.show_card(scene.stage, by=scene.host, card_id="abc", text="secret card", author="")
    walking.turn(3)
    state = scene.feed.state()
    assert (state["stage"], state["sites"]) == ({"scene": "slate", "on_air": []}, {})
    assert {item["state"] for item in state["agenda"].values()} == {"planned"}
    assert found(("secret", *(seat.identity for seat in scene.seats)), contents()) == []


def test_this_test_would_find_a_leak(scene: Scene) -> None:
    """What a careless face would let through is seen by the search and by the schema."""
    composer_of(scene).compose()
    leak = scene.feed.path / "99.txt"
    leak.write_text(json.dumps({"email": "citizen@secret.example"}))
    assert found(SECRETS, contents()) == [(f"{scene.dialogue.slug}/feed/99.txt", "secret")]
    leak.unlink()
