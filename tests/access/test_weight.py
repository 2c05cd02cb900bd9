"""What the watch page costs somebody who opens it for the first time, before the picture is asked for.

Counted is all that comes over the line, heads and all, until the page rests between two ticks. The player
(hls.js) is part of the video: it comes when somebody presses play (see test_journey.py).
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tools import subset_fonts

from .conftest import House

pytestmark = [pytest.mark.media, pytest.mark.browser]

MOST_BYTES = 60_000
A_HEAD = 400  # bytes, of an answer
TICK = re.compile(r"/feed/\d+\.json$")
TICKS_TO_CATCH_UP = 9  # the most: there is a snapshot every ten
A_TICK = 600  # bytes with its head, where something happened in it


class Line:
    """All that came, by address, as the browser counted it on the line."""

    def __init__(self, page: Page) -> None:
        self.bytes: dict[str, int] = {}
        self._named: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)

    def _asked(self, event: Any) -> None:
        self._named[event["requestId"]] = event["request"]["url"]

    def _came(self, event: Any) -> None:
        # Once each: what is asked again and again is the running cost, not the first load's.
        self.bytes.setdefault(self._named[event["requestId"]], int(event["encodedDataLength"]))

    def matching(self, words: str) -> list[str]:
        return [address for address in self.bytes if words in address]


def opened(house: House, browser: Browser, language: str) -> tuple[Page, Line]:
    page = house.visitor(browser).new_page()
    line = Line(page)
    page.goto(house.path(language, "dialogues/{live}/watch/"))
    page.locator(".question__vote").first.wait_for()
    page.wait_for_timeout(1500)
    return page, line


def heaviest(line: Line) -> int:
    """As if the phone had not the font itself, and came at the worst moment between two snapshots."""
    font = 0 if line.matching(".woff2") else subset_fonts.WEB_FONT.stat().st_size + A_HEAD
    steady = sum(size for address, size in line.bytes.items() if not TICK.search(address))
    return steady + font + TICKS_TO_CATCH_UP * A_TICK


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_first_load_of_the_watch_page_is_light(house: House, browser: Browser, language: str) -> None:
    page, line = opened(house, browser, language)
    page.context.close()
    for part in ("/watch/", "main-", "watch-", "/feed/head.json", "/feed/state-", "/me.json"):
        assert line.matching(part), f"{part} was not counted"
    weight = heaviest(line)
    print(f"{language}: {weight} bytes")  # noqa: T201  seen with -s
    assert weight <= MOST_BYTES, line.bytes
    assert not line.matching("hls.light") + line.matching("/hls/") + line.matching("poster")


def test_letters_are_fetched_only_for_a_page_that_shows_bangla(house: House, browser: Browser) -> None:
    for path in ("accounts/sign-in/", ""):
        page = house.visitor(browser).new_page()
        line = Line(page)
        page.goto(house.path("en", path), wait_until="load")
        page.wait_for_timeout(500)
        fetched = line.matching(".woff2")
        page.context.close()
        assert fetched == []
