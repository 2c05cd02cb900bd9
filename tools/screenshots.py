"""The pictures of the README, and more to look at: `python -m tools.screenshots [--folder DIR]`.

Plays the demo once in a folder of its own and looks at it with real Chromium: the citizen's phone, the
host's desktop, a moderator's phone, a site with a camera. `docs/screenshots` keeps two
of them; all go to the folder.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.demo import launched, play
from tools.launch import Ports, Running
from tools.prepare import system
from tools.prepare.folders import ROOT

KEPT = ROOT / "docs" / "screenshots"
IN_README = ("watch", "control")
ON_AIR = 240  # seconds
LOOK_AFTER = 100  # seconds on air: questions, votes and answers are there by then
DESKTOP, PHONE = (1280, 900), (360, 740)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]


@dataclass(frozen=True)
class Shot:
    """`page` is an address below `/<language>/`, with {slug} and {site} for the dialogue's own."""

    name: str
    page: str
    who: str = ""
    size: tuple[int, int] = DESKTOP
    language: str = "bn"
    dark: bool = False
    press: tuple[str, ...] = ()


LIVE = (
    Shot("watch", "dialogues/{slug}/watch/", press=("[data-play]",), language="en"),
    Shot("watch-phone", "dialogues/{slug}/watch/", size=PHONE, press=("[data-play]",)),
    Shot("watch-phone-dark", "dialogues/{slug}/watch/", size=PHONE, press=("[data-play]",), dark=True),
    Shot("control", "dialogues/{slug}/control/", who="host", language="en"),
    Shot("control-bn", "dialogues/{slug}/control/", who="host", size=(1440, 1100)),
    Shot("moderate-phone", "dialogues/{slug}/moderate/", who="moderator1", size=PHONE),
    Shot(
        "moderate-item-phone",
        "dialogues/{slug}/moderate/",
        who="moderator2",
        size=PHONE,
        press=("#take_next",),
    ),
    Shot("site", "sites/{site}/", who="officer-rajshahi", press=("#check-begin", "#join")),
    Shot("ask-phone", "dialogues/{slug}/ask/", who="citizen", size=PHONE),
    Shot("home-phone", "", size=PHONE),
    Shot("dialogue", "dialogues/{slug}/"),
)
AFTER = (
    Shot("report", "dialogues/{slug}/report/", language="en"),
    Shot("report-phone", "dialogues/{slug}/report/", size=PHONE),
    Shot("my-questions-phone", "my/questions/", who="citizen", size=PHONE),
    Shot("my-office", "my/office/", who="host"),
    Shot("plan", "plan/{slug}/", who="host"),
    Shot("home", ""),
)


@dataclass(frozen=True)
class Place:
    """Where the demo runs, and which dialogue it plays."""

    address: str
    slug: str
    site: str
    sessions: dict[str, str]

    def url(self, shot: Shot) -> str:
        return f"{self.address}/{shot.language}/{shot.page.format(slug=self.slug, site=self.site)}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "screenshots")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="shonglap-screenshots-") as folder,
        launched(Path(folder), Ports.free(), 2) as running,
        played(running) as place,
        chromium() as browser,
    ):
        for shot in LIVE:
            take(browser, place, shot, chosen.folder)
        wait_for_report(place)
        for shot in AFTER:
            take(browser, place, shot, chosen.folder)
    for name in IN_README:
        keep(chosen.folder / f"{name}.png", KEPT / f"{name}.png")
    return 0


@contextmanager
def played(running: Running) -> Iterator[Place]:
    """The demo on air for some time already, in the background."""
    arguments = ("--seconds", str(ON_AIR), "--rounds", "1")
    playing = threading.Thread(target=play, args=(running, *arguments), daemon=True)
    playing.start()
    os.environ.update(running.environment)
    import django

    django.setup()
    place = found(running.address)
    time.sleep(LOOK_AFTER)
    yield place


def found(address: str) -> Place:
    from django.db import connection

    from shonglap.demo import plot
    from shonglap.dialogues.models import Dialogue, Site, State

    until = time.monotonic() + 90
    while time.monotonic() < until:
        live = Dialogue.objects.filter(state=State.LIVE).first()
        if live is not None:
            site = Site.objects.get(dialogue=live, office__code=plot.VISITORS.office)
            connection.close()
            return Place(address, live.slug, site.public_id, sessions())
        time.sleep(0.5)
    raise SystemExit("The demo did not go live.")


def sessions() -> dict[str, str]:
    """Everybody whom a picture needs signed in; before the browser, whose loop Django refuses to enter."""
    from shonglap.accounts.models import Person
    from shonglap.demo.cast import DOMAIN
    from shonglap.demo.crowd import signed_in

    names = {shot.who for shot in (*LIVE, *AFTER) if shot.who}
    return {name: signed_in(Person.objects.get(email=f"{name}@{DOMAIN}")) for name in names}


def wait_for_report(place: Place) -> None:
    until = time.monotonic() + ON_AIR
    recording = f"{place.address}/public/{place.slug}/recording.mp4"
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(recording, timeout=5):  # noqa: S310 - our own server
            time.sleep(5)  # the last tick tells of it
            return
        time.sleep(1)
    raise SystemExit("There is no recording.")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(system.chromium()), args=FLAGS)
        yield browser
        browser.close()


def take(browser: Browser, place: Place, shot: Shot, folder: Path) -> None:
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if shot.size == PHONE else 1,
        color_scheme="dark" if shot.dark else "light",
        permissions=["camera", "microphone"],
        reduced_motion="reduce",
    )
    if shot.who:
        cookie = {"name": "sessionid", "value": place.sessions[shot.who], "url": place.address}
        context.add_cookies([cookie])  # type: ignore[list-item]  # a dict with the names that it wants
    page = context.new_page()
    page.goto(place.url(shot))
    page.wait_for_timeout(2000)
    for selector in shot.press:
        press(page, selector)
    page.wait_for_timeout(4000)
    page.screenshot(path=folder / f"{shot.name}.png")
    page.screenshot(path=folder / f"{shot.name}-whole.png", full_page=True)
    print(shot.name, flush=True)
    context.close()


def press(page: Page, selector: str) -> None:
    button = page.locator(selector).first
    if button.is_visible():
        button.click()
        page.wait_for_timeout(1500)


def keep(source: Path, target: Path) -> None:
    """With 256 colours, for a repository keeps every picture it ever had."""
    target.parent.mkdir(exist_ok=True)
    picture = Image.open(source).convert("RGB").quantize(256, dither=Image.Dither.FLOYDSTEINBERG)
    picture.save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
