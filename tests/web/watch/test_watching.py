"""The watch page in a real browser, with a feed that the test writes and a line that it can cut."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect, sync_playwright

from shonglap.base import clock
from shonglap.dialogues.models import Dialogue, State
from shonglap.questions.models import Contribution
from tests.factories import make_contribution, make_dialogue, make_person
from tools.prepare.system import chromium

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

SOON = 10_000


class Feed:
    """The folder of a dialogue's feed; each `tell` is the next tick."""

    def __init__(self, dialogue: Dialogue) -> None:
        self.folder: Path = settings.PUBLIC_FOLDER / dialogue.slug / "feed"
        self.folder.mkdir(parents=True)
        self.tick = 0
        self.contributions: dict[str, Any] = {}

    def begin(self, **state: Any) -> None:
        self.tick = 1
        self.write("state-1", {"tick": 1, "state": state})
        self.head()

    def tell(self, **changes: Any) -> None:
        self.tick += 1
        self.write(str(self.tick), {"tick": self.tick, "changes": changes})
        self.head()

    def head(self) -> None:
        facts = {"version": 1, "tick": self.tick, "length": 0.4, "snapshot": 1, "final": False}
        self.write("head", {**facts, "next_at": clock.stamp(clock.now())})

    def write(self, name: str, content: Any) -> None:
        (self.folder / f"{name}.json").write_text(json.dumps(content))


def face(contribution: Contribution, **more: Any) -> dict[str, Any]:
    facts = {"kind": "question", "text": contribution.text, "language": "en", "status": "open"}
    author = {"name": "Rina", "accredited": ""}
    return {**facts, "author": author, "at": clock.stamp(contribution.created_at), "pictures": [], **more}


@pytest.fixture(autouse=True)
def beside_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps a loop in this thread; the database is asked between its turns, never within."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def dialogue() -> Dialogue:
    return make_dialogue(state=State.LIVE)


@pytest.fixture
def feed(dialogue: Dialogue) -> Feed:
    return Feed(dialogue)


@pytest.fixture
def page(live_server: Any) -> Iterator[Page]:
    """A phone's page; /public/ comes from the folder, and a fault in a script fails the test."""
    faults: list[str] = []

    def served(route: Route) -> None:
        path = settings.PUBLIC_FOLDER / route.request.url.split("/public/", 1)[1]
        route.fulfill(path=path) if path.is_file() else route.fulfill(status=404)

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(chromium()), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 740}, base_url=live_server.url)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.route("**/public/**", served)
        yield page
        browser.close()
    assert faults == []


def watch(page: Page, dialogue: Dialogue) -> None:
    page.goto(f"/en/dialogues/{dialogue.slug}/watch/")


def sign_in(page: Page, client: Any, person: Any) -> None:
    """And open the page again."""
    client.force_login(person)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.evaluate("origin")}]
    )
    page.reload()


def test_the_newest_is_there_at_once_with_its_badge(page: Page, dialogue: Dialogue, feed: Feed) -> None:
    old, new = make_contribution(dialogue), make_contribution(dialogue)
    feed.begin(contributions={old.public_id: face(old)})
    journalist = {"name": "Moni", "accredited": "citizen_journalist"}
    shown = face(new, author=journalist, pictures=[{"url": "/x.jpg", "width": 3, "height": 2}])
    feed.tell(contributions={new.public_id: shown})
    watch(page, dialogue)
    row = page.locator(f"[data-id='{new.public_id}']")
    expect(row.locator(".question__badge")).to_have_text("Citizen journalist", timeout=SOON)
    expect(row).to_contain_text("Pictures: 1")
    expect(page.locator("#fresh")).to_be_hidden()


def test_votes_of_others_leave_the_button_under_the_finger(
    page: Page, dialogue: Dialogue, feed: Feed
) -> None:
    asked = make_contribution(dialogue)
    feed.begin(contributions={asked.public_id: face(asked)}, votes={asked.public_id: 4})
    watch(page, dialogue)
    row = page.locator(f"[data-id='{asked.public_id}']")
    button = row.locator(".question__vote").element_handle(timeout=SOON)
    feed.tell(votes={asked.public_id: 5})
    expect(row.locator(".question__number")).to_have_text("5", timeout=SOON)
    assert button.evaluate("one => one.isConnected")


def test_new_ones_wait_but_ones_own(page: Page, client: Any, dialogue: Dialogue, feed: Feed) -> None:
    first, other = make_contribution(dialogue), make_contribution(dialogue)
    mine = make_contribution(dialogue, person=make_person())
    feed.begin(contributions={first.public_id: face(first)})
    watch(page, dialogue)
    sign_in(page, client, mine.person)
    page.locator(f"[data-id='{first.public_id}']").wait_for(timeout=SOON)
    feed.tell(contributions={one.public_id: face(one) for one in (other, mine)})
    expect(page.locator(f"[data-id='{mine.public_id}']")).to_contain_text("Sent by you", timeout=SOON)
    expect(page.locator("#fresh")).to_be_visible()
    expect(page.locator(f"[data-id='{other.public_id}']")).to_have_count(0)


def test_an_order_without_anything_in_it_says_so(page: Page, dialogue: Dialogue, feed: Feed) -> None:
    asked = make_contribution(dialogue)
    feed.begin(contributions={asked.public_id: face(asked)})
    watch(page, dialogue)
    page.locator(".question__vote").wait_for(timeout=SOON)
    page.locator("[data-sort=answered]").click()
    expect(page.locator("#questions")).to_have_text("Nothing has been answered yet.")


def test_a_vote_that_is_refused_is_taken_back_and_says_why(
    page: Page, client: Any, dialogue: Dialogue, feed: Feed
) -> None:
    asked = make_contribution(dialogue)
    feed.begin(contributions={asked.public_id: face(asked)})
    watch(page, dialogue)
    sign_in(page, client, make_person())
    button = page.locator(".question__vote")
    button.wait_for(timeout=SOON)
    Dialogue.objects.update(state=State.ENDED)
    button.click()
    expect(page.locator("#trouble")).not_to_be_empty(timeout=SOON)
    expect(page.locator("#trouble")).not_to_contain_text("Please try again")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_who_stays_until_the_end_is_told_so(page: Page, dialogue: Dialogue, feed: Feed) -> None:
    asked = make_contribution(dialogue)
    facts = {"state": "live"}
    feed.begin(contributions={asked.public_id: face(asked)}, dialogue=facts, stream={"state": "on"})
    watch(page, dialogue)
    page.locator(".question__vote").wait_for(timeout=SOON)
    feed.tell(dialogue={"state": "ended"}, stream={"state": "ended"})
    expect(page.locator("#slate")).to_have_text("The dialogue has ended.", timeout=SOON)
    expect(page.locator("#report-soon")).to_be_visible()
    for gone in (".question__vote", "#ask", "[data-play]", "#report"):
        expect(page.locator(f"{gone}:visible")).to_have_count(0)
    feed.tell(dialogue={"state": "published"})
    expect(page.locator("#report")).to_be_visible(timeout=SOON)


def test_who_gets_no_picture_is_offered_the_sound(page: Page, dialogue: Dialogue, feed: Feed) -> None:
    feed.begin(stream={"state": "on"})
    page.route("**/hls/**", lambda _route: None)  # a line on which nothing comes
    watch(page, dialogue)
    page.locator("[data-play]").click()
    expect(page.locator("#player [role=status]")).to_have_text("The picture is coming…", timeout=SOON)
    with page.expect_request("**/hls/audio/**"):
        page.locator("[data-sound]").click()
    expect(page.locator("#rung")).to_have_value("audio")
    expect(page.locator("#slate")).to_have_text("Sound only")


def test_a_line_that_comes_back_is_used_at_once(page: Page, dialogue: Dialogue, feed: Feed) -> None:
    asked = make_contribution(dialogue)
    feed.begin(contributions={asked.public_id: face(asked)})
    watch(page, dialogue)
    page.locator(".question__vote").wait_for(timeout=SOON)
    tried: list[Route] = []

    def cut(route: Route) -> None:
        tried.append(route)
        route.abort()

    page.route("**/feed/**", cut)
    expect(page.locator("#trouble")).to_contain_text("The connection is lost", timeout=SOON)
    while len(tried) < 3:  # by itself it comes again after four seconds at the least
        page.wait_for_timeout(50)
    page.unroute("**/feed/**", cut)
    feed.tell(votes={asked.public_id: 9})
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".question__number")).to_have_text("9", timeout=3000)
    expect(page.locator("#trouble")).to_be_empty()
