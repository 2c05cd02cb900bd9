"""Reading the tree: who holds which position, who stands above whom, who is accredited."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from shonglap.accounts.models import Person
from shonglap.accounts.rules import Visitor, can_administrate
from shonglap.base import clock
from shonglap.base.errors import NotFound
from shonglap.base.text import tidy
from shonglap.offices import rules
from shonglap.offices.models import Accreditation, Office, Posting, Postings

SEARCHED = ("code", "name_bn", "name_en", "place_bn", "place_en")
MOST_WORDS = 6


def office_by_code(code: str) -> Office:
    office: Office | None = Office.objects.filter(code=code).first()
    if office is None:
        raise NotFound
    return office


def offices_tree() -> QuerySet[Office]:
    """Every working office, depth first; each carries `tree_depth`."""
    tree: QuerySet[Office] = Office.objects.with_tree_fields().filter(active=True)
    return tree


def with_words(offices: QuerySet[Office], typed: str) -> QuerySet[Office]:
    """Those whose code, name or place holds every word, in either language."""
    for word in tidy(typed).replace("(", " ").replace(")", " ").split()[:MOST_WORDS]:
        anywhere = Q()
        for field in SEARCHED:
            anywhere |= Q(**{f"{field}__icontains": word})
        offices = offices.filter(anywhere)
    return offices


def offices_for(person: Visitor) -> QuerySet[Office]:
    """Whose people the person may see: all working offices for administrators, their own for heads."""
    if not rules.can_see_offices(person):
        raise NotFound
    if can_administrate(person):
        return offices_tree()
    return offices_tree().filter(pk__in=rules.headed_by(person).values("office"))


def paths_to(offices: Iterable[Office]) -> dict[int, list[Office]]:
    """What stands above each office of the tree, the root first; one question for all of them."""
    above = {office.pk: office.tree_path[:-1] for office in offices}
    known = Office.objects.in_bulk({pk for path in above.values() for pk in path})
    return {pk: [known[one] for one in path] for pk, path in above.items()}


def office_with_people(person: Visitor, code: str) -> Office:
    """The office, for whoever may see who is posted and accredited there."""
    office = office_by_code(code)
    if not rules.can_see_people(person, office):
        raise NotFound
    return office


def postings_now(person: Visitor) -> QuerySet[Posting]:
    """What the person holds today, with the offices."""
    if not isinstance(person, Person):
        return Posting.objects.none()
    return Posting.objects.present(clock.today()).filter(person=person).select_related("office")


def postings_in(office: Office) -> QuerySet[Posting]:
    """Who holds a position in the office today, the head first, with the people."""
    return Posting.objects.present(clock.today()).filter(office=office).select_related("person", "office")


def postings_not_over(office: Office) -> Postings:
    """Who holds a position in the office today or will, with the people; the head first."""
    held = Posting.objects.not_over(clock.today()).filter(office=office)
    return held.select_related("person").order_by("-is_head", "starts_on", "position_en", "id")


def posting_to_end(person: Visitor, office: Office, public_id: str) -> Posting:
    if not rules.can_change_offices(person):
        raise NotFound
    posting = postings_not_over(office).filter(public_id=public_id).first()
    if posting is None:
        raise NotFound
    return posting


def head_of(office: Office) -> Posting | None:
    return postings_in(office).filter(is_head=True).order_by("-starts_on", "-id").first()


def superior_of(posting: Posting) -> Posting | None:
    """The head of one's own office; for a head, the head of the nearest office above that has one."""
    if not posting.is_head and (own := head_of(posting.office)):
        return own
    above = list(posting.office.ancestors().values_list("pk", flat=True))  # the root first
    heads = Posting.objects.present(clock.today()).filter(office__in=above, is_head=True)
    oldest_first = heads.select_related("person", "office").order_by("starts_on", "id")
    by_office = {head.office_id: head for head in oldest_first}
    return next((by_office[pk] for pk in reversed(above) if pk in by_office), None)


def accreditation_now(person: Visitor) -> str:
    """`press`, `citizen_journalist` or nothing. Who holds both speaks as press."""
    if not isinstance(person, Person):
        return ""
    today = clock.today()
    held = Accreditation.objects.filter(person=person, starts_on__lte=today, ends_on__gte=today)
    kinds = set(held.values_list("kind", flat=True))
    order = (Accreditation.Kind.PRESS, Accreditation.Kind.CITIZEN_JOURNALIST)
    return next((kind.value for kind in order if kind in kinds), "")


def accreditations_not_over(office: Office) -> QuerySet[Accreditation]:
    """Whom the office vouches for today or will, with the people; the first to end comes first."""
    given = Accreditation.objects.filter(given_by=office, ends_on__gte=clock.today())
    return given.select_related("person").order_by("ends_on", "id")


def accreditations_over(office: Office) -> QuerySet[Accreditation]:
    """Whom it vouched for before, the newest first."""
    given = Accreditation.objects.filter(given_by=office, ends_on__lt=clock.today())
    return given.select_related("person").order_by("-ends_on", "-id")


def accreditation_to_end(person: Visitor, office: Office, number: int) -> Accreditation:
    if not rules.can_accredit(person, office):
        raise NotFound
    accreditation = accreditations_not_over(office).filter(pk=number).first()
    if accreditation is None:
        raise NotFound
    return accreditation
