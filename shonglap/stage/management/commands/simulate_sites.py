"""Simulated sites for a dialogue: real media through the real conference."""

import asyncio
import logging
import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shonglap.base.errors import NotFound


class Command(BaseCommand):
    help = "Let simulated sites join the stage of a dialogue until stopped."
    requires_system_checks = []  # of pages it knows nothing

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dialogue", help="slug of the dialogue")
        parser.add_argument("--seats", nargs="*", default=[], help="identities; the first ones if left out")
        parser.add_argument("--count", type=int, default=8, help="how many at most")

    def handle(self, *_args: Any, **options: Any) -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        logging.getLogger("livekit").setLevel(logging.ERROR)
        from shonglap.stage.simulation import publishing, stage

        stop = threading.Event()
        for wanted in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wanted, lambda *_: stop.set())
        try:
            places = stage.places(options["dialogue"], options["seats"], options["count"])
        except NotFound:
            raise CommandError(f"There is no stage for {options['dialogue']!r}: open it first") from None
        self.stdout.write(f"{len(places)} simulated sites")
        work = publishing.simulate(
            settings.LIVEKIT_URL, options["dialogue"], places, lambda: not stop.is_set()
        )
        asyncio.run(work)
