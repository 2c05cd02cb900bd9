"""A real Chromium with a fake camera joins the stage; host and site see what the other does."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tools.launch import Ports, Running, start
from tools.prepare.folders import ROOT

pytestmark = [pytest.mark.media, pytest.mark.browser]

FAKE_CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
REFUSING = """() => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
}"""
SOON = 20_000  # the machine is small, and encodes video meanwhile


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start(tmp_path_factory.mktemp("stage"), ports=Ports.free()) as running:
        yield running


def answer_of(house: Running, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, env=house.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def plan(house: Running) -> dict[str, Any]:
    return dict(json.loads(answer_of(house, "-m", "tests.web.sites.seed")))


def seat_in_database(house: Running, plan: dict[str, Any]) -> dict[str, Any]:
    code = (
        "import django, json; django.setup()\n"
        "from shonglap.stage.models import Seat\n"
        f"seat = Seat.objects.get(identity={plan['seat']!r})\n"
        "print(json.dumps({'connected': seat.connected, 'session': seat.session}))"
    )
    return dict(json.loads(answer_of(house, "-c", code)))


@pytest.fixture(scope="module")
def browsers() -> Iterator[Callable[..., Browser]]:
    """Chromium with a camera, or without one."""
    with sync_playwright() as playwright:

        def launch(*, camera: bool) -> Browser:
            flags = FLAGS + (FAKE_CAMERA if camera else [])
            return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)

        yield launch


@pytest.fixture(scope="module")
def browser(browsers: Callable[..., Browser]) -> Iterator[Browser]:
    chromium = browsers(camera=True)
    yield chromium
    chromium.close()


def visit(browser: Browser, house: Running, session: str, path: str, **options: Any) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=house.address, **options)
    context.set_default_timeout(SOON)
    context.add_cookies([{"name": "sessionid", "value": session, "url": house.address}])
    page = context.new_page()
    page.goto(path)
    return page


@pytest.fixture
def host(browser: Browser, house: Running, plan: dict[str, Any]) -> Iterator[Page]:
    page = visit(browser, house, plan["host"], f"/en/dialogues/{plan['slug']}/control/")
    yield page
    page.context.close()


@pytest.fixture
def site(browser: Browser, house: Running, plan: dict[str, Any]) -> Iterator[Page]:
    page = visit(
        browser, house, plan["officer"], f"/en/sites/{plan['site']}/", permissions=["camera", "microphone"]
    )
    yield page
    page.context.close()


def join(site: Page) -> None:
    site.locator("#check-begin").click()
    expect(site.locator("#check-result")).to_contain_text("work")
    site.locator("#join").click()
    expect(site.locator("main[data-joined=yes]")).to_be_attached(timeout=SOON)


def seat_card(host: Page, plan: dict[str, Any]) -> Locator:
    return host.locator(f"[data-seat={plan['seat']}]")


def test_a_camera_joins_and_host_and_site_see_each_other(
    house: Running, plan: dict[str, Any], host: Page, site: Page
) -> None:
    expect(seat_card(host, plan)).to_contain_text("Not connected")
    join(site)
    the_host_sees_it_come(house, plan, host)
    a_hand_goes_up_and_down(plan, host, site)
    on_air_by_the_key_on_the_button(plan, host, site)
    a_private_word_survives_the_page_changing_under_it(plan, host, site)
    muted_and_unmuted(plan, host, site)
    a_reloaded_page_is_back_by_itself(site)
    sent_out_and_let_back_in(plan, host, site)


def the_host_sees_it_come(house: Running, plan: dict[str, Any], host: Page) -> None:
    """The webhook tells the database, the database the host; the picture comes from the conference."""
    card = seat_card(host, plan)
    expect(card).to_contain_text("Green room", timeout=SOON)
    seat = seat_in_database(house, plan)
    assert seat["connected"] is True
    assert seat["session"].startswith("PA_")
    expect(card.locator("video")).to_be_visible(timeout=SOON)


def a_hand_goes_up_and_down(plan: dict[str, Any], host: Page, site: Page) -> None:
    site.locator("#toggle-hand").click()
    expect(seat_card(host, plan)).to_contain_text("Hand up since", timeout=SOON)
    host.locator(f"#hand-{plan['seat']}").click()
    expect(site.locator("#toggle-hand")).to_contain_text("Raise your hand", timeout=SOON)


def on_air_by_the_key_on_the_button(plan: dict[str, Any], host: Page, site: Page) -> None:
    host.keyboard.press("1")
    expect(site.locator(".banner--air")).to_contain_text("ON AIR", timeout=SOON)
    assert site.title().startswith("● ON AIR")
    expect(site.locator(f"#tiles-air [data-tile={plan['seat']}] video")).to_be_visible(timeout=SOON)


def a_private_word_survives_the_page_changing_under_it(plan: dict[str, Any], host: Page, site: Page) -> None:
    seat_card(host, plan).locator(".more > summary").click()
    host.locator(f"#{plan['seat']}-note").fill("Speak up")
    host.locator("#scene-grid").click()
    expect(host.locator("#scene-grid")).to_have_attribute("aria-pressed", "true", timeout=SOON)
    expect(host.locator(f"#{plan['seat']}-note")).to_have_value("Speak up")
    host.locator(f"#note-{plan['seat']}").click()
    expect(site.locator(".host-note")).to_contain_text("Speak up", timeout=SOON)


def muted_and_unmuted(plan: dict[str, Any], host: Page, site: Page) -> None:
    host.locator(f"#mute-{plan['seat']}").click()
    expect(site.locator("#toggle-microphone")).to_be_disabled(timeout=SOON)
    host.locator(f"#unmute-{plan['seat']}").click()
    expect(site.locator("#toggle-microphone")).to_contain_text("Microphone is on", timeout=SOON)


def a_reloaded_page_is_back_by_itself(site: Page) -> None:
    site.reload()
    expect(site.locator("main[data-joined=yes]")).to_be_attached(timeout=SOON)
    expect(site.locator(".banner--air")).to_be_visible()


def sent_out_and_let_back_in(plan: dict[str, Any], host: Page, site: Page) -> None:
    host.locator(f"#sure-{plan['seat']} > summary").click()
    host.locator(f"#remove-{plan['seat']}").click()
    expect(site.locator(".banner--removed")).to_be_visible(timeout=SOON)
    expect(site.locator("main[data-joined=no]")).to_be_attached(timeout=SOON)
    host.locator(f"#back-{plan['seat']}").click()
    site.locator("#join").click()
    expect(site.locator("main[data-joined=yes]")).to_be_attached(timeout=SOON)
    expect(site.locator(".banner")).to_contain_text("green room", timeout=SOON)


def test_a_second_window_takes_over_and_the_first_says_so(
    house: Running, plan: dict[str, Any], browser: Browser, site: Page
) -> None:
    join(site)
    second = visit(
        browser, house, plan["officer"], f"/en/sites/{plan['site']}/", permissions=["camera", "microphone"]
    )
    join(second)
    expect(site.locator("#trouble")).to_contain_text("another window", timeout=SOON)
    expect(site.locator(".banner .only-away").first).to_be_hidden()  # it must not call for joining again
    expect(site.locator("#said")).to_be_empty()
    site.wait_for_timeout(3000)
    expect(second.locator("main[data-joined=yes]")).to_be_attached()
    second.context.close()


def test_a_site_on_air_is_back_with_one_press(
    house: Running, plan: dict[str, Any], browser: Browser, host: Page, site: Page
) -> None:
    """Its page was closed while on air: nobody waits for a check of the camera now."""
    host.locator(f"#air-{plan['seat']}").click()
    expect(site.locator(".banner--air")).to_contain_text("Join now", timeout=SOON)
    site.locator("#join").click()
    expect(site.locator("main[data-joined=yes]")).to_be_attached(timeout=SOON)
    expect(site.locator(f"#tiles-air [data-tile={plan['seat']}] video")).to_be_visible(timeout=SOON)
    host.locator(f"#off-{plan['seat']}").click()
    expect(site.locator(".banner")).to_contain_text("green room", timeout=SOON)


def test_a_host_on_a_phone_is_asked_within_the_screen(
    house: Running, plan: dict[str, Any], browser: Browser
) -> None:
    page = visit(browser, house, plan["host"], f"/bn/dialogues/{plan['slug']}/control/")
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("#sure-start > summary").click()
    for part in ("#sure-start .sure__box", "#start", "#scene-slate"):
        box = page.locator(part).bounding_box()
        assert box, part
        assert box["x"] >= 0, part
        assert box["x"] + box["width"] <= 360, part
    page.context.close()


def test_a_refused_camera_is_said_in_words(house: Running, plan: dict[str, Any], browsers: Any) -> None:
    chromium = browsers(camera=False)
    page = visit(chromium, house, plan["officer"], f"/en/sites/{plan['site']}/")
    page.evaluate(REFUSING)
    page.locator("#check-begin").click()
    expect(page.locator("#check-result")).to_contain_text("was not allowed")
    expect(page.locator("#join")).to_be_visible()
    chromium.close()


def test_a_computer_without_devices_may_join_to_see_and_hear(
    house: Running, plan: dict[str, Any], browsers: Any
) -> None:
    chromium = browsers(camera=False)
    page = visit(chromium, house, plan["officer"], f"/en/sites/{plan['site']}/")
    page.locator("#check-begin").click()
    expect(page.locator("#check-result")).to_contain_text("No camera or microphone was found")
    page.locator("#join").click()
    expect(page.locator("main[data-joined=yes]")).to_be_attached(timeout=SOON)
    chromium.close()


def test_a_press_that_was_lost_is_said_until_the_next_one(host: Page) -> None:
    host.context.set_offline(True)
    before = host.locator("#scene-two").bounding_box()
    expect(host.locator("#touch")).to_contain_text("No connection to the server", timeout=SOON)
    assert host.locator("#scene-two").bounding_box() == before  # no button moves away from under the finger
    host.locator("#scene-two").click()
    expect(host.locator("#trouble")).to_contain_text("did not reach the server", timeout=SOON)
    host.context.set_offline(False)
    expect(host.locator("#touch")).to_be_empty(timeout=SOON)
    expect(host.locator("#trouble")).to_contain_text("did not reach the server")
    host.locator("#scene-two").click()
    expect(host.locator("#trouble")).to_be_empty(timeout=SOON)
    expect(host.locator("#scene-two")).to_have_attribute("aria-pressed", "true", timeout=SOON)
