"""`manage.py run_composer`: writes the feeds of all dialogues that the public follows, until stopped."""

import logging
import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from shonglap.base import ids
from shonglap.feed import leases
from shonglap.feed.composers import Composers

log = logging.getLogger(__name__)
LOOK, LOOK_AGAIN = 0.2, 2.0  # seconds; the second after a turn in which the database was away


class Command(BaseCommand):
    help = "Composes the live feeds until stopped."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        stop = threading.Event()
        for wanted in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wanted, lambda *_: stop.set())
        composers = Composers(f"{os.getpid()}-{ids.new_id(8)}")
        wait = LOOK
        while not stop.wait(wait):
            wait = LOOK if turned(composers) else LOOK_AGAIN
        leases.give_back(composers.holder)


def turned(composers: Composers) -> bool:
    try:
        composers.turn()
    except Exception:
        log.exception("a turn failed")
        close_old_connections()
        return False
    return True
