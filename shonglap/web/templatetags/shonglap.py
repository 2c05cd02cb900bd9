"""Template words: text in the reader's language, numbers and dates in the reader's digits."""

from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from shonglap.base import languages
from shonglap.web import fields, frontend, statuses

register = template.Library()

SHEET = '<link rel="stylesheet" href="{}">'
PRELOAD = '<link rel="modulepreload" href="{}">'
MODULE = '<script type="module" src="{}"></script>'


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


@register.simple_tag
def entry(name: str) -> SafeString:
    """`{% entry "watch" %}` in the head: the sheets and the module of `frontend/src/watch.ts`."""
    files = frontend.built()
    if not files.has_entry(name):
        raise template.TemplateSyntaxError(f"There is no frontend/src/{name}.ts in the build")
    lines = [(SHEET, address) for address in files.sheets(name)]
    lines += [(PRELOAD, address) for address in files.preloads(name)]
    lines.append((MODULE, files.script(name)))
    return mark_safe("\n".join(format_html(line, address) for line, address in lines))  # noqa: S308 - escaped above


@register.simple_tag
def sheet(name: str) -> SafeString:
    """One of the sheets that pages share."""
    return format_html(SHEET, frontend.built().sheet(name))


@register.filter
def widget(field: BoundField) -> SafeString:
    """The control of a form field with the classes that its kind needs."""
    return fields.control(field)


@register.filter
def choices(field: BoundField) -> list[BoundWidget]:
    """The choices of a group, each to be dressed by parts/field.html."""
    return fields.choices(field)


@register.filter
def kind_of(field: BoundField) -> str:
    """radios, checkboxes, checkbox, hidden or control: which frame parts/field.html puts around it."""
    return fields.kind(field)


@register.filter
def first_id(field: BoundField) -> str:
    """The id that a link in the error summary jumps to: of a group, its first choice."""
    return fields.first_id(field)


@register.filter
def status_words(status: str) -> str:
    """A state or status in the reader's words."""
    return str(statuses.WORDS.get(status, status))
