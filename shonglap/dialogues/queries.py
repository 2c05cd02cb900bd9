"""Finding dialogues. Fetching is the permission check: what a person may not see raises NotFound."""

from typing import NamedTuple

from django.db.models import Q, QuerySet

from shonglap.accounts.rules import Visitor, can_administrate
from shonglap.base import clock
from shonglap.base.errors import NotFound
from shonglap.dialogues import rules
from shonglap.dialogues.models import Dialogue, Site, State, TeamMember
from shonglap.offices.queries import postings_now


class PublicDialogues(NamedTuple):
    """Live ones are asked for by `live_dialogues`."""

    upcoming: QuerySet[Dialogue]
    past: QuerySet[Dialogue]


def public_dialogues() -> PublicDialogues:
    """What is to come, soonest first, and what has been, newest first; never drafts.

    A cancelled one stays among the coming ones until its day, so that nobody waits in vain.
    """
    every = Dialogue.objects.select_related("host_office")
    off = Q(state=State.CANCELLED)
    ahead = Q(starts_at__gte=clock.now())
    coming = Q(state__in=(State.ANNOUNCED, State.REHEARSAL))
    over = Q(state__in=(State.ENDED, State.PUBLISHED))
    return PublicDialogues(
        every.filter(coming | (off & ahead)).order_by("starts_at", "id"),
        every.filter(over | (off & ~ahead)).order_by("-starts_at", "-id"),
    )


def live_dialogues() -> QuerySet[Dialogue]:
    return Dialogue.objects.filter(state=State.LIVE).select_related("host_office").order_by("starts_at", "id")


def dialogues_of(person: Visitor) -> QuerySet[Dialogue]:
    """Those in whose host team the person is, in any state; administrators see all."""
    every = Dialogue.objects.select_related("host_office")
    if can_administrate(person):
        return every
    if not person.is_authenticated:
        return every.none()
    return every.filter(team__person=person).distinct()


def dialogue_for_public(slug: str) -> Dialogue:
    dialogue = _dialogue(slug)
    if dialogue.state not in rules.STATES_IN_PUBLIC:
        raise NotFound
    return dialogue


def dialogue_for_host(person: Visitor, slug: str) -> Dialogue:
    dialogue = _dialogue(slug)
    if not rules.can_host(person, dialogue):
        raise NotFound
    return dialogue


def dialogue_for_moderator(person: Visitor, slug: str) -> Dialogue:
    dialogue = _dialogue(slug)
    if not rules.can_moderate(person, dialogue):
        raise NotFound
    return dialogue


def site_for(person: Visitor, site_public_id: str) -> Site:
    """For whom the site page opens: its contact, anybody posted to its office, and the hosts."""
    site = _site(site_public_id)
    if not rules.can_open_site(person, site):
        raise NotFound
    return site


def sites_of(person: Visitor) -> QuerySet[Site]:
    """The sites that a person may join from, in dialogues that are not over."""
    postings = postings_now(person)
    mine = Q(contact__in=postings) | Q(office__in=postings.values("office"))
    open_states = (State.ANNOUNCED, State.REHEARSAL, State.LIVE)
    sites = Site.objects.filter(mine, dialogue__state__in=open_states).select_related("dialogue", "office")
    return sites.order_by("dialogue__starts_at", "position", "id").distinct()


def team_of(dialogue: Dialogue) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(dialogue=dialogue).select_related("person")


def _dialogue(slug: str) -> Dialogue:
    found = Dialogue.objects.select_related("host_office", "chair__office").filter(slug=slug).first()
    if found is None:
        raise NotFound
    return found


def _site(public_id: str) -> Site:
    related = ("dialogue__host_office", "office", "contact")
    found = Site.objects.select_related(*related).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found
