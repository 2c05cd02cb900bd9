"""script/demo: starts everything and has dialogue A played; see script/demo."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tools.launch import LaunchFailed, Ports, PortTaken, Running, start
from tools.launch.__main__ import stop_on_terminate, with_port_options
from tools.prepare.folders import ROOT

ON_AIR = 300  # seconds, then the next round
BESIDES = 30  # seconds of a check that are not on air: people, green room, report


def play(running: Running, *options: str) -> "subprocess.Popen[bytes]":
    """The player is a process of its own, so that a fault of a server never takes it along."""
    log = (running.folder / "log" / "demo.log").open("wb")
    command = [sys.executable, "manage.py", "play_demo", "--address", running.local_address, *options]
    return subprocess.Popen(command, cwd=ROOT, env=running.environment, stdout=log, stderr=log)


def end(player: "subprocess.Popen[bytes]") -> None:
    if player.poll() is None:
        player.terminate()
        try:
            player.wait(timeout=20)
        except subprocess.TimeoutExpired:
            player.kill()
            player.wait()


def show(running: Running, chosen: argparse.Namespace) -> int:
    """Until Ctrl-C: the dialogue runs, ends, is published, and begins anew."""
    player = play(running, "--seconds", str(chosen.seconds))
    try:
        print(words(running), flush=True)
        while running.is_alive() and player.poll() is None:
            time.sleep(0.5)
        print(f"The demo ended by itself; {running.folder / 'log' / 'demo.log'} says why.", file=sys.stderr)
        return 1
    finally:
        end(player)


def words(running: Running) -> str:
    at = running.address
    return f"""
The demo runs. The dialogue goes live in a moment; choose it on the first page.

  watch, ask, vote   {at}/
  sign in            {at}/bn/accounts/sign-in/
  data and logs      {running.folder}

  log-ins, all with the password  dialogue-demo-2017
    host              host@demo.example                plan, control room
    moderator         moderator1@demo.example          moderators' desk (try it on a phone)
    officer           officer-rajshahi@demo.example    joins with your own camera
    citizen           citizen@demo.example             asks, votes, follows
    administrator     admin@demo.example

  sign-in codes are written to {running.folder / "mail"}

Ctrl-C stops everything."""


def check(running: Running, seconds: float) -> dict[str, Any]:
    """One round without anybody looking; the figures, with everything that went wrong in `errors`."""
    report = running.folder / "run" / "demo.json"
    on_air = str(max(30, seconds - BESIDES))
    player = play(running, "--seconds", on_air, "--rounds", "1", "--report", str(report))
    try:
        status = player.wait(timeout=seconds + 120)
    except subprocess.TimeoutExpired:
        return {"errors": ["the demo did not come to its end"]}
    finally:
        end(player)
    if status or not report.exists():
        log = (running.folder / "log" / "demo.log").read_text(errors="replace")
        return {"errors": [f"the player ended with {status}", *log.splitlines()[-15:]]}
    return dict(json.loads(report.read_text()))


def main() -> int:
    parser = with_port_options(argparse.ArgumentParser(prog="script/demo", description=__doc__))
    parser.add_argument("--seconds", type=float, default=ON_AIR, help="time on air (default %(default)s)")
    parser.add_argument("--check", type=float, metavar="SECONDS", help="run unattended, print figures, stop")
    parser.add_argument("--data", type=Path, help="folder for everything (default var/demo)")
    chosen = parser.parse_args()
    stop_on_terminate()
    ports = Ports(chosen.port, chosen.livekit_port, chosen.media_port)
    try:
        if chosen.check:
            return check_and_print(chosen, ports)
        with start(chosen.data or ROOT / "var" / "demo", ports=ports, workers=chosen.workers) as running:
            return show(running, chosen)
    except (LaunchFailed, PortTaken) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def check_and_print(chosen: argparse.Namespace, ports: Ports) -> int:
    """In a folder of its own that is gone afterwards, unless one was named."""
    with tempfile.TemporaryDirectory(prefix="shonglap-check-") as temporary:
        folder = chosen.data or Path(temporary)
        with start(folder, ports=ports, workers=chosen.workers) as running:
            found = check(running, chosen.check)
    print(json.dumps(found, ensure_ascii=False))
    return 1 if found["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
