"""What simulated sites ask of the stage: which seats there are, the way in, and who has the floor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.base.errors import NotFound
from shonglap.dialogues.models import Dialogue, TeamMember
from shonglap.stage import actions, queries
from shonglap.stage.models import Scene, Seat

TURN = timedelta(seconds=7)  # how long one speaks when several are in the picture


@dataclass(frozen=True)
class Place:
    """A seat to simulate; `number` tells its looks and its voice."""

    number: int
    identity: str
    name: str


@dataclass(frozen=True)
class Floor:
    """Identities on air, and the one that speaks."""

    on_air: frozenset[str] = frozenset()
    speaker: str = ""


def places(slug: str, identities: list[str], count: int) -> list[Place]:
    """The chosen seats, or the first ones. NotFound where the dialogue has no stage yet."""
    dialogue = Dialogue.objects.filter(slug=slug).first()
    if dialogue is None:
        raise NotFound
    seats = queries.seats_of(queries.stage_of(dialogue))
    chosen = [seat for seat in seats if not identities or seat.identity in identities][:count]
    return [Place(number, seat.identity, _name(seat)) for number, seat in enumerate(chosen)]


def _name(seat: Seat) -> str:
    name, _position, place = queries.strap(seat)
    language = seat.stage.language
    return place[language] or name[language]


def token(identity: str) -> str:
    """A fresh way in. Refused while the dialogue's state does not open the stage."""
    seat = Seat.objects.select_related(*queries.SEAT_PARTS).get(identity=identity)
    return actions.token_for_seat(seat, by=_occupant(seat))


def _occupant(seat: Seat) -> Person:
    """Whoever may sit there in real life: the contact, the guest, else a host who helps."""
    if seat.site is not None and seat.site.contact is not None:
        return seat.site.contact.person
    if seat.guest is not None and seat.guest.person is not None:
        return seat.guest.person
    hosts = TeamMember.objects.filter(dialogue=seat.stage.dialogue, role=TeamMember.Role.HOST)
    host = hosts.select_related("person").first()
    if host is None:
        raise NotFound
    return host.person


def floor(slug: str) -> Floor:
    """Who is on air and which of them speaks now; several in the picture take turns."""
    dialogue = Dialogue.objects.filter(slug=slug).first()
    if dialogue is None:
        return Floor()
    view = queries.programme_view(dialogue.pk)
    heard = [seat.identity for seat in view.on_air if not seat.muted]
    among = heard[: {Scene.SOLO: 1, Scene.QUESTION: 1, Scene.TWO: 2, Scene.SLATE: 0}.get(Scene(view.scene))]
    turn = int(clock.now().timestamp() / TURN.total_seconds())
    speaker = among[turn % len(among)] if among else ""
    return Floor(frozenset(seat.identity for seat in view.on_air), speaker)
