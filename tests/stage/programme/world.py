"""Real processes on a loopback of their own: livekit-server, simulated sites, the programmes."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tools.prepare import livekit

from .support import Playlist, parse

ROOT = Path(__file__).resolve().parents[3]
SLUG = "on-air"
PATIENCE = 60  # seconds for whatever has no promise to keep: a machine may be busy
KEY, SECRET = "devkey", "only-for-tests-only-for-tests-0123456789"

SEED = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.factories import make_agenda_item, make_dialogue, make_host, make_site, make_stage
dialogue = make_dialogue(state="live", slug="{SLUG}", topic_bn="দুর্নীতিমুক্ত বাংলাদেশ")
make_host(dialogue)
for place in ("ঢাকা", "চট্টগ্রাম"):
    make_site(dialogue, place_bn=place)
stage = make_stage(dialogue, scene="two", agenda_item=make_agenda_item(dialogue))
for order, seat in enumerate(stage.seats.all()):
    seat.on_air_order = order + 1
    seat.save()
"""


def wait_for(look: Callable[[], Any], seconds: float, what: str) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


@dataclass
class World:
    folder: Path
    environment: dict[str, str]
    server: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *command: str) -> None:
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
        )

    def start_livekit(self) -> None:
        self.start("livekit", str(self.server), "--config", str(self.folder / "livekit.yaml"))

    def manage(self, name: str, *arguments: str) -> None:
        self.start(name, sys.executable, "manage.py", *arguments)

    def stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> int:
        process = self.processes.pop(name)
        process.send_signal(how)
        return process.wait(PATIENCE)

    def end(self) -> None:
        """Leave nothing running, whatever went wrong. The conference would wait for the last to leave."""
        for name, process in reversed(self.processes.items()):
            process.send_signal(signal.SIGKILL if name == "livekit" else signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def run(self, code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stage(self, change: str) -> None:
        """Change rows of the stage as the host's desk would, and count the change."""
        self.run(
            "import django; django.setup()\n"
            "from shonglap.stage.models import Stage, Dialogue\n"
            f"stage = Stage.objects.select_related('dialogue').get(dialogue__slug='{SLUG}')\n"
            f"{change}\nstage.revision += 1\nstage.save(); stage.dialogue.save()\n"
        )

    @property
    def public(self) -> Path:
        return self.folder / "public" / SLUG

    def playlist(self, rung: str = "720p") -> Playlist:
        path = self.public / "hls" / rung / "index.m3u8"
        return parse(path.read_text()) if path.exists() else Playlist()

    def last(self) -> int:
        entries = self.playlist().entries
        return int(entries[-1].uri.removesuffix(".ts")) if entries else -1

    def next_segments(self, count: int = 2) -> Path:
        """The file of a segment that began after this call."""
        wanted = self.last() + count
        wait_for(lambda: self.last() >= wanted, PATIENCE, f"segment {wanted}")
        return self.public / "hls" / "720p" / f"{self.last()}.ts"

    def figures(self) -> dict[str, Any]:
        path = self.folder / "run" / f"programme-{SLUG}.json"
        return dict(json.loads(path.read_text())) if path.exists() else {}

    def logs(self) -> str:
        return "\n".join(
            f"== {path.name}\n{path.read_text()[-3000:]}" for path in sorted(self.folder.glob("*.log"))
        )


def _port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _settings(folder: Path, port: int) -> Path:
    written = {
        "port": port,
        "bind_addresses": ["127.0.0.1"],
        "rtc": {"tcp_port": 0, "udp_port": _port(socket.SOCK_DGRAM), "node_ip": "127.0.0.1",
                "use_external_ip": False, "enable_loopback_candidate": True},
        "keys": {KEY: SECRET},
        "logging": {"level": "warn"},
    }  # fmt: skip
    file = folder / "livekit.yaml"
    file.write_text(json.dumps(written))
    return file


def _binary() -> Path:
    server = livekit.find()
    if server is None:
        pytest.skip("there is no livekit-server: run script/setup")
    return server


@contextmanager
def livekit_server(folder: Path) -> Iterator[str]:
    """A conference server of its own; gives its address."""
    port = _port(socket.SOCK_STREAM)
    command = [str(_binary()), "--config", str(_settings(folder, port))]
    with (folder / "livekit.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield f"ws://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait(PATIENCE)


@contextmanager
def world(folder: Path, database: str) -> Iterator[World]:
    """A live dialogue with two seats on air; nothing is started yet. All that was started is stopped."""
    port = _port(socket.SOCK_STREAM)
    _settings(folder, port)
    made = World(folder, _environment(folder, database, port), _binary())
    made.run(SEED)
    try:
        yield made
    except BaseException:
        sys.stderr.write(made.logs())
        raise
    finally:
        made.end()


def _environment(folder: Path, database: str, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "shonglap.config.settings",
        "SHONGLAP_SECRET_KEY": "only-for-tests",
        "SHONGLAP_DATA": str(folder),
        "DATABASE_URL": database,
        "LIVEKIT_URL": f"ws://127.0.0.1:{port}",
        "LIVEKIT_API_KEY": KEY,
        "LIVEKIT_API_SECRET": SECRET,
    }
