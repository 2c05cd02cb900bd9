"""The record: an append-only list of what was done, by whom, and what of it is public."""

from django.db import models


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

    class Meta:
        ordering = ["id"]
