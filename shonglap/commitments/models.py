"""Commitments: decisions with owner offices and a due date, what the owners report, what citizens say."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shonglap.base import clock, ids
from shonglap.cases.models import Case
from shonglap.dialogues.models import Dialogue
from shonglap.offices.models import Office, Posting
from shonglap.questions.models import Contribution


class State(models.TextChoices):
    """The office's word, moved on by the clock. What citizens say stands beside it, never in its place."""

    OPEN = "open", _("Open")
    LATE = "late", _("Late")
    VERY_LATE = "very_late", _("Very late")
    REPORTED_DONE = "reported_done", _("Reported done")
    CONFIRMED = "confirmed", _("Confirmed")
    BROKEN = "broken", _("Broken")
    DROPPED = "dropped", _("Dropped")


class Says(models.TextChoices):
    """What the asker, a chair or a citizen says to a report that it is done."""

    DONE = "done", _("Done")
    PARTLY = "partly", _("Partly done")
    NOT_DONE = "not_done", _("Not done")


class Commitment(models.Model):
    """Never without an owner and a due date. `clock_at` is when the clock looks at it next."""

    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    text = models.TextField()
    measure = models.TextField()  # how everybody will see that it is done
    language = models.CharField(max_length=2, default="bn")
    goals = models.JSONField(default=list, blank=True)  # numbers of the Sustainable Development Goals
    due_on = models.DateField()  # of the present round: a "not done" restarts the clock
    first_due_on = models.DateField()
    state = models.CharField(max_length=13, choices=State, default=State.OPEN)
    state_at = models.DateTimeField(default=clock.now)
    citizens_say = models.CharField(max_length=8, choices=Says, blank=True)
    citizens_said_at = models.DateTimeField(null=True, blank=True)
    dialogue = models.ForeignKey(Dialogue, models.PROTECT, null=True, blank=True, related_name="commitments")
    moment = models.DateTimeField(null=True, blank=True)  # in the programme of that dialogue
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="commitments")
    offices = models.ManyToManyField(Office, through="Owner", related_name="commitments")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dropped_because = models.TextField(blank=True)
    client_token = models.CharField(max_length=40)
    clock_at = models.DateTimeField(null=True, blank=True, db_index=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["made_by", "client_token"], name="a_commitment_is_made_once"),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_because=""), name="dropped_only_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]


class Owner(models.Model):
    """An office that owes it; one of them leads."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="owners")
    office = models.ForeignKey(Office, models.PROTECT, related_name="owned_commitments")
    leads = models.BooleanField(default=False)

    class Meta:
        ordering = ["-leads", "id"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "office"], name="an_office_owns_once"),
            models.UniqueConstraint(fields=["commitment"], condition=Q(leads=True), name="one_office_leads"),
        ]


class Milestone(models.Model):
    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="milestones")
    text = models.CharField(max_length=600)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]


class Report(models.Model):
    """Progress, in the name of an owner office; `says_done` is the office's claim that the measure is met."""

    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="reports")
    office = models.ForeignKey(Office, models.PROTECT, related_name="commitment_reports")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    language = models.CharField(max_length=2, default="bn")
    link = models.URLField(max_length=400, blank=True)
    says_done = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]


class ReportPicture(models.Model):
    """Evidence, re-encoded by us; public with its report."""

    public_id = models.CharField(max_length=20, unique=True, default=ids.new_id, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="pictures")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]


class Word(models.Model):
    """What somebody says to a report that it is done: one person, one word a report."""

    class Capacity(models.TextChoices):
        ASKER = "asker", _("Who asked")
        CHAIR = "chair", _("Chair of a dialogue")
        CITIZEN = "citizen", _("Citizen")

    report = models.ForeignKey(Report, models.CASCADE, related_name="words")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=7, choices=Capacity)
    says = models.CharField(max_length=8, choices=Says)
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["report", "person"], name="one_person_one_word")]


class FollowUp(models.Model):
    """It was taken up at a later dialogue; `moment` is in that programme."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="follow_ups")
    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="follow_ups")
    moment = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "dialogue"], name="followed_up_once_a_dialogue")
        ]
