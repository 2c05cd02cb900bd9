"""Fills an empty database for the ingest bench: one live dialogue, people already signed in.

`python -m tools.bench.loading.seed PEOPLE OPEN` prints one JSON object: sessions, and what can be voted on.
"""

import json
import os
import sys
from datetime import timedelta

import django


def main(people: int, opened: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shonglap.config.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(fill(people, opened)))


def fill(people: int, opened: int) -> dict[str, object]:
    from shonglap.base import clock
    from shonglap.dialogues.models import Dialogue, Participation, State
    from shonglap.offices.models import Office
    from shonglap.questions.models import Board, Contribution

    office = Office.objects.create(code="bench", kind="department", name_bn="দপ্তর", name_en="Office")
    dialogue = Dialogue.objects.create(
        slug="bench", topic_bn="পরীক্ষা", topic_en="Bench", host_office=office, state=State.LIVE,
        starts_at=clock.now(), went_live_at=clock.now() - timedelta(minutes=5),
    )  # fmt: skip
    Participation.objects.create(dialogue=dialogue, office=office)
    Board.objects.create(dialogue=dialogue)
    author, *persons = made_people(people + 1)
    rows = [
        Contribution(
            dialogue=dialogue, person=author, client_token=f"seed-{number}", kind="question",
            text=f"প্রশ্ন {number}: এই সেবার খরচ কত এবং কত দিন লাগে?", language="bn", status="open", revision=1,
        )
        for number in range(opened)
    ]  # fmt: skip
    Contribution.objects.bulk_create(rows)
    return {
        "dialogue": dialogue.slug,
        "office": office.code,
        "sessions": sessions_of(persons),
        "contributions": [row.public_id for row in rows],
    }


def made_people(number: int) -> list["Person"]:  # type: ignore[name-defined]  # noqa: F821 - after django.setup
    from shonglap.accounts.models import Person

    rows = [
        Person(email=f"person{one}@bench.example", display_name=f"Person {one}", password="!")  # noqa: S106
        for one in range(number)
    ]
    return Person.objects.bulk_create(rows, batch_size=500)


def sessions_of(persons: list["Person"]) -> list[str]:  # type: ignore[name-defined]  # noqa: F821
    """As signing in leaves them: rows in the table of sessions, one a person."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    from shonglap.base import clock

    store, rows = SessionStore(), []
    for person in persons:
        facts = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        key = store._get_new_session_key()  # type: ignore[attr-defined]
        expires = clock.now() + timedelta(days=1)
        rows.append(Session(session_key=key, session_data=store.encode(facts), expire_date=expires))
    Session.objects.bulk_create(rows, batch_size=500)
    return [row.session_key for row in rows]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
