"""script/demo: a folder made new, every process, and then `manage.py play_demo` plays the dialogue.

The play prints the log-ins itself, and with --check its figures as one JSON object on the last line. It ends
by itself (--check) or with Ctrl-C; whatever was started here is stopped either way.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tools.launch import LaunchFailed, Ports, PortTaken, Running, start
from tools.launch.__main__ import stop_on_terminate, with_port_options
from tools.prepare.folders import ROOT


def play(running: Running, arguments: list[str]) -> int:
    """The play as a child of ours; Ctrl-C and SIGTERM reach it and it is waited for."""
    command = [sys.executable, str(ROOT / "tools" / "tied.py"), str(running.folder / "run" / "demo.pid")]
    child = subprocess.Popen(
        [*command, sys.executable, "manage.py", "play_demo", *arguments],
        cwd=ROOT, env=running.environment, start_new_session=True,
    )  # fmt: skip
    try:
        while child.poll() is None:
            if not running.is_alive():
                print("The supervisor ended by itself; log/supervisor.log says why.", file=sys.stderr)
                return 1
            time.sleep(0.2)
        return child.returncode
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    with suppress(ProcessLookupError):  # whatever it started and left: they share its session
        os.killpg(child.pid, signal.SIGKILL)


@contextmanager
def data_folder(chosen: argparse.Namespace) -> Iterator[Path]:
    """A check leaves nothing behind unless it is told where to; a demo stays to be looked at."""
    if chosen.data or chosen.check is None:
        yield chosen.data or ROOT / "var" / "demo"
        return
    folder = Path(tempfile.mkdtemp(prefix="shonglap-check-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def launched(folder: Path, ports: Ports, workers: int) -> Running:
    """Always on the embedded default: nobody's own database is played with."""
    database = f"sqlite://{folder.resolve() / 'shonglap.sqlite3'}"
    return start(folder, ports=ports, workers=workers, database_url=database, fresh=True)


def main() -> int:
    parser = with_port_options(argparse.ArgumentParser(prog="script/demo", description=__doc__))
    parser.add_argument("--check", type=float, metavar="SECONDS", help="play so long, print figures, stop")
    parser.add_argument("--data", type=Path, help="folder for everything, emptied first (default var/demo)")
    chosen, others = parser.parse_known_args()
    stop_on_terminate()
    ports = Ports(chosen.port, chosen.livekit_port, chosen.media_port)
    if chosen.check is not None:
        others = ["--check", f"{chosen.check:g}", *others]
        if ports == Ports():
            ports = Ports.free()
    os.environ.setdefault("SHONGLAP_DEMO_BEGAN", f"{time.time():.3f}")
    try:
        with data_folder(chosen) as folder, launched(folder, ports, chosen.workers) as running:
            return play(running, others)
    except (LaunchFailed, PortTaken) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
