"""Telling people: one notice an event and person. How it goes out is decided when it is told."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from shonglap.accounts.models import Person
from shonglap.notices.models import Follow, Notice


@transaction.atomic
def follow(person: Person, subject: str) -> None:
    Follow.objects.get_or_create(person=person, subject=subject)


@transaction.atomic
def unfollow(person: Person, subject: str) -> None:
    Follow.objects.filter(person=person, subject=subject).delete()


@transaction.atomic
def tell(
    person: Person, kind: str, *, subject: str, path: str, once: str = "", **facts: Any
) -> Notice | None:
    """None if the person was told of this event before. Called by actions, inside their transaction.

    `once` names the event ("late-<public id>-2026-12-01"); `facts` fill the words: text, or {"bn", "en"}.
    """
    if once and Notice.objects.filter(person=person, once=once).exists():
        return None
    return Notice.objects.create(
        person=person, language=person.language, kind=kind, subject=subject, path=path, once=once, facts=facts
    )


@transaction.atomic
def tell_address(
    kind: str, *, email: str, phone: str, language: str, subject: str, path: str, facts: Mapping[str, Any]
) -> Notice | None:
    """To somebody without an account; None where there is nowhere to send it."""
    if not email and not phone:
        return None
    return Notice.objects.create(
        email=email, phone="" if email else phone, language=language,
        kind=kind, subject=subject, path=path, facts=dict(facts),
    )  # fmt: skip


@transaction.atomic
def tell_followers(kind: str, *, subject: str, path: str, once: str = "", **facts: Any) -> int:
    """How many were told."""
    followers = Person.objects.filter(follows__subject=subject, is_active=True).order_by("pk")
    return sum(
        tell(person, kind, subject=subject, path=path, once=once, **facts) is not None for person in followers
    )
