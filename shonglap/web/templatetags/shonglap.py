"""Template words: text in the reader's language, numbers and dates in the reader's digits."""

from datetime import datetime
from typing import Any

from django import template

from shonglap.base import languages

register = template.Library()


@register.filter
def in_language(thing: Any, field: str) -> str:
    """`{{ dialogue|in_language:"topic" }}` is topic_bn or topic_en."""
    return languages.pick(thing, field)


@register.filter
def digits(value: object) -> str:
    return languages.digits(value)


@register.filter
def date_words(moment: datetime) -> str:
    return languages.date_words(moment)


@register.filter
def time_words(moment: datetime) -> str:
    return languages.time_words(moment)
