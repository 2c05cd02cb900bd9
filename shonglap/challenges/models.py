"""Challenges: somebody contests an answer or a report, with reasons and evidence, on a clock of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shonglap.base import clock, ids
from shonglap.commitments.models import Report
from shonglap.offices.models import Office, Posting
from shonglap.questions.models import Answer


class Reason(models.TextChoices):
    NOT_TRUE = "not_true", _("It is not true")
    NOT_DONE = "not_done", _("What it says was not done")
    INCOMPLETE = "incomplete", _("It leaves out what matters")
    CONTRADICTS = "contradicts", _("It contradicts another answer")
    OUTDATED = "outdated", _("It does not hold any more")


class State(models.TextChoices):
    """Who has to speak next, or what came of it."""

    OPEN = "open", _("The office is asked")
    ASKED_SUPERIOR = "asked_superior", _("The superior office is asked")
    IGNORED = "ignored", _("Ignored")
    UPHELD = "upheld", _("Upheld")
    PARTLY_UPHELD = "partly_upheld", _("Partly upheld")
    REJECTED = "rejected", _("Rejected")
    MERGED = "merged", _("Merged into another")
    WITHDRAWN = "withdrawn", _("Withdrawn by the challenger")


class Challenge(models.Model):
    """Of exactly one thing. `office` owes the next word by `due_on`; the clock looks at `clock_at`."""

    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="challenges")
    client_token = models.CharField(max_length=40)
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, blank=True, related_name="challenges")
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="challenges")
    other_answer = models.ForeignKey(  # the one that contradicts it
        Answer, models.PROTECT, null=True, blank=True, related_name="contradicting"
    )
    reason = models.CharField(max_length=11, choices=Reason)
    text = models.TextField()
    language = models.CharField(max_length=2, default="bn")
    link = models.URLField(max_length=400, blank=True)
    state = models.CharField(max_length=14, choices=State, default=State.OPEN)
    state_at = models.DateTimeField(default=clock.now)
    office = models.ForeignKey(Office, models.PROTECT, related_name="challenges")
    due_on = models.DateField()
    clock_at = models.DateTimeField(null=True, blank=True, db_index=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "client_token"], name="a_challenge_is_sent_once"),
            models.CheckConstraint(
                condition=Q(answer__isnull=False, report__isnull=True)
                | Q(answer__isnull=True, report__isnull=False),
                name="a_challenge_is_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]


class ChallengePicture(models.Model):
    """Evidence, re-encoded by us."""

    public_id = models.CharField(max_length=20, unique=True, default=ids.new_id, editable=False)
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="pictures")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]


class Support(models.Model):
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="supports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["challenge", "person"], name="one_support_a_person")]


class Ruling(models.Model):
    """What an office or its superior says to a challenge. Ruling on an answer, a superior gives one too."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="rulings")
    office = models.ForeignKey(Office, models.PROTECT, related_name="rulings")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=14, choices=State)
    text = models.TextField()
    language = models.CharField(max_length=2, default="bn")
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, blank=True, related_name="rulings")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
