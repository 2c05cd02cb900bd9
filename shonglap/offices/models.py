"""Offices in their tree, the people posted to them, and accredited voices from outside."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode

from shonglap.base import ids, text


class Kind(models.TextChoices):
    GOVERNMENT = "government", _("Government")
    MINISTRY = "ministry", _("Ministry")
    DEPARTMENT = "department", _("Department")
    COMMISSION = "commission", _("Commission")
    DIVISION = "division", _("Division")
    DISTRICT = "district", _("District")
    UPAZILA = "upazila", _("Upazila")
    NGO = "ngo", _("NGO")
    MEDIA = "media", _("Media house")
    UNIVERSITY = "university", _("University")


class Office(TreeNode):  # type: ignore[misc]  # the package has no types
    """`code` is the stable name that imports and addresses use ("dc-rangpur")."""

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name_bn = models.CharField(max_length=text.room(160))
    name_en = models.CharField(max_length=text.room(160))
    place_bn = models.CharField(max_length=text.room(80), blank=True)
    place_en = models.CharField(max_length=text.room(80), blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name_en"]


class Postings(models.QuerySet["Posting"]):
    def present(self, day: date) -> "Postings":
        """Those that hold on this day; the last day still counts."""
        return self.not_over(day).filter(starts_on__lte=day)

    def not_over(self, day: date) -> "Postings":
        """Those that hold on this day or are still to come."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def meeting(self, first: date, last: date | None) -> "Postings":
        """Those that share more with these days than the day of the handover."""
        found = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=first))
        return found if last is None else found.filter(starts_on__lt=last)


class Posting(models.Model):
    """A person holds a position in an office from a day until a day (open end = still there)."""

    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings")
    office = models.ForeignKey(Office, models.PROTECT, related_name="postings")
    position_bn = models.CharField(max_length=text.room(120))
    position_en = models.CharField(max_length=text.room(120))
    is_head = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = Postings.as_manager()

    class Meta:
        ordering = ["-is_head", "position_en", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="posting_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(is_head=True, ends_on__isnull=True),
                name="one_present_head_an_office",
            ),
        ]


class Accreditation(models.Model):
    """A host office vouches for a citizen journalist or a member of the press for a time."""

    class Kind(models.TextChoices):
        CITIZEN_JOURNALIST = "citizen_journalist", _("Citizen journalist")
        PRESS = "press", _("Press")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="accreditations")
    kind = models.CharField(max_length=20, choices=Kind)
    given_by = models.ForeignKey(Office, models.PROTECT, related_name="accreditations")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="accreditation_ends_after_it_starts"
            )
        ]


class Closure(models.Model):
    """Days on which an office, and every office below it, does not work: beside weekends and holidays."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="closures")
    first_day = models.DateField()
    last_day = models.DateField()
    name_bn = models.CharField(max_length=text.room(120))
    name_en = models.CharField(max_length=text.room(120))

    class Meta:
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="a_closure_ends_after_it_starts"
            )
        ]
