"""The real server: granian with the front and Django, started and ended as the launcher does it."""

import gzip
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.config.contents import LARGE, TICK
from tools.prepare.folders import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    port: int
    public: Path

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> "Told":
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        told = Told(
            answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        )
        connection.close()
        return told

    def answers(self) -> bool:
        try:
            return self.ask("/public/roads/feed/5.json", "HEAD").status == 200
        except OSError:
            return False


@dataclass
class Told:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture
def server(public: Path, own_database_url: str) -> Iterator[Server]:
    """One worker, with the public folder of these tests and a database without any table."""
    port = free_port()
    environment = {
        **os.environ, "SHONGLAP_DATA": str(public.parent), "DATABASE_URL": own_database_url,
        "SHONGLAP_SECRET_KEY": "only-for-tests",
    }  # fmt: skip
    process = subprocess.Popen(
        [
            sys.executable, "tools/tied.py", str(public.parent / "pid"),
            sys.executable, "-m", "shonglap.config.serve", "--port", str(port), "--workers", "1",
        ],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    running = Server(process, port, public)
    try:
        wait_until(running.answers)
        yield running
    finally:
        process.kill()
        process.wait()


def wait_until(look: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


def test_the_server_serves_files_pages_and_nothing_else(server: Server) -> None:
    tick = server.ask("/public/roads/feed/5.json", accept_encoding="gzip")
    assert (tick.status, gzip.decompress(tick.body)) == (200, TICK)
    assert tick.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert server.ask("/public/roads/feed/5.json", if_none_match=tick.headers["etag"]).status == 200
    head = server.ask("/public/roads/recording.mp4", "HEAD")
    assert (head.status, head.headers["content-length"], head.body) == (200, str(len(LARGE)), b"")
    assert server.ask("/public/roads/recording.mp4").body == LARGE
    assert server.ask("/public/roads/recording.mp4", range="bytes=5-900004").body == LARGE[5:900_005]
    for path in (
        "/public/../env", "/public/%2e%2e/env", "/public/roads/..%2f..%2fenv", "/public/%2fetc/passwd",
        "/public/roads/feed/6.json", "/public/roads/.git/x.json", "/public/%ff.json", "/public/%00.json",
    ):  # fmt: skip
        assert server.ask(path).status == 404, path
    assert server.ask("/public/roads/feed/5.json", "POST", b"x").status == 405
    assert json.loads(server.ask("/healthz").body) == {"ok": True}
    assert server.ask("/bn/%ff/").status == 404
    assert server.ask("/", "POST", b"x" * 1_500_000).status in (302, 403, 405)
    assert server.ask("/", "POST", b"x" * 20_000_001).status == 413
    assert server.answers(), "it stands after all that"


def test_what_was_counted_is_kept_when_the_server_is_asked_to_end(server: Server) -> None:
    for _ in range(3):
        server.ask("/public/roads/feed/5.json")
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=30) == 0
    (file,) = (server.public.parent / "run" / "viewers" / "roads").glob("*.json")
    assert json.loads(file.read_text()) == {"ticks": {"5": 3}}


def test_no_worker_outlives_a_server_that_was_killed(server: Server) -> None:
    server.process.kill()
    server.process.wait()
    wait_until(lambda: not server.answers(), 20)
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", server.port))
