"""What was typed into a form, cleaned and checked the same way by every action."""

from django.utils.translation import gettext_lazy as _

from shonglap.base import text
from shonglap.base.errors import Refused
from shonglap.base.languages import digits


def line(value: str, field: str, limit: int, *, needed: bool = False) -> str:
    """One line of text. Raises Refused `missing` or `too_long` for that field."""
    return _checked(" ".join(text.tidy(value).split()), field, limit, needed=needed)


def paragraphs(value: str, field: str, limit: int, *, needed: bool = False) -> str:
    """Text of several lines. Raises Refused `missing` or `too_long` for that field."""
    return _checked(text.tidy(value), field, limit, needed=needed)


def _checked(value: str, field: str, limit: int, *, needed: bool) -> str:
    if needed and not value:
        raise Refused("missing", _("Fill this in."), field)
    if text.too_long(value, limit):
        message = _("This is too long: %(limit)s signs at most.") % {"limit": digits(limit)}
        raise Refused("too_long", message, field)
    return value
