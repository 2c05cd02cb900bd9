"""Contributions of viewers, their votes, their way over the moderators' desk to one public outcome."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shonglap.base import clock, ids
from shonglap.dialogues.models import Dialogue
from shonglap.offices.models import Office, Posting


class Board(models.Model):
    """One a dialogue. `revision` grows with every change of a contribution that the public can see."""

    dialogue = models.OneToOneField(Dialogue, models.CASCADE, related_name="board")
    revision = models.PositiveIntegerField(default=1)


class Kind(models.TextChoices):
    QUESTION = "question", _("Question")
    ADVICE = "advice", _("Advice")
    PROBLEM = "problem", _("Problem")
    PRAISE = "praise", _("Praise")
    COMMENT = "comment", _("Comment")


class Status(models.TextChoices):
    WAITING = "waiting", _("Waiting for the moderators")
    OPEN = "open", _("Open")
    ANSWERING = "answering", _("Being answered now")
    ANSWERED_ON_AIR = "answered_on_air", _("Answered on air")
    ANSWERED_IN_WRITING = "answered_in_writing", _("Answered in writing")
    PROMISED = "promised", _("Answer promised in writing")
    MERGED = "merged", _("Merged into another")
    DECLINED = "declined", _("Declined")
    NOTED = "noted", _("Noted")  # praise and comments need no answer


class DeclineReason(models.TextChoices):
    """The published list: shown to the asker and counted in public."""

    OFF_TOPIC = "off_topic", _("Not about the topic of this dialogue")
    ABUSIVE = "abusive", _("Abusive or insulting")
    PERSONAL_DATA = "personal_data", _("Contains personal data of others")
    UNPROVEN_ACCUSATION = "unproven_accusation", _("Accuses a named person without evidence")
    ADVERTISING = "advertising", _("Advertising")
    NOT_UNDERSTOOD = "not_understood", _("Cannot be understood")
    REPEATED = "repeated", _("Sent several times by the same person")


class Contribution(models.Model):
    """`client_token` comes with the form, so that a form sent twice is counted once."""

    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="contributions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="contributions")
    client_token = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField()
    language = models.CharField(max_length=2)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="contributions")
    accreditation = models.CharField(max_length=20, blank=True)  # the author's, at the time of sending
    status = models.CharField(max_length=20, choices=Status, default=Status.WAITING)
    review_after = models.BooleanField(default=False)  # appeared first, is to be reviewed
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="claims"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField(default=clock.now)
    revision = models.PositiveIntegerField(default=0)  # of the board, when the public face last changed

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "client_token"], name="a_form_counts_once")]
        indexes = [models.Index(fields=["dialogue", "status"]), models.Index(fields=["dialogue", "revision"])]


class Picture(models.Model):
    """Re-encoded by us, location and device data stripped; public only once the contribution is."""

    public_id = models.CharField(max_length=20, unique=True, default=ids.new_id, editable=False)
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="pictures")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]


class Vote(models.Model):
    """One person, one vote: the database says so. Votes are counted from these rows, never from a counter."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="votes")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="votes")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["contribution", "person"], name="one_person_one_vote")]
        indexes = [models.Index(fields=["dialogue", "contribution"])]


class Answer(models.Model):
    """An office's reply. On air: `began_at`/`ended_at` are wall-clock moments of the programme.

    A promise is an answer with `due_on` and no text yet.
    """

    class Kind(models.TextChoices):
        ON_AIR = "on_air", _("On air")
        WRITTEN = "written", _("In writing")
        PROMISE = "promise", _("Promised in writing")

    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="answers")
    office = models.ForeignKey(Office, models.PROTECT, related_name="answers")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="answers")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
