"""`manage.py run_composer`: writes the feeds of all dialogues that the public follows, until stopped."""

import json
import logging
import os
import signal
import threading
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.db.models import Q, QuerySet

from shonglap.base import clock, ids
from shonglap.dialogues.models import Dialogue, State
from shonglap.feed import leases
from shonglap.feed.composer import Composer
from shonglap.feed.files import put

log = logging.getLogger(__name__)
FOLLOWED = (State.ANNOUNCED, State.REHEARSAL, State.LIVE, State.ENDED)
LOOK = 0.2  # seconds


def followed() -> QuerySet[Dialogue]:
    """Those that change in public, and for a while those that are just over."""
    lately = Q(state=State.PUBLISHED, published_at__gt=clock.now() - timedelta(minutes=10))
    return Dialogue.objects.filter(Q(state__in=FOLLOWED) | lately)


class Command(BaseCommand):
    help = "Composes the live feeds until stopped."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        stop = threading.Event()
        for wanted in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wanted, lambda *_: stop.set())
        holder = f"{os.getpid()}-{ids.new_id(8)}"
        composers: dict[int, Composer] = {}
        while not stop.wait(LOOK):
            try:
                turn(composers, holder)
            except Exception:
                log.exception("a turn failed; the next one begins anew")
                composers.clear()
                close_old_connections()
        leases.give_back(holder)


def turn(composers: dict[int, Composer], holder: str) -> None:
    """One look at everything; a composer is made for whoever has none and leases let us."""
    wanted = {dialogue.pk: dialogue for dialogue in followed()}
    for gone in list(composers.keys() - wanted.keys()):
        del composers[gone]
    for dialogue in wanted.values():
        if dialogue.pk not in composers and leases.take(dialogue, holder):
            composers[dialogue.pk] = Composer(dialogue, holder)
    for composer in composers.values():
        composer.compose()
    ticks = {composer.dialogue.slug: composer.tick for composer in composers.values()}
    put(settings.RUN_FOLDER / "composer.json", json.dumps({"ticks": ticks}).encode())
