"""What a site page shows: the place, its seat once the stage is open, and who else is there."""

from dataclasses import dataclass
from typing import Any

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.base.errors import NotFound
from shonglap.base.languages import current, pick
from shonglap.dialogues.models import Dialogue, State
from shonglap.dialogues.queries import site_for
from shonglap.dialogues.rules import Act, allows
from shonglap.stage.models import Seat
from shonglap.stage.queries import seat_at, seat_for, seats_of, strap
from shonglap.web.control.room import items

BEFORE = (State.DRAFT, State.ANNOUNCED)


@dataclass(frozen=True)
class Place:
    """A site or a guest as its own page sees it. `phase`: waiting, open, removed or over."""

    public_id: str
    dialogue: Dialogue
    name: str
    detail: str
    seat: Seat | None

    @property
    def phase(self) -> str:
        if allows(self.dialogue, Act.JOIN_STAGE):
            if self.seat is None:
                return "waiting"
            return "removed" if self.seat.removed else "open"
        return "waiting" if self.dialogue.state in BEFORE else "over"

    @property
    def on_air(self) -> bool:
        return self.phase == "open" and self.seat is not None and self.seat.on_air_order is not None


def place_for(person: Person, public_id: str) -> Place:
    """A site by the plan, also before there is a stage; a guest by the seat."""
    try:
        site = site_for(person, public_id)
    except NotFound:
        seat = seat_for(person, public_id)
        name, position, _place = (words[current()] for words in strap(seat))
        return Place(public_id, seat.stage.dialogue, name, position, seat)
    return Place(
        public_id, site.dialogue, pick(site, "place"), pick(site.office, "name"), seat_at(site)
    )  # fmt: skip


def facts(place: Place) -> dict[str, Any]:
    """All that the script needs to know, asked for each second."""
    seat = place.seat
    found: dict[str, Any] = {
        "phase": place.phase,
        "state": str(place.dialogue.state),
        "on_air": place.on_air,
        "muted": bool(seat and seat.muted),
        "hand": bool(seat and seat.hand_raised_at),
        "identity": seat.identity if seat else "",
        "key": "",
        "set": [],
        "others": [],
        "names": {},
        "now": clock.now().timestamp(),
    }
    return found | _company(seat) if seat else found | {"key": place.phase}


def _company(seat: Seat) -> dict[str, Any]:
    """Who is on air, in order, and who else waits in the green room."""
    seats = list(seats_of(seat.stage))
    on_air = sorted(
        (other for other in seats if other.on_air_order), key=lambda other: other.on_air_order or 0
    )
    others = [other for other in seats if other.connected and not other.on_air_order and other.pk != seat.pk]
    return {
        "key": f"{seat.stage.revision}.{seat.stage.dialogue.revision}",
        "set": [other.identity for other in on_air],
        "others": [other.identity for other in others],
        "names": {other.identity: shown_name(other) for other in [*on_air, *others]},
    }


def shown_name(seat: Seat) -> str:
    """Under a thumbnail: the place, or a guest's name."""
    name, _position, place = (words[current()] for words in strap(seat))
    return place or name


def parts(place: Place) -> dict[str, Any]:
    stage = place.seat.stage if place.seat else None
    return {
        "place": place,
        "dialogue": place.dialogue,
        "seat": place.seat,
        "stage": stage,
        "items": items(stage) if stage else [],
    }
