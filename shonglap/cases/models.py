"""Cases: a complaint or problem that an office must solve, with a tracking code, steps and deadlines."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shonglap.base import clock, ids
from shonglap.base.text import room
from shonglap.offices.models import Office, Posting
from shonglap.questions.models import Contribution


class Procedure(models.Model):
    """How a kind of case is worked off: steps in order, each with a role and a deadline in working days."""

    code = models.SlugField(max_length=60, unique=True)
    name_bn = models.CharField(max_length=room(160))
    name_en = models.CharField(max_length=room(160))

    class Meta:
        ordering = ["code"]


class Step(models.Model):
    class Role(models.TextChoices):
        OFFICER = "officer", _("Officer")
        HEAD = "head", _("Head of the office")

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name_bn = models.CharField(max_length=room(160))
    name_en = models.CharField(max_length=room(160))
    role = models.CharField(max_length=7, choices=Role, default=Role.OFFICER)
    working_days = models.PositiveSmallIntegerField()
    # Four eyes: who verifies is another person than who did it. Blank: nobody verifies this step.
    verifier = models.CharField(max_length=7, choices=Role, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["procedure", "position"], name="one_step_a_position")]


class Category(models.Model):
    """What a case is about. `emergency_*` stops the form first ("call 999"), `notice_*` is read before it.

    `questions`: extra ones, a list of {"code", "label_bn", "label_en", "needed": bool}.
    """

    code = models.SlugField(max_length=60, unique=True)
    name_bn = models.CharField(max_length=room(120))
    name_en = models.CharField(max_length=room(120))
    notice_bn = models.TextField(blank=True)
    notice_en = models.TextField(blank=True)
    emergency_bn = models.TextField(blank=True)
    emergency_en = models.TextField(blank=True)
    questions = models.JSONField(default=list, blank=True)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="categories")
    left_out = models.BooleanField(default=False)  # points to a person who deserves an allowance
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "categories"


class Route(models.Model):
    """Place and category lead to the responsible office; the more exact row wins, a blank fits everything."""

    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="routes")
    place = models.ForeignKey(Office, models.CASCADE, null=True, blank=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="routes")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["category", "place"], name="one_route_a_category_and_place"),
            models.UniqueConstraint(
                fields=["category"], condition=Q(place__isnull=True), name="one_route_a_category_anywhere"
            ),
            models.UniqueConstraint(
                fields=["place"], condition=Q(category__isnull=True), name="one_route_a_place_for_anything"
            ),
        ]


class State(models.TextChoices):
    """The office's word. What the reporter says stands beside it, never in its place."""

    UNCONFIRMED = "unconfirmed", _("Waits for the reporter's code")
    RECEIVED = "received", _("Received by the office")
    IN_WORK = "in_work", _("In work")
    WAITING = "waiting", _("Waits for the reporter")
    SAID_SOLVED = "said_solved", _("Solved, says the office")
    SAID_UNSOLVABLE = "said_unsolvable", _("Cannot be solved, says the office")
    WITHDRAWN = "withdrawn", _("Withdrawn by the reporter")
    DECLINED = "declined", _("Declined")


class Says(models.TextChoices):
    SOLVED = "solved", _("Solved")
    NOT_SOLVED = "not_solved", _("Not solved")


class Case(models.Model):
    """`place` is the district or upazila by its office. `code` is for everybody, `secret` for the reporter.

    `due_on` is the day of the present step; `clock_at` is when the clock looks at the case next.
    """

    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    code = models.CharField(max_length=14, unique=True)
    secret = models.CharField(max_length=40, unique=True)
    client_token = models.CharField(max_length=40, unique=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="cases")
    place = models.ForeignKey(Office, models.PROTECT, related_name="placed_cases")
    spot = models.CharField(max_length=room(160), blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=2, default="bn")
    answers = models.JSONField(default=dict, blank=True)  # to the category's extra questions
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="cases"
    )
    email = models.EmailField(blank=True)  # of a reporter without an account; never public
    phone = models.CharField(max_length=20, blank=True)
    reporter_name = models.CharField(max_length=room(80), blank=True)
    name_shown = models.BooleanField(default=False)
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, null=True, blank=True, related_name="cases"
    )
    entered_by = models.ForeignKey(  # a clerk who entered it on the reporter's behalf
        Posting, models.PROTECT, null=True, blank=True, related_name="entered_cases"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="cases")
    worker = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="worked_cases")
    state = models.CharField(max_length=15, choices=State, default=State.UNCONFIRMED)
    state_at = models.DateTimeField(default=clock.now)
    reporter_says = models.CharField(max_length=10, choices=Says, blank=True)
    reporter_said_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    escalations = models.PositiveSmallIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True, blank=True)  # the clock stands still from here
    rounds = models.PositiveSmallIntegerField(default=1)  # one more each time the reporter says "not solved"
    clock_at = models.DateTimeField(null=True, blank=True, db_index=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["office", "state", "due_on"]),
            models.Index(fields=["worker", "state", "due_on"]),
            models.Index(fields=["place", "category", "created_at"]),
        ]


class CasePicture(models.Model):
    """Re-encoded by us; public only where the case is and its category allows."""

    public_id = models.CharField(max_length=20, unique=True, default=ids.new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="pictures")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]


class LeftOut(models.Model):
    """The person left out of an allowance: for the handling office only, and never public."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="left_out")
    name = models.CharField(max_length=room(120))
    whereabouts = models.CharField(max_length=room(300), blank=True)
    contact = models.CharField(max_length=60, blank=True)


class CaseStep(models.Model):
    """A step of the procedure as this case goes through it; a new round makes new rows."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    step = models.ForeignKey(Step, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField()
    done_by = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    verified_by = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    sent_back = models.PositiveSmallIntegerField(default=0)  # times the verifier was not content

    class Meta:
        ordering = ["round", "step__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "step", "round"], name="a_step_once_a_round"),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=models.F("done_by")),
                name="four_eyes",
            ),
        ]


class Refusal(models.Model):
    """An office said "not ours" and named where it goes next. Public, and counted."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="refusals")
    office = models.ForeignKey(Office, models.PROTECT, related_name="refusals")
    sent_to = models.ForeignKey(Office, models.PROTECT, related_name="+")
    reason = models.TextField()
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
