"""The way in, in a real browser: by keyboard, with a passkey, under our content policy, for everybody."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, sync_playwright

from shonglap.accounts.actions import create_person
from shonglap.accounts.models import Person
from tests.web.people.steps import PASSWORD, code_sent
from tools.prepare.system import chromium

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

AXE = Path(settings.ROOT) / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def officer() -> Person:
    return create_person("officer@example.com", password=PASSWORD)


@pytest.fixture
def page(live_server: Any, officer: Person) -> Iterator[Page]:
    """A phone's page; a breach of the content policy or a fault in a script fails the test."""
    faults: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(chromium()), args=["--no-sandbox"])
        # Passkeys belong to a name, never to a number.
        address = live_server.url.replace("127.0.0.1", "localhost")
        page = browser.new_page(viewport={"width": 360, "height": 740}, base_url=address)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        yield page
        browser.close()
    assert faults == []


def problems(page: Page) -> list[str]:
    """What axe finds."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{page.url}: {one['id']} {one['nodes'][0]['html']}" for one in found]


@pytest.mark.parametrize("language", ["bn", "en"])
def test_one_signs_in_by_keyboard(page: Page, language: str) -> None:
    page.goto(f"/{language}/me/")
    assert problems(page) == []
    page.keyboard.type("rahima@example.com")
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/code/confirm/**")
    assert problems(page) == []
    page.keyboard.type("1234")
    page.keyboard.press("Enter")
    page.locator(".govuk-error-summary").wait_for()
    assert problems(page) == []
    page.get_by_role("textbox").fill(code_sent())
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"^[^?]*/{language}/me/$"))
    assert problems(page) == []


def sign_in(page: Page) -> None:
    page.locator("[name=login]").fill("officer@example.com")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")


def test_an_officer_makes_a_passkey_and_comes_back_with_it(page: Page) -> None:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    facts = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": facts})
    page.goto("/en/accounts/login/?next=/en/accounts/2fa/webauthn/add/")
    assert problems(page) == []
    sign_in(page)
    page.locator("[name=password]").fill(PASSWORD)  # adding a key needs a second proof
    assert problems(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^[^?]*/webauthn/add/$"))
    assert problems(page) == []
    page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda address: "webauthn/add" not in address)
    page.goto("/en/accounts/2fa/webauthn/")
    assert problems(page) == []
    page.goto("/en/me/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r"^[^?]*/en/$"))
    page.goto("/en/accounts/login/?next=/en/me/")
    page.get_by_role("button", name="passkey").click()
    page.wait_for_url(re.compile(r"^[^?]*/en/me/$"))
    page.context.clear_cookies()
    page.goto("/en/accounts/login/?next=/en/me/")
    sign_in(page)
    page.wait_for_url("**/2fa/authenticate/**")
    assert problems(page) == []
    page.get_by_role("button", name="passkey").click()
    page.wait_for_url(re.compile(r"^[^?]*/en/me/$"))


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_pages_of_ones_account_are_for_everybody(page: Page, language: str) -> None:
    page.goto(f"/{language}/accounts/login/")
    sign_in(page)
    page.wait_for_url("**/bn/")  # in the language of the person
    for path in ("me/", "accounts/email/", "accounts/2fa/", "accounts/password/change/", "accounts/logout/"):
        page.goto(f"/{language}/{path}")
        assert problems(page) == []
    page.goto(f"/{language}/accounts/2fa/totp/activate/")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^[^?]*/totp/activate/$"))
    assert problems(page) == []
