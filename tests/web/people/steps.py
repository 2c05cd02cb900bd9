"""What people do on the way in, for the tests of the way in."""

import re
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from shonglap.accounts.models import Person

PAGE = "/en/accounts/sign-in/"
LOGIN = "/en/accounts/login/"
BACK = "/en/my/questions/"
PASSWORD = "a-long-password-2017"


def ask_for_code(client: Client, email: str, way_back: str = BACK) -> str:
    """Returns the address of the page on which the code is typed."""
    answer = client.post(PAGE, {"email": email, "next": way_back})
    assert answer.status_code == 302
    address: str = answer["Location"]
    assert "next=" in address
    return address


def code_sent() -> str:
    found = re.search(r"^(\d{4}-\d{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def sign_in_with_password(client: Client, person: Person, **more: str) -> Any:
    return client.post(LOGIN, {"login": person.email, "password": PASSWORD, **more})


def give_app(person: Person) -> str:
    """Set up an authenticator app; returns its secret."""
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def code_now(secret: str) -> str:
    """What the app shows at this moment."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def prove(person: Person) -> None:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def is_proven(person: Person) -> bool:
    return bool(EmailAddress.objects.get(user=person, email=person.email).verified)


def words(page: Any) -> str:
    text: str = page.content.decode()
    return text


def wears_our_dress(page: Any) -> None:
    assert page.status_code == 200
    assert "govuk-template" in words(page)
    assert "govuk-heading-l" in words(page)
    assert " style=" not in words(page)
