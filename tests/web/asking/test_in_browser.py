"""Sending from a phone: over a line that is gone, and with an impatient finger."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright

from shonglap.dialogues.models import Dialogue
from shonglap.questions.models import Contribution
from tests.factories import make_person
from tests.web.asking.conftest import picture
from tools.prepare.system import chromium

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

TEXT = "আমাদের রাস্তা কবে মেরামত হবে?"


@pytest.fixture
def session(client: Client) -> str:
    client.force_login(make_person())
    return client.cookies["sessionid"].value


@pytest.fixture
def page(live_server: Any, session: str, dialogue: Dialogue) -> Iterator[Page]:
    """A phone's page with the form on it."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(chromium()), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 740}, base_url=live_server.url)
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(f"/en/dialogues/{dialogue.slug}/ask/")
        yield page
        browser.close()


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    file = tmp_path / "road.jpg"
    file.write_bytes(picture().read())
    return file


def test_without_a_line_all_stays_and_is_sent_once_later(
    page: Page, photograph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.locator("textarea").fill(TEXT)
    page.locator("input[type=file]").set_input_files(photograph)
    page.context.set_offline(True)
    page.locator("button.ask__send").click()
    expect(page.locator("#trouble")).to_contain_text("no connection")
    expect(page.locator("textarea")).to_have_value(TEXT)
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 1
    page.context.set_offline(False)
    page.locator("button.ask__send").dblclick()
    page.wait_for_url("**/sent/")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop rests in this thread
    sent = Contribution.objects.get()
    assert (sent.text, sent.pictures.count()) == (TEXT, 1)
