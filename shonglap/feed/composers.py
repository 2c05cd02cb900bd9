"""All feeds that one process writes. One that fails holds up no other, and begins anew from its files."""

import logging
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.db.models import Q, QuerySet

from shonglap.base import clock
from shonglap.dialogues.models import Dialogue, State
from shonglap.feed import leases
from shonglap.feed.composer import OVER, Composer

log = logging.getLogger(__name__)

FOLLOWED = (State.ANNOUNCED, State.REHEARSAL, State.LIVE, State.ENDED)
REST = timedelta(seconds=1)  # before a feed that failed, or that another writes, is tried again


def followed() -> QuerySet[Dialogue]:
    """Those that change in public, and those that are over until their feed has had its last tick."""
    return Dialogue.objects.filter(
        Q(state__in=FOLLOWED) | Q(state__in=OVER, feed_lease__closed=False)
    ).order_by("id")


class Composers:
    """A composer for each dialogue whose lease we hold."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        self.composers: dict[int, Composer] = {}
        self.resting: dict[int, datetime] = {}

    def turn(self) -> None:
        """One look at everything."""
        wanted = {dialogue.pk: dialogue for dialogue in followed()}
        for gone in self.composers.keys() - wanted.keys():
            del self.composers[gone]
        self.resting = {key: until for key, until in self.resting.items() if until > clock.now()}
        for dialogue in wanted.values():
            if dialogue.pk not in self.resting:
                self.look_after(dialogue)

    def look_after(self, dialogue: Dialogue) -> None:
        try:
            fine = self.compose(dialogue)
        except Exception:
            log.exception("the feed of %s failed; it begins anew from its files", dialogue.slug)
            close_old_connections()
            fine = False
        if not fine:
            self.composers.pop(dialogue.pk, None)
            self.resting[dialogue.pk] = clock.now() + REST

    def compose(self, dialogue: Dialogue) -> bool:
        """False if the lease is another's."""
        if dialogue.pk not in self.composers:
            if not leases.take(dialogue, self.holder):
                return False
            self.composers[dialogue.pk] = Composer(dialogue, self.holder)
        return self.composers[dialogue.pk].compose()
