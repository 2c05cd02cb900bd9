"""Two languages side by side: fields end in _bn and _en, public files carry both."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

BANGLA_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
WESTERN_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")  # for numbers and codes typed in Bangla
BANGLA_MONTHS = (
    "জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন",
    "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর",
)  # fmt: skip
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def current() -> str:
    """The language of the present page: `bn` or `en`."""
    return "en" if (get_language() or "bn").startswith("en") else "bn"


def both(thing: Any, field: str) -> dict[str, str]:
    """The text of `field` in both languages; a missing one falls back to the other."""
    bangla, english = getattr(thing, f"{field}_bn"), getattr(thing, f"{field}_en")
    return {"bn": bangla or english, "en": english or bangla}


def pick(thing: Any, field: str, language: str | None = None) -> str:
    """The text of `field` in the language of the page, or in the other one where it is missing."""
    return both(thing, field)[language or current()]


def digits(value: object, language: str | None = None) -> str:
    """Numbers as the reader writes them: ১২৩ in Bangla, 123 in English."""
    text = str(value)
    return text.translate(BANGLA_DIGITS) if (language or current()) == "bn" else text


def date_words(moment: date, language: str | None = None) -> str:
    """A date in words: `১৬ এপ্রিল ২০১৭` or `16 April 2017`, in the country's own time."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    chosen = language or current()
    months = BANGLA_MONTHS if chosen == "bn" else ENGLISH_MONTHS
    return f"{digits(local.day, chosen)} {months[local.month - 1]} {digits(local.year, chosen)}"


def time_words(moment: datetime, language: str | None = None) -> str:
    """The time of day on the 24-hour clock in the country's own time, in the reader's digits."""
    return digits(timezone.localtime(moment).strftime("%H:%M"), language)
