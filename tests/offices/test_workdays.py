"""Working days of the country: Friday and Saturday are free, holidays and closures too."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shonglap.offices import workdays
from shonglap.offices.models import Closure
from tests.factories import make_office

DAYS = some.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("start", "number", "due"),
    [
        (date(2026, 11, 25), 1, date(2026, 11, 26)),  # Wednesday to Thursday
        (date(2026, 11, 26), 1, date(2026, 11, 29)),  # over the weekend
        (date(2026, 11, 27), 0, date(2026, 11, 29)),  # a Friday is no working day
        (date(2026, 12, 15), 1, date(2026, 12, 17)),  # Victory Day on the 16th
        (date(2026, 3, 19), 1, date(2026, 3, 24)),  # the feast at the end of the fast
    ],
)
def test_weekends_and_holidays_do_not_count(start: date, number: int, due: date) -> None:
    assert workdays.due_after(start, number) == due


@pytest.mark.django_db
def test_a_closed_office_gives_those_below_it_time_too() -> None:
    division = make_office()
    district, elsewhere = make_office(parent=division), make_office()
    Closure.objects.create(
        office=division, first_day=date(2026, 11, 29), last_day=date(2026, 11, 30), name_bn="ক", name_en="A"
    )
    assert workdays.due_after(date(2026, 11, 26), 1, district) == date(2026, 12, 1)
    assert workdays.due_after(date(2026, 11, 26), 1, elsewhere) == date(2026, 11, 29)
    assert workdays.between(date(2026, 11, 26), date(2026, 12, 1), district) == 1


@given(start=DAYS, number=some.integers(0, 60))
def test_due_day_is_a_working_day_and_as_far_as_asked(start: date, number: int) -> None:
    due = workdays.due_after(start, number)
    assert workdays.is_working_day(due)
    assert workdays.between(start, due) == (number or (0 if workdays.is_working_day(start) else 1))
    assert workdays.between(due, start) == -workdays.between(start, due)
