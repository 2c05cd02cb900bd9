"""Reading the record."""

from collections.abc import Collection

from django.db.models import QuerySet

from shonglap.record.models import Entry


def history(subject: str, acts: Collection[str] | None = None) -> QuerySet[Entry]:
    """What the public may read of a thing's past, the oldest first."""
    entries = Entry.objects.filter(subject=subject, public=True).order_by("id")
    return entries if acts is None else entries.filter(act__in=acts)
