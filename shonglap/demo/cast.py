"""The people of the demo: made once, with log-ins that the demo prints."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from shonglap.accounts.actions import create_person
from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.base.languages import digits
from shonglap.demo import plot, voices
from shonglap.offices.actions import accredit, give_posting
from shonglap.offices.models import Accreditation, Office, Posting
from shonglap.offices.queries import office_by_code

PASSWORD = "dialogue-demo-2017"  # noqa: S105 - a demo on a laptop, printed on purpose
CITIZENS = 200
DOMAIN = "demo.example"


@dataclass(frozen=True)
class Cast:
    """Everybody who acts in the demo. `officers` is by district, `citizens` in a fixed order."""

    host: Person
    moderators: list[Person]
    officers: dict[str, Person]
    heads: dict[str, Posting]  # by office code, who answers for it
    citizens: list[Person]


def gather() -> Cast:
    """Make whoever is missing; a second run finds everybody in place."""
    with transaction.atomic():
        host = staff("host", "সঞ্চালক", plot.HOST_OFFICE, ("কর্মসূচি পরিচালক", "Programme Director"))
        moderators = [
            staff(
                f"moderator{n}",
                f"মডারেটর {digits(n, 'bn')}",
                plot.HOST_OFFICE,
                ("মডারেটর", "Moderator"),
                head=False,
            )
            for n in (1, 2)
        ]
        officers = {
            place.district: staff(
                f"officer-{place.district}",
                f"জেলা প্রশাসক, {place.bangla}",
                place.office,
                plot.DEPUTY_COMMISSIONER,
            )
            for place in (*plot.PLACES, plot.VISITORS)
        }
        heads = {code: head_posting(code) for code in plot.OFFICES}
        citizens = [citizen(number) for number in range(1, CITIZENS + 1)]
        give_accreditation(citizens[1], Accreditation.Kind.CITIZEN_JOURNALIST)
        give_accreditation(citizens[2], Accreditation.Kind.PRESS)
    return Cast(host, moderators, officers, heads, citizens)


def person(name: str, display_name: str, password: str | None) -> Person:
    email = f"{name}@{DOMAIN}"
    found = Person.objects.filter(email=email).first()
    return found or create_person(email, display_name=display_name, password=password)


def citizen(number: int) -> Person:
    name = voices.FIRST_NAMES[number % len(voices.FIRST_NAMES)]
    # Hashing is slow on purpose: only the one whose log-in is printed has a password.
    return person("citizen" if number == 1 else f"citizen{number}", name, PASSWORD if number == 1 else None)


def staff(
    name: str, display_name: str, office_code: str, position: tuple[str, str], *, head: bool = True
) -> Person:
    somebody = person(name, display_name, PASSWORD)
    post(somebody, office_by_code(office_code), position, head=head)
    return somebody


def post(somebody: Person, office: Office, position: tuple[str, str], *, head: bool) -> None:
    if Posting.objects.filter(person=somebody, office=office).exists():
        return
    give_posting(
        somebody,
        by=administrator(),
        office=office,
        position_bn=position[0],
        position_en=position[1],
        is_head=head,
        starts_on=clock.today() - timedelta(days=200),
    )


def administrator() -> Person:
    email = f"admin@{DOMAIN}"
    found = Person.objects.filter(email=email).first()
    return found or Person.objects.create_superuser(email, PASSWORD, display_name="Administrator")


def head_posting(code: str) -> Posting:
    office = office_by_code(code)
    somebody = person(f"head-{code}", office.name_bn, PASSWORD)
    post(somebody, office, ("প্রধান", "Head of office"), head=True)
    return Posting.objects.get(person=somebody, office=office)


def give_accreditation(somebody: Person, kind: Accreditation.Kind) -> None:
    if Accreditation.objects.filter(person=somebody, kind=kind).exists():
        return
    accredit(
        somebody,
        by=administrator(),
        office=office_by_code(plot.HOST_OFFICE),
        kind=kind,
        starts_on=clock.today() - timedelta(days=30),
        ends_on=clock.today() + timedelta(days=335),
    )
