"""What a person is told: the notice itself, and its way out by mail, message and push."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shonglap.base import clock, ids


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    PUSH = "push", _("Push notice")


class When(models.TextChoices):
    """What a person chooses for a kind of notice and a channel."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, all together")
    NEVER = "never", _("Never")


class Follow(models.Model):
    """`subject` names what is followed: "office:dc-rangpur", "dialogue:<slug>", "commitment:<public id>"."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    subject = models.CharField(max_length=100, db_index=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "subject"], name="one_follows_a_thing_once")]


class Notice(models.Model):
    """Something a person is told once. Words are made when it is read, in the reader's language.

    Without a person it goes to `email` or `phone` alone: to whoever reported a case without an account.
    `once` names the event, so that telling it twice is telling it once.
    """

    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="notices"
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2, default="bn")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=100, blank=True)  # as in Follow
    path = models.CharField(max_length=200, blank=True)  # the page, without its language: "/commitments/x/"
    facts = models.JSONField(default=dict)  # what the words are filled with: text, or {"bn": ..., "en": ...}
    once = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "once"], condition=~Q(once=""), name="an_event_is_told_a_person_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "read_at"])]


class Delivery(models.Model):
    """One notice on its way out by one channel; a worker claims it by a conditional update."""

    class State(models.TextChoices):
        DUE = "due", _("Due")
        DIGEST = "digest", _("Waits for the daily digest")
        SENT = "sent", _("Sent")
        GIVEN_UP = "given_up", _("Given up")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=5, choices=Channel)
    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    try_at = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_a_channel")]
        indexes = [models.Index(fields=["state", "try_at"])]


class Choice(models.Model):
    """What a person wants for a kind of notice by a channel; without one the kind's own default holds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=5, choices=Channel)
    when = models.CharField(max_length=7, choices=When)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "channel"], name="one_choice_a_kind_and_channel"
            )
        ]


class Wording(models.Model):
    """An administrator's own words for a kind of notice in a language; the newest holds, older ones stay."""

    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    body = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "language"])]


class Device(models.Model):
    """A browser that takes push notices (RFC 8030, keys of RFC 8291)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    endpoint = models.URLField(max_length=600, unique=True)
    public_key = models.CharField(max_length=120)
    secret = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]


class Digest(models.Model):
    """The daily digest of a person: one a day, the database says so."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    day = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day")]
