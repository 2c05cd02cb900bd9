"""Making people, and what they change about themselves."""

import re

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Language, Person
from shonglap.base import typed
from shonglap.base.errors import Refused
from shonglap.base.languages import WESTERN_DIGITS
from shonglap.record.write import write

NAME_LIMIT = 80


@transaction.atomic
def create_person(
    email: str, *, display_name: str = "", language: str = "bn", password: str | None = None
) -> Person:
    """Somebody whom an administrator or a host vouches for: the address counts as theirs from the start.

    People who sign in by e-mail code for the first time are made by the sign-in itself.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused("bad_email", _("Enter an e-mail address like name@example.com."), "email") from error
    name = typed.line(display_name, "display_name", NAME_LIMIT)
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                email, password, display_name=name, language=checked_language(language), vouched=True
            )
    except IntegrityError as error:
        raise Refused("email_taken", _("There is already an account with this address."), "email") from error
    write("accounts.create_person", person.public_id, public=False)
    return person


@transaction.atomic
def rename(person: Person, *, display_name: str, language: str) -> None:
    """How a person is called on the public page beside what they write, and in which language we speak."""
    person.display_name = typed.line(display_name, "display_name", NAME_LIMIT)
    person.language = checked_language(language)
    person.save(update_fields=["display_name", "language"])
    write("accounts.rename", person.public_id, actor=person.public_id, public=False)


@transaction.atomic
def change_profile(person: Person, *, display_name: str, language: str, phone: str) -> None:
    """All that people say about themselves. The number is not proven yet: nothing is sent to it."""
    rename(person, display_name=display_name, language=language)
    person.phone = checked_phone(phone)
    person.save(update_fields=["phone"])


def checked_phone(typed_number: str) -> str:
    """With the country's code and nothing between the digits; a number without one is of Bangladesh."""
    number = re.sub(r"[\s().-]", "", typed_number.translate(WESTERN_DIGITS))
    if re.fullmatch(r"0\d{9,10}", number):
        number = f"+88{number}"
    if number and not re.fullmatch(r"\+[1-9]\d{7,14}", number):
        raise Refused("bad_phone", _("Enter a phone number like 01712345678."), "phone")
    return number


def checked_language(language: str) -> str:
    if language not in Language.values:
        raise Refused("unknown_language", _("Choose Bangla or English."), "language")
    return language


@transaction.atomic
def welcome(email: str, *, language: str) -> Person:
    """The person of this address, which was just proven by a code; made where there is none.

    An account that was closed stays closed: it comes back as it is.
    """
    email = email.strip().lower()
    facts = {"language": checked_language(language), "password": make_password(None)}
    person, made = Person.objects.get_or_create(email=email, defaults=facts)
    if made:
        write("accounts.welcome", person.public_id, public=False)
    return person
