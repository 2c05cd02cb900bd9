"""The programme processes: one for each live dialogue, watched over by this one."""

import logging
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Broadcast every live dialogue, and make the recording of those that ended."
    requires_system_checks = []  # of pages it knows nothing

    def handle(self, *_args: Any, **_options: Any) -> None:
        # Before numpy comes in: a process with threads must not fork.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        logging.getLogger("livekit").setLevel(logging.ERROR)
        from shonglap.stage.programme.supervisor import AlreadyRunning, Supervisor

        try:
            Supervisor().run()
        except AlreadyRunning as problem:
            raise CommandError(str(problem)) from None
