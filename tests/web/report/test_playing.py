"""The report in a real browser: chapters play, the address remembers the place, the questions follow."""

import json
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, sync_playwright

from shonglap.base import clock
from shonglap.dialogues.models import Dialogue, State
from shonglap.stage.models import AgendaMark, RecordingPart
from tests.factories import make_agenda_item, make_dialogue, make_stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

SECONDS = 240
MASTER = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=90000,RESOLUTION=160x90\n360p/index.m3u8\n"


@pytest.fixture
def dialogue() -> Dialogue:
    """Published, with chapters at 10 and 200 seconds and a question that came in at 150."""
    dialogue = make_dialogue(state=State.PUBLISHED)
    stage = make_stage(dialogue)
    began = clock.now() - timedelta(hours=1)
    RecordingPart.objects.create(stage=stage, began_at=began, seconds=SECONDS)
    for seconds, title in ((10, "Opening words"), (200, "Closing words")):
        item = make_agenda_item(dialogue, title_en=title)
        AgendaMark.objects.create(stage=stage, agenda_item=item, at=began + timedelta(seconds=seconds))
    make_video(settings.PUBLIC_FOLDER / dialogue.slug / "hls")
    make_feed(settings.PUBLIC_FOLDER / dialogue.slug / "feed", began)
    return dialogue


def make_video(folder: Path) -> None:
    (folder / "360p").mkdir(parents=True)
    (folder / "master.m3u8").write_text(MASTER)
    source = f"testsrc2=s=160x90:r=5:d={SECONDS}"
    command = [
        "ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "ultrafast",
        "-g", "10", "-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod",
        "-hls_segment_filename", str(folder / "360p" / "%d.ts"), str(folder / "360p" / "index.m3u8"),
    ]  # fmt: skip
    subprocess.run(command, check=True)


def make_feed(folder: Path, began: Any) -> None:
    """A tick every two seconds and whole states where the composer leaves them."""
    folder.mkdir(parents=True)
    asked = {
        "text": "When is the road mended?",
        "language": "en",
        "status": "open",
        "author": {"name": "Rafi"},
    }
    news = {"contributions": {"q": asked}, "votes": {"q": 7}}
    for number in range(1, SECONDS // 2 + 1):
        at = clock.stamp(began + timedelta(seconds=number * 2))
        changes = news if number == 75 else {}
        (folder / f"{number}.json").write_text(json.dumps({"tick": number, "at": at, "changes": changes}))
        if number % 10 == 1:
            state = news if number > 75 else {}
            (folder / f"state-{number}.json").write_text(json.dumps({"at": at, "state": state}))
    (folder / "head.json").write_text(json.dumps({"tick": SECONDS // 2}))


@pytest.fixture
def page(live_server: Any, dialogue: Dialogue) -> Iterator[Page]:
    """The report, opened; what lies under /public/ comes from the folder."""

    def served(route: Route) -> None:
        path = settings.PUBLIC_FOLDER / route.request.url.split("/public/", 1)[1]
        route.fulfill(path=path) if path.is_file() else route.fulfill(status=404)

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.route("**/public/**", served)
        page.goto(f"{live_server.url}/en/dialogues/{dialogue.slug}/report/")
        yield page
        browser.close()


PLACE = "at => { const now = document.querySelector('video').currentTime; return now >= at && now < at + 9 }"


def wait_for_place(page: Page, seconds: int) -> None:
    page.wait_for_function(PLACE, arg=seconds, timeout=20_000)


def test_chapters_play_and_the_questions_follow(page: Page) -> None:
    page.get_by_text("See the questions as they came in").click()
    page.get_by_text("Opening words").click()
    wait_for_place(page, 10)
    assert page.url.endswith("#t=10")
    page.locator("[aria-current]", has_text="Opening words").wait_for()
    assert page.locator(".report-replay__item").count() == 0
    page.get_by_text("Closing words").click()
    wait_for_place(page, 200)
    page.locator(".report-replay__item", has_text="When is the road mended?").wait_for()
    assert page.locator(".report-replay__votes").inner_text() == "7"
    page.get_by_text("Opening words").click()
    page.locator(".report-replay__item").wait_for(state="detached")


def test_an_address_with_a_place_begins_there(page: Page) -> None:
    page.goto(f"{page.url}#t=100")
    page.reload()
    wait_for_place(page, 100)


def test_nothing_of_the_video_is_fetched_before_somebody_wants_it(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.reload()
    page.wait_for_load_state("networkidle")
    assert not [address for address in fetched if "/hls" in address or "/feed/" in address]
    page.get_by_role("button", name="Play the recording").click()
    wait_for_place(page, 0)
    assert [address for address in fetched if "/hls/" in address]
