"""One composer a dialogue: a lease in the database, taken and kept by conditional updates."""

from datetime import timedelta

from django.db.models import Q

from shonglap.base import clock
from shonglap.dialogues.models import Dialogue
from shonglap.feed.models import Lease

LASTS = timedelta(seconds=6)


def take(dialogue: Dialogue, holder: str) -> bool:
    """True if `holder` may write until some seconds from now; also renews a lease that it holds."""
    Lease.objects.get_or_create(dialogue=dialogue)
    now = clock.now()
    free = Q(until__isnull=True) | Q(until__lt=now) | Q(holder=holder)
    mine = Lease.objects.filter(free, dialogue=dialogue)
    return mine.update(holder=holder, until=now + LASTS) == 1


def note_tick(dialogue: Dialogue, holder: str, tick: int) -> bool:
    """Remember the newest tick; False if the lease has gone to somebody else meanwhile."""
    mine = Lease.objects.filter(dialogue=dialogue, holder=holder, until__gte=clock.now())
    return mine.update(tick=tick, until=clock.now() + LASTS) == 1


def give_back(holder: str) -> None:
    """A composer that ends in order leaves no waiting time behind."""
    Lease.objects.filter(holder=holder).update(until=None)
