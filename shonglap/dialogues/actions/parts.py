"""The parts of a plan: sites, guests, the agenda."""

from typing import TypedDict, Unpack

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base import typed
from shonglap.base.errors import Refused
from shonglap.dialogues.actions.desk import changed, locked_for, note
from shonglap.dialogues.models import AgendaItem, Dialogue, Guest, Site
from shonglap.dialogues.rules import Act, allows
from shonglap.offices.models import Office, Posting
from shonglap.offices.queries import head_of

LONGEST_ITEM = 600  # minutes


@transaction.atomic
def add_site(
    dialogue: Dialogue,
    *,
    by: Person,
    office: Office,
    place_bn: str = "",
    place_en: str = "",
    contact: Posting | None = None,
) -> Site:
    """A place that will join by video: by default the office's own place, opened by its head."""
    locked_for(dialogue, by=by, act=Act.PLAN)
    if dialogue.sites.filter(office=office).exists():
        raise Refused("site_exists", _("This office already has a site in the dialogue."), "office")
    site = Site.objects.create(
        dialogue=dialogue,
        office=office,
        place_bn=typed.line(place_bn, "place_bn", 80) or office.place_bn or office.name_bn[:80],
        place_en=typed.line(place_en, "place_en", 80) or office.place_en or office.name_en[:80],
        contact=contact or head_of(office),
        position=after_last(dialogue.sites.all()),
    )
    changed(dialogue)
    note(dialogue, by=by, act="add_site", subject=site.public_id, office=office.code)
    return site


@transaction.atomic
def change_site(site: Site, *, by: Person, place_bn: str, place_en: str, contact: Posting | None) -> None:
    """What the place is called, and which posting opens it. The office stays: another one is another site."""
    dialogue = site.dialogue
    locked_for(dialogue, by=by, act=Act.PLAN)
    if contact is not None and contact.office_id != site.office_id:
        raise Refused("other_office", _("Choose somebody who is posted to this office."), "contact")
    site.place_bn = typed.line(place_bn, "place_bn", 80, needed=not place_en.strip())
    site.place_en = typed.line(place_en, "place_en", 80)
    site.contact = contact
    site.save(update_fields=["place_bn", "place_en", "contact"])
    changed(dialogue)
    note(dialogue, by=by, act="change_site", subject=site.public_id, office=site.office.code)


@transaction.atomic
def remove_site(site: Site, *, by: Person) -> None:
    dialogue = site.dialogue
    locked_for(dialogue, by=by, act=Act.PLAN)
    site.delete()
    changed(dialogue)
    note(dialogue, by=by, act="remove_site", subject=site.public_id, office=site.office.code)


@transaction.atomic
def add_guest(
    dialogue: Dialogue,
    *,
    by: Person,
    role: str,
    name_bn: str = "",
    name_en: str = "",
    position_bn: str = "",
    position_en: str = "",
    person: Person | None = None,
) -> Guest:
    """Announce somebody by name and role; a name in one language is enough."""
    locked_for(dialogue, by=by, act=Act.PLAN)
    if role not in Guest.Role.values:
        raise Refused("unknown_role", _("Choose a role from the list."), "role")
    guest = Guest.objects.create(
        dialogue=dialogue,
        person=person,
        role=role,
        name_bn=typed.line(name_bn, "name_bn", 120, needed=not name_en.strip()),
        name_en=typed.line(name_en, "name_en", 120),
        position_bn=typed.line(position_bn, "position_bn", 160),
        position_en=typed.line(position_en, "position_en", 160),
        position=after_last(dialogue.guests.all()),
    )
    changed(dialogue)
    note(dialogue, by=by, act="add_guest", subject=guest.public_id, role=role)
    return guest


@transaction.atomic
def remove_guest(guest: Guest, *, by: Person) -> None:
    dialogue = guest.dialogue
    locked_for(dialogue, by=by, act=Act.PLAN)
    guest.delete()
    changed(dialogue)
    note(dialogue, by=by, act="remove_guest", subject=guest.public_id)


class Item(TypedDict, total=False):
    """What is typed about an agenda item."""

    kind: str
    title_bn: str
    title_en: str
    minutes: int
    office: Office | None


@transaction.atomic
def add_agenda_item(dialogue: Dialogue, *, by: Person, **facts: Unpack[Item]) -> AgendaItem:
    """At the end of the agenda. Needs kind, a title in one language, and minutes."""
    locked_for(dialogue, by=by, act=Act.PLAN)
    item = AgendaItem(dialogue=dialogue, position=after_last(dialogue.agenda.all()))
    fill(item, facts)
    item.save()
    changed(dialogue)
    note(dialogue, by=by, act="add_agenda_item", subject=item.public_id)
    return item


@transaction.atomic
def change_agenda_item(item: AgendaItem, *, by: Person, **facts: Unpack[Item]) -> None:
    locked_for(item.dialogue, by=by, act=Act.PLAN)
    fill(item, facts)
    item.save()
    changed(item.dialogue)
    note(item.dialogue, by=by, act="change_agenda_item", subject=item.public_id)


@transaction.atomic
def move_agenda_item(item: AgendaItem, *, by: Person, up: bool) -> None:
    """One place up or down; at the edge nothing moves."""
    locked_for(item.dialogue, by=by, act=Act.PLAN)
    items = list(item.dialogue.agenda.order_by("position", "id"))
    here = items.index(item)
    there = here + (-1 if up else 1)
    if not 0 <= there < len(items):
        return
    items[here], items[there] = items[there], items[here]
    for position, one in enumerate(items, start=1):
        AgendaItem.objects.filter(pk=one.pk).update(position=position)
    item.refresh_from_db(fields=["position"])
    changed(item.dialogue)
    note(item.dialogue, by=by, act="move_agenda_item", subject=item.public_id)


@transaction.atomic
def remove_agenda_item(item: AgendaItem, *, by: Person) -> None:
    dialogue = item.dialogue
    fresh = locked_for(dialogue, by=by, act=Act.PLAN)
    if allows(fresh, Act.SEE) and not dialogue.agenda.exclude(pk=item.pk).exists():
        raise Refused("no_agenda", _("Add at least one item to the agenda."), "agenda")
    item.delete()
    changed(dialogue)
    note(dialogue, by=by, act="remove_agenda_item", subject=item.public_id)


def fill(item: AgendaItem, facts: Item) -> None:
    """Set what was given and check the whole."""
    for field, value in facts.items():
        setattr(item, field, value)
    if item.kind not in AgendaItem.Kind.values:
        raise Refused("unknown_kind", _("Choose a kind from the list."), "kind")
    item.title_bn = typed.line(item.title_bn, "title_bn", 160, needed=not item.title_en.strip())
    item.title_en = typed.line(item.title_en, "title_en", 160)
    if item.minutes is None or not 1 <= item.minutes <= LONGEST_ITEM:
        raise Refused("bad_minutes", _("Give the planned time in minutes, from 1 to 600."), "minutes")


def after_last(rows: models.QuerySet[Site] | models.QuerySet[Guest] | models.QuerySet[AgendaItem]) -> int:
    last = rows.aggregate(last=models.Max("position"))["last"]
    return 1 if last is None else int(last) + 1
