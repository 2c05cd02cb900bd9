"""A dialogue as an event in time: its plan, its people, its state."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shonglap.base import clock, ids, text
from shonglap.offices.models import Office, Posting


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", _("Announced")
    REHEARSAL = "rehearsal", _("Rehearsal")
    LIVE = "live", _("Live")
    ENDED = "ended", _("Ended")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")


class Dialogue(models.Model):
    """`revision` grows with every change that the public can see; the feed watches it."""

    slug = models.SlugField(max_length=80, unique=True)
    topic_bn = models.CharField(max_length=text.room(200))
    topic_en = models.CharField(max_length=text.room(200))
    purposes_bn = models.TextField(blank=True)  # one purpose a line
    purposes_en = models.TextField(blank=True)
    host_office = models.ForeignKey(Office, models.PROTECT, related_name="hosted_dialogues")
    chair = models.ForeignKey(
        Posting, models.PROTECT, null=True, blank=True, related_name="chaired_dialogues"
    )
    offices = models.ManyToManyField(Office, through="Participation", related_name="dialogues")
    languages = models.CharField(max_length=5, default="bn,en")  # spoken ones, comma between
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    cancel_reason_bn = models.CharField(max_length=text.room(300), blank=True)
    cancel_reason_en = models.CharField(max_length=text.room(300), blank=True)
    went_live_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    summary_bn = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-starts_at", "-id"]


class Participation(models.Model):
    """An office takes part: it can be asked and it can answer."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="participations")
    office = models.ForeignKey(Office, models.PROTECT, related_name="participations")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "office"], name="an_office_takes_part_once")
        ]


class Guest(models.Model):
    """Somebody announced by name and role; a person with an account may be behind it."""

    class Role(models.TextChoices):
        CHIEF_GUEST = "chief_guest", _("Chief guest")
        SPECIAL_GUEST = "special_guest", _("Special guest")
        SPEAKER = "speaker", _("Speaker")
        OBSERVER = "observer", _("Observer")
        INTERPRETER = "interpreter", _("Sign language interpreter")

    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="guests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    name_bn = models.CharField(max_length=text.room(120))
    name_en = models.CharField(max_length=text.room(120))
    position_bn = models.CharField(max_length=text.room(160), blank=True)
    position_en = models.CharField(max_length=text.room(160), blank=True)
    role = models.CharField(max_length=16, choices=Role)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]


class Site(models.Model):
    """A place that joins the stage by video. `contact` is the posting that opens the site page."""

    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="sites")
    office = models.ForeignKey(Office, models.PROTECT, related_name="sites")
    place_bn = models.CharField(max_length=text.room(80))
    place_en = models.CharField(max_length=text.room(80))
    contact = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="sites")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["dialogue", "office"], name="one_site_an_office")]


class AgendaItem(models.Model):
    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening")
        PRACTICE = "practice", _("Good practice")
        QUESTIONS = "questions", _("Questions and answers")
        FOLLOW_UP = "follow_up", _("Follow-up")
        DECISION = "decision", _("Decisions")
        CLOSING = "closing", _("Closing")

    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="agenda")
    kind = models.CharField(max_length=10, choices=Kind)
    title_bn = models.CharField(max_length=text.room(160))
    title_en = models.CharField(max_length=text.room(160))
    minutes = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]


class TeamMember(models.Model):
    """The host team of one dialogue."""

    class Role(models.TextChoices):
        HOST = "host", _("Host")
        MODERATOR = "moderator", _("Moderator")

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="team")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="team_roles")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "person", "role"], name="one_role_of_a_kind")
        ]
