"""Every page is for everybody: in both languages, by day and by night, on a small screen and by keyboard."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser, Page

from .conftest import House
from .looking import sticking_out, unseen_focus, violations
from .pages import NOT_PAGES, PAGES, Visit

pytestmark = [pytest.mark.media, pytest.mark.browser]

VISITS = [
    pytest.param(visit, id=f"{name}-{number}")
    for name, found in PAGES.items()
    for number, visit in enumerate(found)
]
NO_ADDRESS = {"not found", "not allowed", "not now", "too often"}


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The name of each address (its view where it has none) and its pattern."""
    for one in resolver.url_patterns:
        pattern = f"{prefix}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from addresses(one, pattern)
        elif isinstance(one, URLPattern):
            view = one.callback
            yield one.name or f"{view.__module__}.{view.__name__}", pattern


def test_every_address_is_a_page_that_is_looked_at_or_no_page() -> None:
    names = {name for name, _pattern in addresses(get_resolver())}
    assert names == (set(PAGES) - NO_ADDRESS) | NOT_PAGES
    assert not set(PAGES) & NOT_PAGES


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def page(house: House, browser: Browser, faults: list[str], request: pytest.FixtureRequest) -> Iterator[Page]:
    visit: Visit = request.getfixturevalue("visit")
    context = house.visitor(browser, visit.who)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()


@pytest.mark.parametrize("language", ["bn", "en"])
@pytest.mark.parametrize("visit", VISITS)
def test_the_page_is_for_everybody(
    house: House, page: Page, faults: list[str], visit: Visit, language: str
) -> None:
    answer = page.goto(house.path(language, visit.path))
    assert answer is not None
    assert answer.status == visit.status
    page.locator(".footer").wait_for()
    if visit.then:
        visit.then(page, house.running.folder)
    if visit.path.endswith("/watch/"):
        page.locator("#sorts").wait_for()
    assert page.locator("html").get_attribute("lang") == language
    assert violations(page) == []
    if language == "bn":  # colours are the same in both
        assert unseen_focus(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, ["color-contrast"]) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert sticking_out(page) == []
    assert faults == []


SPOILT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:focus { outline: 0 !important; box-shadow: none !important; }
    .header__link:focus { color: red; background: none !important; text-decoration: underline !important; }
    .footer { width: 400px; color: #888 }`);
  document.adoptedStyleSheets = [sheet];
  document.documentElement.removeAttribute('lang');
}"""


def test_the_looks_find_what_is_wrong(house: House, browser: Browser) -> None:
    page = house.visitor(browser).new_page()
    page.goto("/en/accounts/sign-in/")
    page.evaluate(SPOILT)
    found = " ".join(violations(page))
    assert "html-has-lang" in found
    assert "color-contrast" in found
    assert any("header__link" in one for one in unseen_focus(page))
    page.set_viewport_size({"width": 320, "height": 640})
    assert any("footer" in one for one in sticking_out(page))
    page.context.close()
