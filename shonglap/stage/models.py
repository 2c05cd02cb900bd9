"""The stage of a dialogue: who is connected, who is on air, what the picture shows, what was recorded.

On-air state is ours, in the database, so that a site that loses its line comes back where it was.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shonglap.base import text
from shonglap.dialogues.models import AgendaItem, Dialogue, Guest, Site


class Scene(models.TextChoices):
    SOLO = "solo", _("Solo")
    TWO = "two", _("Two")
    GRID = "grid", _("Grid")
    QUESTION = "question", _("Question full screen")
    SLATE = "slate", _("Slate")


class Stage(models.Model):
    """One a dialogue. `revision` grows with every change that the programme or a screen must follow.

    The card is plain text given by the caller: the stage knows nothing of questions.
    """

    dialogue = models.OneToOneField(Dialogue, models.CASCADE, related_name="stage")
    scene = models.CharField(max_length=8, choices=Scene, default=Scene.SLATE)
    agenda_item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True)
    card_id = models.CharField(max_length=12, blank=True)  # public id of what the card shows
    card_text = models.TextField(blank=True)
    card_from = models.CharField(max_length=text.room(160), blank=True)
    language = models.CharField(max_length=2, default="bn")  # of the overlays
    revision = models.PositiveIntegerField(default=1)
    # What the running programme says of itself.
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    streaming = models.BooleanField(default=False)
    recording_ready = models.BooleanField(default=False)


class Quality(models.TextChoices):
    UNKNOWN = "unknown", _("Unknown")
    LOST = "lost", _("Lost")
    POOR = "poor", _("Poor")
    GOOD = "good", _("Good")
    EXCELLENT = "excellent", _("Excellent")


class Seat(models.Model):
    """A site's or guest's place on the stage. `on_air_order` is null in the green room, else 1, 2, ..."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="seats")
    site = models.OneToOneField(Site, models.CASCADE, null=True, blank=True, related_name="seat")
    guest = models.OneToOneField(Guest, models.CASCADE, null=True, blank=True, related_name="seat")
    identity = models.CharField(max_length=40, unique=True)  # in the LiveKit room: "site-<public id>"
    # Who speaks there now, for the name strap.
    speaker_bn = models.CharField(max_length=text.room(120), blank=True)
    speaker_en = models.CharField(max_length=text.room(120), blank=True)
    position_bn = models.CharField(max_length=text.room(160), blank=True)
    position_en = models.CharField(max_length=text.room(160), blank=True)
    connected = models.BooleanField(default=False)
    quality = models.CharField(max_length=9, choices=Quality, default=Quality.UNKNOWN)
    on_air_order = models.PositiveSmallIntegerField(null=True, blank=True)
    muted = models.BooleanField(default=False)
    hand_raised_at = models.DateTimeField(null=True, blank=True)
    host_note = models.CharField(max_length=text.room(300), blank=True)
    removed = models.BooleanField(default=False)  # sent out by the host; may not join until let back in
    connected_at = models.DateTimeField(null=True, blank=True)
    ever_connected = models.BooleanField(default=False)
    # The newest session in the conference that we heard of. News of older ones come late and are nothing.
    session = models.CharField(max_length=40, blank=True)
    session_began_ms = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(site__isnull=False) ^ models.Q(guest__isnull=False),
                name="a_seat_is_for_a_site_or_a_guest",
            )
        ]


class AgendaMark(models.Model):
    """An agenda item began at this moment of the programme."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="agenda_marks")
    agenda_item = models.ForeignKey(AgendaItem, models.CASCADE)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class RecordingPart(models.Model):
    """An unbroken stretch of the programme: one a run, several where the programme was restarted.

    `began_at` is the wall-clock time of its first frame, `seconds` how much of it is safe on disk.
    A moment's place in the recording is the sum of earlier parts plus its distance from `began_at`.
    """

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="recording_parts")
    began_at = models.DateTimeField()
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ["began_at", "id"]
