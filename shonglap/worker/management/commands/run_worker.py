"""`manage.py run_worker`: moves every clock, sends every notice, until stopped. Any number may run."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from shonglap.worker.due import one_turn, until_quiet

BUSY, QUIET = 0.2, 2.0  # seconds between turns; the first after a turn that moved something


class Command(BaseCommand):
    help = "Does what is due, until stopped."
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"{until_quiet()} moved")
            return
        stop = threading.Event()
        for wanted in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wanted, lambda *_: stop.set())
        while not stop.wait(BUSY if one_turn() else QUIET):
            pass
