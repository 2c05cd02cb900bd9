"""Who runs the stage, who sits where, and how much the picture holds. What a state allows, dialogues say."""

from shonglap.accounts.models import Person
from shonglap.accounts.rules import Visitor
from shonglap.dialogues.rules import can_host, can_open_site
from shonglap.stage.models import Scene, Seat, Stage

MOST_ON_AIR = 9

# How many of those on air each scene shows; the others are heard and wait in their order.
TILES: dict[Scene, int] = {
    Scene.SOLO: 1,
    Scene.TWO: 2,
    Scene.GRID: MOST_ON_AIR,
    Scene.QUESTION: 1,
    Scene.SLATE: 0,
}


def can_run_stage(person: Visitor, stage: Stage) -> bool:
    """The hosts of the dialogue, and administrators."""
    return can_host(person, stage.dialogue)


def can_join_seat(person: Visitor, seat: Seat) -> bool:
    """At a site: whoever may open its page. As a guest: that very person. Nobody whom the host sent out."""
    return not seat.removed and can_open_seat(person, seat)


def can_open_seat(person: Visitor, seat: Seat) -> bool:
    """See the seat's page, also after having been sent out. Hosts may, to help."""
    if seat.site is not None:
        return can_open_site(person, seat.site)
    guest = seat.guest
    own = guest is not None and isinstance(person, Person) and guest.person_id == person.pk
    return own or can_host(person, seat.stage.dialogue)
