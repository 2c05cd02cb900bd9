"""One question's way, with three real browsers: from a site's camera to the answer in the recording."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tools.launch import Ports, Running, start
from tools.prepare.folders import ROOT

pytestmark = [pytest.mark.media, pytest.mark.browser, pytest.mark.journey]

QUESTION = "আমাদের উপজেলায় ভোক্তা অধিকারের অভিযোগ কোথায় জমা দেব?"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, house_database_url: str) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("journey")
    with start(folder, ports=Ports.free(), database_url=house_database_url) as running:
        yield running


@pytest.fixture(scope="module")
def plan(house: Running) -> dict[str, Any]:
    seeded = subprocess.run(
        [sys.executable, "-m", "tests.journeys.seed"],
        cwd=ROOT, env=house.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(seeded.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


def someone(browser: Browser, house: Running, session: str) -> BrowserContext:
    context = browser.new_context(
        permissions=["camera", "microphone"], viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(20_000)
    context.add_cookies([{"name": "sessionid", "value": session, "url": house.address}])
    return context


def until(look: Callable[[], Any], seconds: float, what: str) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.25)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


BRIGHTNESS = """() => {
  const video = document.querySelector('video');
  if (!video || !video.videoWidth) return 0;
  const canvas = document.createElement('canvas');
  canvas.width = 64; canvas.height = 36;
  const brush = canvas.getContext('2d');
  brush.drawImage(video, 0, 0, 64, 36);
  const pixels = brush.getImageData(0, 0, 64, 36).data;
  return Math.max(...pixels.filter((_, at) => at % 4 !== 3));
}"""


@dataclass
class People:
    """Three browsers of their own: an officer at a site, the host, a citizen."""

    site: Page
    host: Page
    citizen: Page


@pytest.fixture
def people(house: Running, plan: dict[str, Any], browser: Browser) -> Iterator[People]:
    sessions = plan["sessions"]
    contexts = [someone(browser, house, sessions[name]) for name in ("officer", "host", "citizen")]
    yield People(*[context.new_page() for context in contexts])
    for context in contexts:
        context.close()


def test_a_question_from_camera_to_recording(house: Running, plan: dict[str, Any], people: People) -> None:
    dialogue = f"dialogues/{plan['slug']}"
    join_from_a_site(people.site, f"{house.address}/en/sites/{plan['site']}/")
    go_live(people.host, f"{house.address}/en/{dialogue}/control/", plan["seat"])
    expect(people.site.locator(".banner--air")).to_be_visible(timeout=15_000)
    people.citizen.goto(f"{house.address}/bn/{dialogue}/watch/")
    until(lambda: plays(people.citizen), 60, "a moving picture")
    ask(people.citizen, f"{house.address}/bn/{dialogue}/ask/")
    approve(people.host.context.new_page(), f"{house.address}/en/{dialogue}/moderate/")
    answer_on_air(people.host, people.site)
    end_and_publish(people.host)
    people.citizen.goto(f"{house.address}/bn/my/questions/")
    hear_the_answer(people.citizen)


def join_from_a_site(site: Page, address: str) -> None:
    site.goto(address)
    site.locator("#check-begin").click()
    site.locator("#join").click()
    expect(site.locator("main[data-joined=yes]")).to_be_attached(timeout=30_000)


def go_live(host: Page, address: str, seat: str) -> None:
    host.goto(address)
    host.locator("#sure-start > summary").click()
    host.locator("#start").click()
    host.locator(f"#air-{seat}").click()
    host.locator("button[value=solo]").click()


def ask(citizen: Page, address: str) -> None:
    citizen.goto(address)
    citizen.locator("input[name=kind][value=question]").check(force=True)
    citizen.locator("textarea[name=text]").fill(QUESTION)
    citizen.locator("main form button[type=submit]").last.click()
    citizen.wait_for_url("**/sent/")


def approve(moderator: Page, address: str) -> None:
    moderator.goto(address)
    moderator.locator("#take_next").click()
    expect(moderator.get_by_text(QUESTION)).to_be_visible()
    moderator.get_by_role("button", name="Approve").click()
    moderator.wait_for_url("**/moderate/")


def answer_on_air(host: Page, site: Page) -> None:
    question = host.locator(".queue__item", has_text=QUESTION)
    question.locator("[id^=screen-]").click(timeout=30_000)
    expect(site.get_by_text(QUESTION).first).to_be_visible(timeout=15_000)
    host.locator("[id^=answering-]").first.click()
    time.sleep(4)
    host.locator("[id^=answered-], #answered").first.click()
    time.sleep(3)


def end_and_publish(host: Page) -> None:
    host.locator("#sure-end > summary").click()
    host.locator("#end").click()
    host.locator("a.bar__report").click()
    host.locator("textarea[name=summary_en]").fill("One question was asked and answered.")
    host.get_by_role("button", name="Save", exact=True).click()
    host.get_by_role("button", name="Publish the report").click()
    expect(host.get_by_text("One question was asked and answered.")).to_be_visible()


def hear_the_answer(citizen: Page) -> None:
    link = citizen.locator("a[href*='#t=']").first
    moment = float(str(link.get_attribute("href")).split("#t=")[1])
    assert moment > 3
    link.click()
    until(lambda: plays(citizen, after=moment), 60, "the recording there")


def plays(page: Page, after: float = 0) -> bool:
    """Press play where it is asked for; then the time must advance and the frame not be black."""
    play = page.locator("[data-play]")
    if play.count() and play.first.is_visible():
        play.first.click()
        page.wait_for_timeout(1500)
    before = moving(page)
    page.wait_for_timeout(700)
    return moving(page) > max(before, after) and page.evaluate(BRIGHTNESS) > 40


def moving(page: Page) -> float:
    return float(page.evaluate("() => document.querySelector('video')?.currentTime ?? 0"))
