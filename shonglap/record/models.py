"""The record: an append-only list of what was done, by whom, and what of it is public."""

from typing import Any, NoReturn

from django.db import models


class Sealed(Exception):
    """Somebody tried to change the past: a programmer's mistake, never an answer for a visitor."""


class Entries(models.QuerySet["Entry"]):
    def update(self, **_changes: Any) -> NoReturn:
        raise Sealed

    def delete(self) -> NoReturn:
        raise Sealed


class Entry(models.Model):
    """One act. Never changed, never deleted (the database trigger of a later issue seals it).

    `data` is what the public may read; the actor is for the log of privileged acts only.
    """

    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=60, db_index=True)  # "questions.approve"
    subject = models.CharField(max_length=80, db_index=True)  # public id of the thing acted on
    dialogue = models.CharField(max_length=80, blank=True, db_index=True)  # its slug, if any
    data = models.JSONField(default=dict)
    public = models.BooleanField(default=True)
    actor = models.CharField(max_length=40, blank=True)  # public id of the person; never published

    objects = Entries.as_manager()

    class Meta:
        ordering = ["id"]

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            raise Sealed
        super().save(**options)

    def delete(self, **_options: Any) -> NoReturn:  # type: ignore[override]
        raise Sealed
