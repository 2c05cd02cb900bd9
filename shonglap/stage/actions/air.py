"""On air and off air. The order is in our database: a site that loses its line comes back where it was."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base.errors import Refused
from shonglap.base.languages import digits
from shonglap.stage.actions.desk import fresh_seat, locked, note, seat_changed
from shonglap.stage.models import Seat, Stage
from shonglap.stage.queries import strap
from shonglap.stage.rules import MOST_ON_AIR


@transaction.atomic
def bring_on_air(seat: Seat, *, by: Person) -> None:
    """At the end of the order. Twice is once. Also while its line is down: it appears when it is back."""
    stage = locked(seat.stage, by=by)
    if fresh_seat(seat).on_air_order is not None:
        seat.refresh_from_db()
        return
    if fresh_seat(seat).removed:
        raise Refused("removed", _("This site was removed. Let it back in first."))
    on_air = Seat.objects.filter(stage=stage, on_air_order__isnull=False)
    if on_air.count() >= MOST_ON_AIR:
        words = _("%(most)s are on air already. Take one off first.") % {"most": digits(MOST_ON_AIR)}
        raise Refused("stage_full", words)
    last = on_air.aggregate(last=Max("on_air_order"))["last"] or 0
    seat_changed(seat, on_air_order=last + 1, hand_raised_at=None)
    note(stage, act="bring_on_air", by=by, subject=seat.identity, place=_place(seat))


@transaction.atomic
def take_off_air(seat: Seat, *, by: Person) -> None:
    """Back to the green room. Twice is once."""
    stage = locked(seat.stage, by=by)
    if fresh_seat(seat).on_air_order is None:
        seat.refresh_from_db()
        return
    seat_changed(seat, on_air_order=None)
    note(stage, act="take_off_air", by=by, subject=seat.identity, place=_place(seat))


@transaction.atomic
def lead(seat: Seat, *, by: Person) -> None:
    """Make this the main picture: first in the order, which solo shows alone."""
    stage = locked(seat.stage, by=by)
    if fresh_seat(seat).on_air_order is None:
        raise Refused("not_on_air", _("Bring this site on air first."))
    reorder(stage, first=seat)
    seat_changed(seat, on_air_order=1)


def reorder(stage: Stage, *, first: Seat) -> None:
    """Number the others from 2 on, in the order they have."""
    others = Seat.objects.filter(stage=stage, on_air_order__isnull=False).exclude(pk=first.pk)
    for order, other in enumerate(others.order_by("on_air_order", "id"), start=2):
        Seat.objects.filter(pk=other.pk).update(on_air_order=order)


def _place(seat: Seat) -> dict[str, str]:
    """All that the record says of a seat: never who was before the camera."""
    _name, _position, place = strap(fresh_seat(seat))
    return place
