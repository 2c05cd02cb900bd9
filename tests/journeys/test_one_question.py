"""One question's way, with three real browsers: from a site's camera to the answer in the recording."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tools.launch import Ports, Running, start
from tools.prepare.folders import ROOT

pytestmark = [pytest.mark.media, pytest.mark.browser]

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
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start(tmp_path_factory.mktemp("journey"), ports=Ports.free()) as running:
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


def moving(page: Page) -> float:
    return float(page.evaluate("() => document.querySelector('video')?.currentTime ?? 0"))


def press(page: Page, selector: str) -> None:
    page.locator(selector).first.click()


def test_a_question_from_camera_to_recording(house: Running, plan: dict[str, Any], browser: Browser) -> None:
    at, slug, seat = house.address, plan["slug"], plan["seat"]
    site = someone(browser, house, plan["sessions"]["officer"]).new_page()
    host = someone(browser, house, plan["sessions"]["host"]).new_page()
    citizen = someone(browser, house, plan["sessions"]["citizen"]).new_page()

    # The site joins through WebRTC.
    site.goto(f"{at}/en/sites/{plan['site']}/")
    press(site, "#check-begin")
    press(site, "#join")
    expect(site.locator("main[data-joined=yes]")).to_be_attached(timeout=30_000)

    # The host goes live and brings it on air.
    host.goto(f"{at}/en/dialogues/{slug}/control/")
    press(host, "#sure-start > summary")
    press(host, "#start")
    press(host, f"#air-{seat}")
    press(host, "button[value=solo]")
    expect(site.locator(".banner--air")).to_be_visible(timeout=15_000)

    # The citizen sees the programme move.
    citizen.goto(f"{at}/bn/dialogues/{slug}/watch/")
    play = citizen.locator("[data-play]")
    until(lambda: play_and_look(citizen, play), 60, "a moving picture")

    # The citizen asks in Bangla; the moderator approves.
    citizen.goto(f"{at}/bn/dialogues/{slug}/ask/")
    citizen.locator("input[name=kind][value=question]").check(force=True)
    citizen.locator("textarea[name=text]").fill(QUESTION)
    citizen.locator("main form button[type=submit]").last.click()
    citizen.wait_for_url("**/sent/")
    moderator = host.context.new_page()
    moderator.goto(f"{at}/en/dialogues/{slug}/moderate/")
    moderator.get_by_text(QUESTION).first.click()
    moderator.locator(".desk__bar button").last.click()

    # It is put on screen and answered on air.
    host.bring_to_front()
    question = host.locator(".queue__item", has_text=QUESTION)
    expect(question).to_be_visible(timeout=15_000)
    question.locator("[id^=screen-]").click()
    expect(site.get_by_text(QUESTION).first).to_be_visible(timeout=15_000)
    host.locator("[id^=answering-]").first.click()
    time.sleep(4)
    host.locator("[id^=answered-], #answered").first.click()
    time.sleep(3)

    # The dialogue ends, the report is published.
    press(host, "#sure-end > summary")
    press(host, "#end")
    host.locator("a.bar__report").click()
    host.locator("textarea[name=summary_en]").fill("One question was asked and answered.")
    publish(host)

    # The citizen finds the answer, linked to its moment in the recording.
    citizen.goto(f"{at}/bn/my/questions/")
    link = citizen.locator("a[href*='#t=']").first
    expect(link).to_be_visible()
    moment = float(str(link.get_attribute("href")).split("#t=")[1])
    assert moment > 3
    link.click()
    until(
        lambda: play_and_look(citizen, citizen.locator("[data-play]"), after=moment),
        60,
        "the recording there",
    )


def play_and_look(page: Page, play: Any, after: float = 0) -> bool:
    """Press play where it is asked for; then the time must advance and the frame not be black."""
    if play.count() and play.first.is_visible():
        play.first.click()
        page.wait_for_timeout(1500)
    before = moving(page)
    page.wait_for_timeout(700)
    return moving(page) > max(before, after) and page.evaluate(BRIGHTNESS) > 40


def publish(host: Page) -> None:
    host.locator("form button[name=save], form button").filter(has_text="Save").first.click()
    host.locator("button", has_text="Publish").first.click()
