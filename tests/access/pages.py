"""Every page that people see, and how to come to it. `test_pages.py` holds the list to all addresses."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page

from shonglap.demo.cast import DOMAIN, PASSWORD

Steps = Callable[[Page, Path], None]


@dataclass(frozen=True)
class Visit:
    """`path` is what follows the language, with the seed's facts in braces; `who` one of the seed's people.

    `then` goes on from there by hand; it is given the folder of the house, where mail lies.
    """

    path: str
    who: str = ""
    status: int = 200
    then: Steps | None = None


def send(page: Page, _folder: Path) -> None:
    """The form of the page as it stands: empty, or as wrong as the address made it."""
    page.locator("main form button[type=submit]").last.click()
    page.locator(".govuk-error-summary").wait_for()


def add_nobody(page: Page, _folder: Path) -> None:
    page.locator("section[aria-labelledby=guests] summary").click()
    page.locator("section[aria-labelledby=guests] form.plan-form button").click()
    page.locator(".govuk-error-summary").wait_for()


def ask_for_a_code(page: Page, _folder: Path) -> None:
    page.locator("[name=email]").fill(f"{uuid4().hex}@citizen.example")  # one address is not sent many
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirm/**")


def give_a_wrong_code(page: Page, folder: Path) -> None:
    ask_for_a_code(page, folder)
    page.locator("[name=code]").fill("1234")
    page.keyboard.press("Enter")
    page.locator(".govuk-error-summary").wait_for()


def give_the_password(page: Page, _folder: Path) -> None:
    page.locator("[name=login]").fill(f"moderator2@{DOMAIN}")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/2fa/authenticate/**")


def forget_the_password(page: Page, _folder: Path) -> None:
    page.locator("[name=email]").fill(f"host@{DOMAIN}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/password/reset/confirm/**")


def give_the_code_of_the_mail(page: Page, folder: Path) -> None:
    forget_the_password(page, folder)
    page.locator("[name=code]").fill(newest_code(folder))
    page.keyboard.press("Enter")
    page.wait_for_url("**/password/reset/complete/**")


def newest_code(folder: Path) -> str:
    mails = sorted((folder / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns)
    return str(re.findall(r"^(\d{4}-\d{4})\s*$", mails[-1].read_text(), re.MULTILINE)[-1])


def open_to_decide(page: Page, _folder: Path) -> None:
    """As a moderator sees one that is hers, with everything unfolded."""
    if page.locator(".desk__bar [type=submit]").count() and not page.locator("#deciding").count():
        page.locator(".desk__bar [type=submit]").click()
        page.locator("#deciding").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def unfold(page: Page, _folder: Path) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")


def open_the_menu(page: Page, _folder: Path) -> None:
    page.locator(".menu__name").click()


def send_an_old_form(page: Page, _folder: Path) -> None:
    """One whose token nobody knows any more."""
    page.context.clear_cookies()
    answered(page, 403, "document.querySelector('main form').submit()")


def ask_the_impossible(page: Page, _folder: Path) -> None:
    """To go live before the rehearsal."""
    act = """() => {
      const form = document.querySelector("form[action$='/rehearsal/']");
      form.action = form.action.replace("/plan/", "/dialogues/").replace("/rehearsal/", "/control/start/");
      form.submit();
    }"""
    answered(page, 409, act)


def guess_again_and_again(page: Page, _folder: Path) -> None:
    """More often in a minute than anybody may try to change a password."""
    for _ in range(6):
        page.locator("[type=password]").first.fill("is it this one?")
        with page.expect_navigation() as led:
            page.keyboard.press("Enter")
        if led.value and led.value.status == 429:
            return
    raise AssertionError("nobody said that this is too often")


def answered(page: Page, status: int, act: str) -> None:
    with page.expect_navigation() as led:
        page.evaluate(act)
    assert led.value is not None
    assert led.value.status == status


# By the name of the address, or its view where it has none.
PAGES: dict[str, list[Visit]] = {
    "home": [Visit(""), Visit("", "host", then=open_the_menu)],
    "sign_in": [Visit("accounts/sign-in/"), Visit("accounts/sign-in/", then=send)],
    "sign_in_code": [
        Visit("accounts/sign-in/", then=ask_for_a_code),
        Visit("accounts/sign-in/", then=give_a_wrong_code),
    ],
    "profile": [Visit("me/", "citizen")],
    "plan_list": [Visit("plan/", "host")],
    "plan_new": [Visit("plan/new/", "host"), Visit("plan/new/", "host", then=send)],
    "plan": [
        Visit("plan/{draft}/", "host", then=unfold),
        Visit("plan/{draft}/", "host", then=add_nobody),
        Visit("plan/{announced}/", "host"),
        Visit("plan/{live}/", "host"),
    ],
    "plan_site": [Visit("plan/{draft}/sites/{draft_site}/", "host")],
    "plan_item": [Visit("plan/{draft}/agenda/{draft_item}/", "host")],
    "watch": [
        Visit("dialogues/{live}/watch/"),
        Visit("dialogues/{live}/watch/", "citizen"),
        Visit("dialogues/{announced}/watch/"),
        Visit("dialogues/{published}/watch/"),
    ],
    "ask": [
        Visit("dialogues/{live}/ask/"),
        Visit("dialogues/{live}/ask/", "citizen"),
        Visit("dialogues/{live}/ask/", "citizen", then=send),
        Visit("dialogues/{published}/ask/", "citizen"),
    ],
    "contribution": [
        Visit("contributions/{open}/", "stranger"),
        Visit("contributions/{answered_on_air}/"),
        Visit("contributions/{merged}/"),
        Visit("contributions/{promised}/"),
        Visit("contributions/{taken_down}/"),
    ],
    "sent": [Visit("contributions/{mine}/sent/", "citizen")],
    "my_questions": [Visit("my/questions/", "citizen"), Visit("my/questions/", "stranger")],
    "my_office": [Visit("my/office/", "head"), Visit("my/office/", "stranger")],
    "answer": [
        Visit("contributions/{open}/answer/", "host"),
        Visit("contributions/{open}/answer/", "host", then=send),
    ],
    "moderate": [
        Visit("dialogues/{live}/moderate/", "moderator"),
        Visit("dialogues/{live}/moderate/?show=public", "moderator"),
        Visit("dialogues/{announced}/moderate/", "moderator"),
    ],
    "moderate_item": [
        Visit("dialogues/{live}/moderate/{waiting}/", "moderator", then=open_to_decide),
        Visit("dialogues/{live}/moderate/{answered_on_air}/", "moderator", then=unfold),
    ],
    "control": [
        Visit("dialogues/{live}/control/", "host"),
        Visit("dialogues/{live}/control/", "host", then=unfold),
        Visit("dialogues/{rehearsed}/control/", "host"),
        Visit("dialogues/{announced}/control/", "host"),
        Visit("dialogues/{ended}/control/", "host"),
    ],
    "control_seat": [Visit("dialogues/{live}/control/seats/{seat}/", "host")],
    "site": [Visit("sites/{site}/", "officer"), Visit("sites/{site}/", "officer", then=unfold)],
    "report": [
        Visit("dialogues/{published}/report/", then=unfold),
        Visit("dialogues/{ended}/report/", "host"),
        Visit("dialogues/{published}/report/?outcome=promised"),
    ],
    "edit_report": [
        Visit("dialogues/{ended}/report/edit/", "host"),
        Visit("dialogues/{published}/report/edit/", "host"),
    ],
    "offices": [Visit("offices/", "admin"), Visit("offices/", "head")],
    "office_people": [Visit("offices/acc/people/", "admin", then=unfold)],
    "dialogues": [Visit("dialogues/")],
    "dialogue": [
        Visit(f"dialogues/{{{state}}}/")
        for state in ("announced", "live", "cancelled", "rehearsed", "ended", "published")
    ],
    "account_login": [Visit("accounts/login/"), Visit("accounts/login/", then=send)],
    "account_logout": [Visit("accounts/logout/", "citizen")],
    "account_inactive": [Visit("accounts/inactive/")],
    "account_reauthenticate": [Visit("accounts/reauthenticate/", "citizen")],
    "account_email": [Visit("accounts/email/", "citizen")],
    "account_change_password": [Visit("accounts/password/change/", "citizen")],
    "account_set_password": [Visit("accounts/password/set/", "stranger")],
    "account_reset_password": [Visit("accounts/password/reset/")],
    "account_confirm_password_reset_code": [Visit("accounts/password/reset/", then=forget_the_password)],
    "account_complete_password_reset": [Visit("accounts/password/reset/", then=give_the_code_of_the_mail)],
    "account_password_reset_completed": [Visit("accounts/password/reset/done/")],
    "mfa_index": [Visit("accounts/2fa/", "citizen"), Visit("accounts/2fa/", "factors")],
    "mfa_authenticate": [Visit("accounts/login/", then=give_the_password)],
    "mfa_reauthenticate": [Visit("accounts/2fa/reauthenticate/", "factors")],
    "mfa_activate_totp": [Visit("accounts/2fa/totp/activate/", "citizen")],
    "mfa_deactivate_totp": [Visit("accounts/2fa/totp/deactivate/", "factors")],
    "mfa_view_recovery_codes": [Visit("accounts/2fa/recovery-codes/", "factors")],
    "mfa_generate_recovery_codes": [Visit("accounts/2fa/recovery-codes/generate/", "factors")],
    "mfa_list_webauthn": [Visit("accounts/2fa/webauthn/", "factors")],
    "mfa_add_webauthn": [Visit("accounts/2fa/webauthn/add/", "citizen")],
    "mfa_reauthenticate_webauthn": [Visit("accounts/2fa/webauthn/reauthenticate/", "factors")],
    "mfa_remove_webauthn": [Visit("accounts/2fa/webauthn/keys/{key}/remove/", "factors")],
    "mfa_edit_webauthn": [Visit("accounts/2fa/webauthn/keys/{key}/edit/", "factors")],
    # Not addresses but answers.
    "not found": [Visit("dialogues/nothing-here/", status=404), Visit("nothing-here/", status=404)],
    "not allowed": [Visit("accounts/sign-in/", then=send_an_old_form)],
    "not now": [Visit("plan/{announced}/", "host", then=ask_the_impossible)],
    "too often": [Visit("accounts/password/change/", "citizen", then=guess_again_and_again)],
}

# What answers with something else than a page of its own: acts that lead on, fragments, data, files.
NOT_PAGES = {
    "who", "healthz", "livekit_webhook", "front_door", "plan_offices_like",
    "plan_basics", "plan_add_office", "plan_remove_office", "plan_add_guest", "plan_remove_guest",
    "plan_add_site", "plan_remove_site", "plan_add_item", "plan_move_item", "plan_remove_item",
    "plan_add_member", "plan_remove_member", "plan_announce", "plan_rehearsal", "plan_cancel",
    "draft_picture", "similar", "me", "vote", "private_picture", "moderate_state", "moderate_queue",
    "moderate_next", "moderate_others", "moderate_claim", "moderate_release", "moderate_approve",
    "moderate_decline", "moderate_merge", "moderate_address", "control_state", "control_parts",
    "control_token", "control_rehearse", "control_start", "control_end", "control_scene",
    "control_language", "control_hide", "control_agenda", "control_screen", "control_answering",
    "control_answered", "control_note", "control_speaker", "control_seat_act", "site_state", "site_parts",
    "site_token", "site_hand", "site_speaker", "report_promise", "report_publish", "calendar",
    "give_posting", "end_posting", "accredit", "end_accreditation",
    # Ours stand before these, or they lead to ours.
    "shonglap.web.people.views.to_sign_in", "account_signup", "account_request_login_code",
    "account_confirm_login_code", "account_email_verification_sent", "mfa_download_recovery_codes",
    "mfa_login_webauthn",
}  # fmt: skip
