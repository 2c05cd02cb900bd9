"""Naming one office out of hundreds by typing: works with suggestions, without script, and on a phone."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shonglap.base.languages import pick
from shonglap.offices.models import Office
from shonglap.offices.queries import with_words

SUGGESTIONS = 20
NAMED_IN_AN_ERROR = 5
CODE_AT_THE_END = re.compile(r"\(([a-z0-9_-]+)\)\s*$")


def shown(office: Office) -> str:
    """As a suggestion reads and as the field shows it again: the name, and the code that is unique."""
    return f"{pick(office, 'name')} ({office.code})"


def like(typed: str) -> list[Office]:
    """Working offices whose code, name or place holds every word, in either language."""
    found = with_words(Office.objects.filter(active=True), typed)
    return list(found.order_by("name_en", "id")[:SUGGESTIONS])


def named_exactly(typed: str) -> Office | None:
    """By the code in brackets at the end, by the bare code, or by the whole name if only one bears it."""
    in_brackets = CODE_AT_THE_END.search(typed)
    code = in_brackets[1] if in_brackets else typed.strip().lower()
    office: Office | None = Office.objects.filter(code=code, active=True).first()
    if office:
        return office
    bearers = Office.objects.filter(Q(name_bn=typed) | Q(name_en__iexact=typed), active=True)[:2]
    return next(iter(bearers)) if len(bearers) == 1 else None


class OfficeField(forms.CharField):
    """Takes a code, a name, or words that fit one office only; cleans to the office."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": "office-names", "autocomplete": "off"})
        hint = gettext_lazy("Type part of the name, the place or the code.")
        super().__init__(**{"widget": widget, "max_length": 240, "help_text": hint, **options})

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value))
        if not typed:
            return None
        if exact := named_exactly(typed):
            return exact
        found = like(typed)
        if len(found) == 1:
            return found[0]
        raise ValidationError(self.said_of(found), code="office")

    def said_of(self, found: list[Office]) -> str:
        if not found:
            return _("No office fits this. Check the spelling or type another part of its name.")
        names = "; ".join(shown(office) for office in found[:NAMED_IN_AN_ERROR])
        more = " …" if len(found) > NAMED_IN_AN_ERROR else ""
        return _("Several offices fit. Type one of these codes: %(offices)s") % {"offices": names + more}

    def prepare_value(self, value: Any) -> Any:
        return shown(value) if isinstance(value, Office) else value
