"""The programme processes: one for each live dialogue, watched over by this one."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Broadcast every live dialogue, and make the recording of those that ended."

    def handle(self, *args: Any, **options: Any) -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: a process with threads must not fork
        from shonglap.stage.programme.supervisor import AlreadyRunning, Supervisor

        try:
            Supervisor().run()
        except AlreadyRunning as problem:
            raise CommandError(str(problem)) from None
