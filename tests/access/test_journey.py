"""A citizen's whole way, by keys alone and without scripts: watch, vote, sign in, ask, find it again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tools.launch import Ports, start

from .conftest import House, seeded
from .pages import newest_code
from .pictures import a_picture

pytestmark = [pytest.mark.media, pytest.mark.browser]

QUESTION = "আমাদের ইউনিয়নের ভাঙা কালভার্টটি কবে মেরামত হবে?"
FARTHEST = 140  # presses of Tab
SOON = 30_000

# The focused thing is on the screen, shows it, and nothing lies over its middle.
PLAIN_TO_SEE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return 'nothing is focused';
  const box = (one.labels?.[0] ?? one).getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
  const off = y < 0 || y > innerHeight || x < 0 || x > innerWidth;
  if (off) return `off the screen: ${one.outerHTML.slice(0, 120)}`;
  const top = document.elementFromPoint(x, y);
  const near = top && (one.contains(top) || top.contains(one) || one.labels?.[0]?.contains(top)
    || top.parentElement === one.parentElement);
  return near ? '' : `under ${top?.outerHTML.slice(0, 80)}: ${one.outerHTML.slice(0, 120)}`;
}"""


class Keys:
    """A person without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, wanted: Locator, key: str = "Tab") -> None:
        """On to it, step by step; each stop must be plain to see."""
        for _ in range(FARTHEST):
            self.page.keyboard.press(key)
            assert self.page.evaluate(PLAIN_TO_SEE) in ("", "nothing is focused")
            if wanted.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"{wanted} cannot be reached by {key}")

    def press(self, wanted: Locator, key: str = "Enter") -> None:
        self.to(wanted)
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """With a programme that is really sent."""
    with start(tmp_path_factory.mktemp("journey"), ports=Ports.free()) as running:
        yield seeded(running)


@pytest.fixture
def page(house: House, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = house.visitor(browser, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    file = tmp_path / "culvert.jpg"
    file.write_bytes(a_picture())
    return file


@pytest.mark.parametrize("page", [True], indirect=True, ids=["scripts"])
def test_the_whole_way_by_keys_alone(house: House, page: Page, photograph: Path) -> None:
    keys = Keys(page)
    page.goto("/bn/")
    from_home_to_the_moving_picture(house, keys)
    voting_leads_through_sign_in(house, keys, "keys@citizen.example")
    on_to_the_form(house, keys)
    asking_with_a_picture(keys, photograph)
    and_finding_it_again(keys)


def from_home_to_the_moving_picture(house: House, keys: Keys) -> None:
    page = keys.page
    watch = page.locator(f".govuk-button[href$='/{house.facts['live']}/watch/']")
    keys.press(watch)
    play = page.locator("[data-play]")
    expect(play).to_be_visible(timeout=SOON)
    with page.expect_response(lambda answer: "hls.light" in answer.url):  # not a byte of it before
        keys.press(play, "Space")
    page.wait_for_function("() => document.querySelector('video').currentTime > 1", timeout=SOON)
    assert page.evaluate("document.activeElement.tagName") == "VIDEO"


def voting_leads_through_sign_in(house: House, keys: Keys, email: str) -> None:
    page = keys.page
    keys.press(page.locator(".question__vote").first, "Space")
    page.wait_for_url("**/accounts/sign-in/**")
    keys.to(page.locator("[name=email]")) if not focused(page, "email") else None
    keys.type(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/code/confirm/**")
    keys.to(page.locator("[name=code]")) if not focused(page, "code") else None
    keys.type(newest_code(house.running.folder))
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_be_visible(timeout=SOON)


def focused(page: Page, name: str) -> bool:
    return bool(page.evaluate("name => document.activeElement?.name === name", name))


def on_to_the_form(house: House, keys: Keys) -> None:
    page = keys.page
    if "/watch/" not in page.url:
        keys.press(page.locator(f"main a[href$='/dialogues/{house.facts['live']}/watch/']").first)
        page.wait_for_url("**/watch/")
    keys.press(page.locator(f".govuk-button[href$='/{house.facts['live']}/ask/']"))
    page.wait_for_url("**/ask/")


def asking_with_a_picture(keys: Keys, photograph: Path) -> None:
    page = keys.page
    page.on("filechooser", lambda chooser: chooser.set_files(photograph))
    keys.to(page.locator("[name=kind][value=question]"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator("[name=kind][value=problem]").is_checked()
    keys.to(page.locator("[name=text]"))
    keys.type(QUESTION)
    keys.to(page.locator("input[type=file]"))
    page.keyboard.press("Enter")
    expect(page.locator(".ask__preview")).to_have_count(1)
    keys.press(page.locator(".ask__send"))
    page.wait_for_url("**/sent/")


def and_finding_it_again(keys: Keys) -> None:
    page = keys.page
    menu = page.locator(".menu__name")
    expect(menu).to_be_visible()
    keys.press(menu)
    keys.press(page.locator(".menu__link[href$='/my/questions/']"))
    page.wait_for_url("**/my/questions/")
    mine = page.get_by_role("link", name=QUESTION)
    keys.press(mine)
    expect(page.locator(".contribution__text")).to_contain_text(QUESTION)
    expect(page.locator(".pictures img")).to_be_visible()


@pytest.mark.parametrize("page", [False], indirect=True, ids=["no-scripts"])
def test_the_whole_way_without_scripts(house: House, page: Page, photograph: Path) -> None:
    page.goto("/bn/")
    page.locator(f".govuk-button[href$='/{house.facts['live']}/watch/']").click()
    expect(page.locator("#questions > li")).to_have_count(20)
    page.locator(".pager a[rel=next]").click()
    expect(page.locator("#questions > li").first).to_be_visible()
    page.go_back()
    page.locator(".question--open .question__votes a").first.click()
    page.locator(".contribution ~ form button, article form button").first.click()
    sign_in_plainly(house, page, "plain@citizen.example")
    expect(page.locator(".notice")).to_be_visible()
    page.goto(house.path("bn", "dialogues/{live}/ask/"))
    page.locator("[name=kind][value=problem]").check(force=True)
    page.locator("[name=text]").fill(QUESTION)
    page.locator("input[type=file]").set_input_files(photograph)
    page.locator(".ask__send").click()
    page.wait_for_url("**/sent/")
    page.locator("main a[href$='/my/questions/']").click()
    page.get_by_role("link", name=QUESTION).click()
    expect(page.locator(".pictures img")).to_be_visible()


def sign_in_plainly(house: House, page: Page, email: str) -> None:
    page.wait_for_url("**/accounts/sign-in/**")
    page.locator("[name=email]").fill(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/code/confirm/**")
    page.locator("[name=code]").fill(newest_code(house.running.folder))
    page.keyboard.press("Enter")
