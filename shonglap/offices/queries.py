"""Reading the tree: who holds which position, who stands above whom, who is accredited."""

from django.db.models import QuerySet

from shonglap.accounts.models import Person
from shonglap.accounts.rules import Visitor
from shonglap.base import clock
from shonglap.base.errors import NotFound
from shonglap.offices.models import Accreditation, Office, Posting


def office_by_code(code: str) -> Office:
    office: Office | None = Office.objects.filter(code=code).first()
    if office is None:
        raise NotFound
    return office


def offices_tree() -> QuerySet[Office]:
    """Every working office, depth first; each carries `tree_depth`."""
    tree: QuerySet[Office] = Office.objects.with_tree_fields().filter(active=True)
    return tree


def postings_now(person: Visitor) -> QuerySet[Posting]:
    """What the person holds today, with the offices."""
    if not isinstance(person, Person):
        return Posting.objects.none()
    return Posting.objects.present(clock.today()).filter(person=person).select_related("office")


def postings_in(office: Office) -> QuerySet[Posting]:
    """Who holds a position in the office today, the head first, with the people."""
    return Posting.objects.present(clock.today()).filter(office=office).select_related("person", "office")


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
