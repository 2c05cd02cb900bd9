"""Postings and accreditations: given, and ended, on a day."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.actions import create_person
from shonglap.accounts.models import Person
from shonglap.base import clock, typed
from shonglap.base.errors import NotAllowed, Refused
from shonglap.base.text import tidy
from shonglap.offices import rules
from shonglap.offices.importing import ImportReport, import_offices
from shonglap.offices.models import Accreditation, Office, Posting
from shonglap.record.write import write

HAS_A_HEAD = _("This office already has a head on these days. End that posting first.")

__all__ = [
    "ImportReport", "accredit", "accredit_by_email", "end_accreditation", "end_posting", "give_posting",
    "import_offices", "post_by_email",
]  # fmt: skip


@transaction.atomic
def post_by_email(
    office: Office, *, by: Person, email: str, display_name: str = "", **posting: Any
) -> Posting:
    """Give a posting to whoever bears the address; where nobody does, the account is made with it.

    The rest is what `give_posting` takes.
    """
    if not rules.can_change_offices(by):
        raise NotAllowed
    return give_posting(known_or_new(email, display_name), by=by, office=office, **posting)


@transaction.atomic
def accredit_by_email(
    office: Office, *, by: Person, email: str, display_name: str = "", **days: Any
) -> Accreditation:
    """The same for voices from outside. The rest is what `accredit` takes."""
    if not rules.can_accredit(by, office):
        raise NotAllowed
    return accredit(known_or_new(email, display_name), by=by, office=office, **days)


def known_or_new(email: str, display_name: str) -> Person:
    """Who is known keeps the name they chose; who is new has none yet and needs one."""
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        if not tidy(display_name):
            words = _("Nobody has an account with this address yet. Give a name, and it will be made.")
            raise Refused("missing", words, "display_name")
        return create_person(email, display_name=display_name)
    if not person.is_active:
        raise Refused("account_closed", _("The account with this address is closed."), "email")
    return person


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
    locked(office)
    if is_head:
        check_one_head(office, starts_on, ends_on, "is_head")
    if office.postings.meeting(starts_on, ends_on).filter(person=person, position_en=position_en).exists():
        raise Refused("posted_already", _("This person already holds this position here."), "position_en")
    try:
        with transaction.atomic():
            posting = Posting.objects.create(
                person=person, office=office, position_bn=position_bn, position_en=position_en,
                is_head=is_head, starts_on=starts_on, ends_on=ends_on,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("has_a_head", HAS_A_HEAD, "is_head") from error
    write("offices.give_posting", posting.public_id, actor=by.public_id, public=False, office=office.code)
    return posting


@transaction.atomic
def end_posting(posting: Posting, *, by: Person, ends_on: date | None = None) -> None:
    """The posting's last day. Whatever was said in its name stays."""
    if not rules.can_change_offices(by):
        raise NotAllowed
    ends_on = ends_on or clock.today()
    check_days(posting.starts_on, ends_on)
    locked(posting.office)
    if posting.is_head:
        check_one_head(posting.office, posting.starts_on, ends_on, "ends_on", besides=posting)
    posting.ends_on = ends_on
    posting.save(update_fields=["ends_on"])
    day = ends_on.isoformat()
    write("offices.end_posting", posting.public_id, actor=by.public_id, public=False, ends_on=day)


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
    locked(office)
    same = Accreditation.objects.filter(person=person, kind=kind, given_by=office)
    if same.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refused(
            "accredited_already", _("This office vouches for this person on these days already."), "starts_on"
        )
    given = Accreditation.objects.create(
        person=person, kind=kind, given_by=office, starts_on=starts_on, ends_on=ends_on
    )
    facts = {"office": office.code, "kind": kind}
    write("offices.accredit", person.public_id, actor=by.public_id, public=False, **facts)
    return given


@transaction.atomic
def end_accreditation(accreditation: Accreditation, *, by: Person, ends_on: date | None = None) -> None:
    """Before its time. What the person wrote under it keeps its mark: it was written under it."""
    if not rules.can_accredit(by, accreditation.given_by):
        raise NotAllowed
    ends_on = ends_on or clock.today()
    check_days(accreditation.starts_on, ends_on)
    if ends_on > accreditation.ends_on:
        raise Refused("ends_sooner", _("It ends before that day anyway."), "ends_on")
    accreditation.ends_on = ends_on
    accreditation.save(update_fields=["ends_on"])
    facts = {
        "office": accreditation.given_by.code,
        "kind": accreditation.kind,
        "ends_on": ends_on.isoformat(),
    }
    subject = accreditation.person.public_id
    write("offices.end_accreditation", subject, actor=by.public_id, public=False, **facts)


def locked(office: Office) -> None:
    """Whoever else changes something in the office at this moment waits until this is done."""
    Office.objects.select_for_update().get(pk=office.pk)


def check_one_head(
    office: Office, starts_on: date, ends_on: date | None, field: str, *, besides: Posting | None = None
) -> None:
    """The database only keeps two heads without a last day apart; here are those who have one."""
    others = office.postings.meeting(starts_on, ends_on).filter(is_head=True)
    if others.exclude(pk=besides.pk if besides else None).exists():
        raise Refused("has_a_head", HAS_A_HEAD, field)


def check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refused("ends_before_it_starts", _("The last day is before the first."), "ends_on")
