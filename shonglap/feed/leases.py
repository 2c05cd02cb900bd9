"""One composer a dialogue: a lease in the database, taken and kept by conditional updates."""

from datetime import datetime, timedelta

from django.db.models import Q

from shonglap.base import clock
from shonglap.dialogues.models import Dialogue
from shonglap.feed.models import Lease

TO_COMPOSE = timedelta(seconds=10)  # the most that one tick takes
TO_COME_BACK = timedelta(seconds=4)  # how late the holder may be for its next tick


def take(dialogue: Dialogue, holder: str) -> bool:
    """True if `holder` may write now; also where it holds the lease already."""
    if taken(dialogue, holder):
        return True
    _lease, made = Lease.objects.get_or_create(dialogue=dialogue)
    return made and taken(dialogue, holder)


def taken(dialogue: Dialogue, holder: str) -> bool:
    now = clock.now()
    free = Q(until__isnull=True) | Q(until__lt=now) | Q(holder=holder)
    mine = Lease.objects.filter(free, dialogue=dialogue)
    return mine.update(holder=holder, until=now + TO_COMPOSE) == 1


def keep(dialogue: Dialogue, holder: str, due: datetime) -> bool:
    """Until the next tick is due, and a little longer. False if somebody else has it meanwhile."""
    mine = Lease.objects.filter(dialogue=dialogue, holder=holder)
    return mine.update(until=due + TO_COME_BACK) == 1


def close(dialogue: Dialogue) -> None:
    """The feed has had its last tick: nobody need look at it again."""
    Lease.objects.filter(dialogue=dialogue).update(closed=True)


def give_back(holder: str) -> None:
    """A composer that ends in order leaves no waiting time behind."""
    Lease.objects.filter(holder=holder).update(until=None)
