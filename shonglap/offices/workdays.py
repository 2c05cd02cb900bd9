"""Working days: Sunday to Thursday without the country's holidays and without the days an office is closed.

Holidays come from the `holidays` library, which knows those that hang on the moon as they were declared, or
as they are estimated.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import holidays

from shonglap.offices.models import Closure, Office

ONE_DAY = timedelta(days=1)


@cache
def country() -> holidays.HolidayBase:
    """Fills in a year when it is first asked about it."""
    return holidays.country_holidays("BD", language="en_US")


def closed_days(office: Office | None, first: date) -> set[date]:
    """Days from `first` on that the office, or one above it, has declared closed."""
    if office is None:
        return set()
    declared = Closure.objects.filter(office__in=office.ancestors(include_self=True), last_day__gte=first)
    return {day for closure in declared for day in days(closure.first_day, closure.last_day)}


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def is_working_day(day: date) -> bool:
    """In the country as a whole."""
    return day.weekday() not in country().weekend and day not in country()


def due_after(start: date, number: int, office: Office | None = None) -> date:
    """The working day that is `number` working days after `start`; with 0 the first one from `start` on."""
    closed = closed_days(office, start)
    day, left = start, number
    while left > 0 or not is_working_day(day) or day in closed:
        day += ONE_DAY
        if is_working_day(day) and day not in closed:
            left -= 1
    return day


def between(first: date, last: date, office: Office | None = None) -> int:
    """Working days after `first` up to and with `last`; negative where `last` is before `first`."""
    if last < first:
        return -between(last, first, office)
    closed = closed_days(office, first)
    return sum(is_working_day(day) and day not in closed for day in days(first + ONE_DAY, last))
