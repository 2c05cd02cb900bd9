"""The web process: granian in front of the ASGI application. `python -m shonglap.config.serve --port 8000`

Only one thing differs from granian's own command line: a worker ends when the main process ends by
whatever means. Otherwise a killed main process leaves workers behind that keep the port and old code.
"""

import argparse
import ctypes
import os
import signal
import sys
from importlib import import_module
from typing import Any

from granian import Granian
from granian.constants import Interfaces

TARGET = "shonglap.config.asgi:application"
PR_SET_PDEATHSIG = 1


def load(target: str) -> Any:
    """Called by granian in each worker."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:
            sys.exit(1)
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shonglap.config.settings")
    Granian(
        TARGET,
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        workers=chosen.workers,
        respawn_failed_workers=True,
        backlog=4096,
    ).serve(target_loader=load)


if __name__ == "__main__":
    main()
