"""Starts servers for a measurement, on free ports of the loopback, and ends them whatever happens."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.prepare.folders import ROOT

OURS = "shonglap.config.serve"


def environment_for(folder: Path, **more: str) -> dict[str, str]:
    """A data folder and secrets of its own; nothing of the person's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHONGLAP_")}
    return kept | {
        "SHONGLAP_SECRET_KEY": secrets.token_hex(32),
        "SHONGLAP_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "shonglap.config.settings",
        **more,
    }


@contextmanager
def web(
    environment: dict[str, str], workers: int, module: str = OURS, before: Sequence[str] = ()
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The web server, as `module` starts it; gives port and process. `before` is put before the command."""
    port = free_port()
    command = [*before, sys.executable, "-m", module, "--port", str(port), "--workers", str(workers)]
    with (Path(environment["SHONGLAP_DATA"]) / f"{module}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        with ended_properly(process):
            wait_for(port, process)
            yield port, process


@contextmanager
def ended_properly(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("The server ended at once.")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server did not answer within 30 s.")
