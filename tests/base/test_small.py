"""The clock, names for things, two languages."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from shonglap.base import clock, ids, languages

MOMENT = datetime(2017, 4, 16, 18, 5, 30, 1000, tzinfo=UTC)  # past midnight in Dhaka


def test_the_clock_can_be_shifted_and_comes_back() -> None:
    with clock.shifted(timedelta(days=3)):
        with clock.shifted(timedelta(hours=1)):
            assert clock.now() - timezone.now() > timedelta(days=3, minutes=59)
        assert timedelta(days=2) < clock.now() - timezone.now() <= timedelta(days=3)
    assert clock.now() - timezone.now() < timedelta(seconds=1)


def test_today_is_the_countrys_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shonglap.base.clock.now", lambda: MOMENT)
    assert clock.today() == date(2017, 4, 17)


def test_stamps_are_utc_with_milliseconds() -> None:
    assert clock.stamp(timezone.localtime(MOMENT)) == "2017-04-16T18:05:30.001Z"
    assert clock.stamp(None) is None


def test_names_are_unlike_one_another_and_easy_to_read() -> None:
    names = {ids.new_id() for _ in range(1000)}
    assert len(names) == 1000
    assert all(len(name) == 12 and not set(name) - set(ids.ALPHABET) for name in names)
    assert not set("01oil") & set(ids.ALPHABET)
    assert len(ids.new_id(6)) == 6


def test_a_missing_language_falls_back_to_the_other() -> None:
    thing = SimpleNamespace(topic_bn="বিষয়", topic_en="")
    assert languages.both(thing, "topic") == {"bn": "বিষয়", "en": "বিষয়"}
    assert languages.pick(thing, "topic", "en") == "বিষয়"
    with translation.override("en"):
        assert languages.pick(SimpleNamespace(topic_bn="বিষয়", topic_en="Topic"), "topic") == "Topic"


@pytest.mark.parametrize(("chosen", "expected"), [("bn", "bn"), ("en", "en"), ("en-gb", "en"), (None, "bn")])
def test_the_language_of_the_page_is_one_of_two(chosen: str | None, expected: str) -> None:
    if chosen is None:
        with translation.override(None):
            assert languages.current() == expected
        return
    with translation.override(chosen):
        assert languages.current() == expected


@given(st.integers(0))
def test_bangla_digits_lead_back_to_the_number(number: int) -> None:
    assert languages.digits(number, "bn").translate(languages.WESTERN_DIGITS) == str(number)
    assert languages.digits(number, "en") == str(number)


def test_dates_and_times_in_words() -> None:
    assert languages.date_words(MOMENT, "bn") == "১৭ এপ্রিল ২০১৭"
    assert languages.date_words(MOMENT, "en") == "17 April 2017"
    assert languages.date_words(MOMENT.date(), "en") == "16 April 2017"
    assert languages.time_words(MOMENT, "bn") == "০০:০৫"
