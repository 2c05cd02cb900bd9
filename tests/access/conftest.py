"""One house with everybody and every state in it, and one Chromium, for all tests of this package."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tools.launch import Ports, Running, start
from tools.prepare.folders import ROOT
from tools.prepare.system import chromium

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@dataclass(frozen=True)
class House:
    """What runs, and what the seed put into it."""

    running: Running
    facts: dict[str, Any]
    sessions: dict[str, str]

    @property
    def address(self) -> str:
        return self.running.address

    def path(self, language: str, path: str) -> str:
        return f"/{language}/{path.format(**self.facts)}"

    def visitor(self, browser: Browser, who: str = "", **options: Any) -> BrowserContext:
        """A phone's context of somebody; "" has not signed in."""
        options = {"viewport": {"width": 360, "height": 740}, **options}
        context = browser.new_context(base_url=self.address, **options)
        context.set_default_timeout(15_000)
        if who:
            context.add_cookies([{"name": "sessionid", "value": self.sessions[who], "url": self.address}])
        return context


def seeded(running: Running) -> House:
    done = subprocess.run(
        [sys.executable, "-m", "tests.access.seed"],
        cwd=ROOT, env=running.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return House(running, **json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Without the programmes: to encode while hundreds of pages are looked at would cost minutes."""
    quiet = ("livekit", "web", "composer")
    with start(tmp_path_factory.mktemp("access"), ports=Ports.free(), programs=quiet) as running:
        yield seeded(running)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=str(chromium()), args=FLAGS)
        yield found
        found.close()
