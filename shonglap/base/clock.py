"""The one place that knows what time it is, so that tests and simulated weeks can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

_shift: ContextVar[timedelta] = ContextVar("shift", default=timedelta(0))


def now() -> datetime:
    """The present moment, aware, moved by `shifted` where a test asks for it."""
    return timezone.now() + _shift.get()


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Inside this block the product's clock runs `by` ahead (or behind)."""
    token = _shift.set(_shift.get() + by)
    try:
        yield
    finally:
        _shift.reset(token)


def stamp(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with milliseconds, as every public file writes moments."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def today() -> date:
    """The present day in the country's own time, for facts that hold from a day until a day."""
    return timezone.localdate(now())
