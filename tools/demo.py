"""script/demo: a folder made new, every process, and then `manage.py play_demo` plays the dialogue.

It goes on until Ctrl-C, one dialogue after the other. With --check it plays one, and prints what happened as
one JSON object on the last line. Whatever was started here is stopped either way.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tools.launch import LaunchFailed, Ports, PortTaken, Running, start
from tools.launch.__main__ import stop_on_terminate, with_port_options
from tools.prepare.folders import ROOT

# Seconds of a check that are not on air: sites come in before, the report is written after.
BESIDES = 25
SHORTEST = 20
TROUBLE = re.compile(r" (ERROR|CRITICAL) |^Traceback ", re.MULTILINE)

WELCOME = """
Shonglap runs at {address}/  - the dialogue goes live in a moment.

  watch, ask, vote   {address}/bn/   (English: {address}/en/)
  control room       the dialogue's page, as host@{domain}
  moderators         the dialogue's page, as moderator1@{domain}
  your own camera    the dialogue's page, as officer-{visitors}@{domain}: this site waits for you
  ask as a citizen   citizen@{domain}, or any address of your own

  password           {password}
  sign-in codes      are written to {folder}/mail instead of being sent
  logs               {folder}/log

Ctrl-C stops everything.
"""


def play(running: Running, *arguments: str) -> int:
    """The play as a child of ours; Ctrl-C and SIGTERM reach it and it is waited for."""
    command = [sys.executable, str(ROOT / "tools" / "tied.py"), str(running.folder / "run" / "demo.pid")]
    child = subprocess.Popen(
        [*command, sys.executable, "manage.py", "play_demo", *arguments],
        cwd=ROOT, env=running.environment, start_new_session=True,
        stderr=(running.folder / "log" / "demo.log").open("ab"),
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


def check(running: Running, seconds: float) -> dict[str, Any]:
    """One round of about so many seconds, and its figures; `errors` is empty only if all is well."""
    report = running.folder / "run" / "demo.json"
    report.unlink(missing_ok=True)
    on_air = max(SHORTEST, seconds - BESIDES)
    status = play(running, "--seconds", f"{on_air:g}", "--rounds", "1", "--report", str(report))
    found: dict[str, Any] = json.loads(report.read_text()) if report.exists() else {}
    errors = found.setdefault("errors", [])
    if status or not report.exists():
        errors.append(f"the play ended with status {status}:\n{_end_of(running.folder / 'log' / 'demo.log')}")
    return found


def troubles(folder: Path) -> list[str]:
    """Errors in the logs that nobody on stage noticed."""
    found = []
    for log in sorted((folder / "log").glob("*.log")):
        number = len(TROUBLE.findall(log.read_text(errors="replace")))
        if number:
            found.append(f"{number} errors in log/{log.name}")
    return found


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else ""


def welcome(running: Running) -> str:
    import django

    os.environ.update(running.environment)
    django.setup()
    from shonglap.demo import cast, plot

    return WELCOME.format(
        address=running.address,
        folder=running.folder,
        domain=cast.DOMAIN,
        password=cast.PASSWORD,
        visitors=plot.VISITORS.district,
    )


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


def show(chosen: argparse.Namespace, ports: Ports) -> int:
    with data_folder(chosen) as folder, launched(folder, ports, chosen.workers) as running:
        print(welcome(running), flush=True)
        return play(running)


def prove(chosen: argparse.Namespace, ports: Ports) -> int:
    """Nobody looks: free ports, so that it may run beside a demo. The figures come when all is stopped."""
    with data_folder(chosen) as folder:
        with launched(folder, Ports.free() if ports == Ports() else ports, chosen.workers) as running:
            found = check(running, chosen.check)
        found["errors"] += troubles(folder)
    print(json.dumps(found, ensure_ascii=False), flush=True)
    return 1 if found["errors"] else 0


def main() -> int:
    parser = with_port_options(argparse.ArgumentParser(prog="script/demo", description=__doc__))
    parser.add_argument("--check", type=float, metavar="SECONDS", help="play so long, print figures, stop")
    parser.add_argument("--data", type=Path, help="folder for everything, emptied first (default var/demo)")
    chosen = parser.parse_args()
    stop_on_terminate()
    ports = Ports(chosen.port, chosen.livekit_port, chosen.media_port)
    try:
        return show(chosen, ports) if chosen.check is None else prove(chosen, ports)
    except (LaunchFailed, PortTaken) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
