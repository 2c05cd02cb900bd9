"""Making people, and what they change about themselves."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Language, Person
from shonglap.base import typed
from shonglap.base.errors import Refused
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


def checked_language(language: str) -> str:
    if language not in Language.values:
        raise Refused("unknown_language", _("Choose Bangla or English."), "language")
    return language


@transaction.atomic
def first_sign_in(email: str, *, language: str) -> Person:
    """Somebody new who asked for a sign-in code; nothing is theirs until the code came back."""
    person = Person.objects.create_user(email, language=checked_language(language))
    write("accounts.first_sign_in", person.public_id, public=False)
    return person
