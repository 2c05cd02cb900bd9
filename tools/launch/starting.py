"""From a folder and some ports to running processes that answer."""

import fcntl
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from tools.launch import configuration
from tools.launch.environment import environment as environment_of
from tools.launch.ports import HOST, Ports
from tools.launch.running import LaunchFailed, Running, wait_until
from tools.prepare import livekit
from tools.prepare.folders import ROOT

KEPT = {"env", "run"}  # what `fresh` leaves in a folder


def start(
    folder: Path,
    *,
    ports: Ports | None = None,
    programs: Sequence[str] = configuration.PROGRAMS,
    database_url: str | None = None,
    address: str | None = None,
    workers: int = 2,
    fresh: bool = False,
    timeout: float = 120,
) -> Running:
    """Make the folder ready, start `programs` in it and come back when they answer.

    `fresh` empties the folder first. Without `database_url` it is the environment's DATABASE_URL, else
    SQLite in the folder.
    """
    folder, ports = folder.resolve(), ports or Ports()
    if fresh and folder.exists() and any(folder.iterdir()) and not (folder / "run" / "lock").exists():
        raise LaunchFailed(f"{folder} holds something else; it is not emptied.")
    for name in ("run", "log"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    lock = _lock(folder)
    try:
        ports.check()
        if fresh:
            _empty(folder)
        environment = environment_of(folder, ports, database_url=database_url, address=address)
        _make_ready(environment)
        socket = _write_configuration(folder, ports, environment, programs=programs, workers=workers)
        process = _supervise(folder, environment)
    except BaseException:
        lock.close()
        raise
    running = Running(folder, ports, environment, tuple(programs), socket, process, lock)
    try:
        _wait_until_it_answers(running, timeout)
    except BaseException:
        running.stop()
        raise
    return running


def _lock(folder: Path) -> IO[str]:
    """One launcher a folder. The kernel lets go of the lock when the launcher ends, however it ends."""
    lock = (folder / "run" / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise LaunchFailed(f"Shonglap already runs in {folder}. Stop it, or choose another --data.") from None
    return lock


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.name in KEPT:
            continue
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    (folder / "log").mkdir()


def _make_ready(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.launch.ready"],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise LaunchFailed(f"The data could not be made ready:\n{done.stdout[-4000:]}")


def _write_configuration(
    folder: Path, ports: Ports, environment: dict[str, str], *, programs: Sequence[str], workers: int
) -> Path:
    """supervisord's file; gives the socket on which it will be asked."""
    server = livekit.find()
    if server is None and "livekit" in programs:
        raise LaunchFailed("There is no livekit-server yet: run script/setup.")
    settings = configuration.livekit(folder, ports, environment)
    known = configuration.commands(server or Path("livekit-server"), settings, ports, workers)
    socket = configuration.socket_for(folder)
    configuration.supervisor(folder, {name: known[name] for name in programs}, socket)
    for name in programs:
        (folder / "run" / f"{name}.pid").unlink(missing_ok=True)
    return socket


def _supervise(folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, ROOT / "tools" / "tied.py", folder / "run" / "supervisord.pid",
         sys.executable, "-m", "supervisor.supervisord", "-n", "-c", folder / "run" / "supervisor.conf"],
        cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=(folder / "log" / "supervisor.err").open("wb"), start_new_session=True,
    )  # fmt: skip


def _wait_until_it_answers(running: Running, timeout: float) -> None:
    probes = {
        "web": f"{running.local_address}/healthz",
        "livekit": f"http://{HOST}:{running.ports.livekit}/",
    }
    waiting = [probes[name] for name in running.programs if name in probes]

    def answers() -> bool:
        if not running.is_alive():
            raise LaunchFailed(
                "The supervisor ended at once:\n" + _tail(running.folder / "log" / "supervisor.err")
            )
        waiting[:] = [url for url in waiting if not _answers(url)]
        states = running.states()
        return not waiting and all(states.get(name) == "RUNNING" for name in running.programs)

    try:
        wait_until(answers, timeout, "all processes to answer")
    except LaunchFailed as failed:
        raise LaunchFailed(f"{failed}\n{_what_is_wrong(running)}") from None


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  our own loopback
            return int(answer.status) == 200
    except (urllib.error.URLError, OSError):
        return False


def _what_is_wrong(running: Running) -> str:
    states = running.states()
    lines = [f"{name}: {states.get(name, 'unknown')}" for name in running.programs]
    for name in running.programs:
        if states.get(name) != "RUNNING" or name == "web":
            lines.append(f"--- the end of log/{name}.log\n{_tail(running.folder / 'log' / f'{name}.log')}")
    return "\n".join(lines)


def _tail(file: Path, lines: int = 20) -> str:
    return "\n".join(file.read_text(errors="replace").splitlines()[-lines:]) if file.exists() else ""
