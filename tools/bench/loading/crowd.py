"""Many viewers of one feed at once, played by wrk, and one of them who looks closely at what comes.

wrk (Debian's package, in C and LuaJIT), because a client in Python would be slower than nginx and so measure
itself. It asks over connections that stay open, each for the next file of a list, and is bounded in
connections and in time. It notices refusals and broken lines; that the bytes are right is seen by `Reader`,
some twenty times a second.
"""

import gzip
import http.client
import json
import os
import random
import shutil
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.prepare.running import Stop

SCRIPT = Path(__file__).with_name("crowd.lua")
ASKS = {"Accept-Encoding": "gzip", "Accept": "*/*", "User-Agent": "Mozilla/5.0 (Linux; Android 10)"}
NEWCOMERS = 0.01  # of all viewers, each tick
READ_EVERY = 0.05  # seconds


@dataclass(frozen=True)
class Load:
    """What wrk saw of one run."""

    answers: int
    seconds: float
    bytes: int
    refused: int
    broken: int
    p50_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds if self.seconds else 0.0


def asked(prefix: str, ticks: int, snapshots: Sequence[int], times: int = 4) -> list[str]:
    """What viewers ask for, in the order of ticks, each by some viewers in a row as in a live hour.

    Head, then tick; a newcomer also a snapshot and what followed it.
    """
    chance = random.Random(11)  # noqa: S311 - the same list each time
    paths: list[str] = []
    for tick in range(2, ticks + 1):
        for _viewer in range(times):
            paths += [f"{prefix}head.json", f"{prefix}{tick}.json"]
            if chance.random() < NEWCOMERS:
                snapshot = max(number for number in snapshots if number < tick)
                paths.append(f"{prefix}state-{snapshot}.json")
                paths += [f"{prefix}{missed}.json" for missed in range(snapshot + 1, tick)]
    return paths


def asked_a_tick(paths: Sequence[str]) -> float:
    """How many requests one viewer makes during one tick, on average."""
    return len(paths) / sum(path.endswith("/head.json") for path in paths)


def program() -> str:
    found = shutil.which("wrk")
    if found is None:
        raise Stop("wrk is missing: run script/setup --tests")
    return found


def run(
    port: int,
    listed: Path,
    seconds: int,
    *,
    connections: int,
    longest_wait_ms: int = 0,
    before: Sequence[str] = (),
) -> Load:
    """As fast as it goes, or with a pause before each request. `before` is put before the command."""
    headers = [word for name, value in ASKS.items() for word in ("-H", f"{name}: {value}")]
    command = [
        *before, program(), "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", *headers,
        "-s", str(SCRIPT), f"http://127.0.0.1:{port}", str(listed), str(longest_wait_ms),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60)
    return Load(**json.loads(done.stdout.splitlines()[-1]))


class Reader:
    """One viewer who compares each answer with the file on disk, while the crowd is there."""

    def __init__(self, port: int, public: Path, paths: Sequence[str]) -> None:
        self.port, self.public, self.paths = port, public, paths
        self.read, self.wrong = 0, list[str]()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go)

    def __enter__(self) -> "Reader":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _go(self) -> None:
        chance = random.Random(os.getpid())  # noqa: S311
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not self._over.wait(READ_EVERY):
            path = chance.choice(self.paths)
            try:
                self._look(connection, path)
            except (OSError, http.client.HTTPException) as error:
                self.wrong.append(f"{path}: {error!r}")
                connection.close()
        connection.close()

    def _look(self, connection: http.client.HTTPConnection, path: str) -> None:
        connection.request("GET", path, headers=ASKS)
        answer = connection.getresponse()
        body = answer.read()
        said = (answer.status, answer.headers["Content-Encoding"], answer.headers["Content-Type"])
        if said != (200, "gzip", "application/json"):
            self.wrong.append(f"{path}: {said}")
        elif gzip.decompress(body) != (self.public / path.removeprefix("/public/")).read_bytes():
            self.wrong.append(f"{path}: other bytes than on disk")
        self.read += 1
