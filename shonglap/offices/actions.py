"""Postings and accreditations: given, and ended, on a day."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base import clock, typed
from shonglap.base.errors import NotAllowed, Refused
from shonglap.offices import rules
from shonglap.offices.importing import ImportReport, import_offices
from shonglap.offices.models import Accreditation, Office, Posting
from shonglap.record.write import write

__all__ = ["ImportReport", "accredit", "end_posting", "give_posting", "import_offices"]


@transaction.atomic
def give_posting(
    person: Person,
    *,
    by: Person,
    office: Office,
    position_bn: str,
    position_en: str,
    is_head: bool = False,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Posting:
    """Put a person into a position. An office has one present head: the former one's posting ends first."""
    if not rules.can_change_offices(by):
        raise NotAllowed
    starts_on = starts_on or clock.today()
    check_days(starts_on, ends_on)
    position_bn = typed.line(position_bn, "position_bn", 120, needed=True)
    position_en = typed.line(position_en, "position_en", 120, needed=True)
    try:
        with transaction.atomic():
            posting = Posting.objects.create(
                person=person, office=office, position_bn=position_bn, position_en=position_en,
                is_head=is_head, starts_on=starts_on, ends_on=ends_on,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("has_a_head", _("This office already has a head."), "is_head") from error
    write("offices.give_posting", posting.public_id, actor=by.public_id, public=False, office=office.code)
    return posting


@transaction.atomic
def end_posting(posting: Posting, *, by: Person, ends_on: date | None = None) -> None:
    """The posting's last day. Whatever was said in its name stays."""
    if not rules.can_change_offices(by):
        raise NotAllowed
    ends_on = ends_on or clock.today()
    check_days(posting.starts_on, ends_on)
    posting.ends_on = ends_on
    posting.save(update_fields=["ends_on"])
    write("offices.end_posting", posting.public_id, actor=by.public_id, public=False)


@transaction.atomic
def accredit(
    person: Person, *, by: Person, office: Office, kind: str, starts_on: date, ends_on: date
) -> Accreditation:
    """The office vouches for somebody from outside, for a time."""
    if not rules.can_accredit(by, office):
        raise NotAllowed
    if kind not in Accreditation.Kind.values:
        raise Refused("unknown_kind", _("Choose press or citizen journalist."), "kind")
    check_days(starts_on, ends_on)
    given = Accreditation.objects.create(
        person=person, kind=kind, given_by=office, starts_on=starts_on, ends_on=ends_on
    )
    facts = {"office": office.code, "kind": kind}
    write("offices.accredit", person.public_id, actor=by.public_id, public=False, **facts)
    return given


def check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refused("ends_before_it_starts", _("The last day is before the first."), "ends_on")
