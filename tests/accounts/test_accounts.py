"""People: made once an address, renamed by themselves."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from shonglap.accounts import actions, queries, rules
from shonglap.accounts.models import Person
from shonglap.base.errors import NotFound, Refused
from shonglap.record.models import Entry
from tests.factories import make_admin, make_person

pytestmark = pytest.mark.django_db


def test_an_account_is_made_for_somebody_vouched_for() -> None:
    person = actions.create_person(
        " Officer@Example.com ", display_name=" Name ", language="en", password="x-y-z"
    )
    assert (person.email, person.display_name, person.language) == ("officer@example.com", "Name", "en")
    assert person.vouched
    assert person.check_password("x-y-z")
    assert str(person) == "Name"
    entry = Entry.objects.get()
    assert (entry.act, entry.public) == ("accounts.create_person", False)
    assert "example.com" not in str(entry.data)


def test_without_a_password_nobody_signs_in_by_one() -> None:
    person = actions.create_person("citizen@example.com")
    assert not person.has_usable_password()
    assert str(person) == person.public_id


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"email": "nonsense"}, "bad_email", "email"),
        ({"email": "TAKEN@example.com"}, "email_taken", "email"),
        ({"email": "a@example.com", "language": "fr"}, "unknown_language", "language"),
        ({"email": "a@example.com", "display_name": "ক" * 81}, "too_long", "display_name"),
    ],
)
def test_a_fault_is_named_and_nobody_is_made(facts: dict[str, str], code: str, field: str) -> None:
    make_person(email="taken@example.com")
    with pytest.raises(Refused) as refusal:
        actions.create_person(**facts)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert Person.objects.count() == 1


def test_a_person_takes_another_name() -> None:
    person = make_person()
    actions.rename(person, display_name="রহিমা\n বেগম", language="bn")
    person.refresh_from_db()
    assert person.display_name == "রহিমা বেগম"
    assert Entry.objects.get().actor == person.public_id


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("০১৭১২-৩৪৫৬৭৮", "+8801712345678"),
        ("+44 20 7946 0958", "+442079460958"),
        ("(02) 9555 1234", "+880295551234"),
    ],
)
def test_numbers_are_kept_in_one_form(typed: str, stored: str) -> None:
    person = make_person()
    actions.change_profile(person, display_name="Name", language="en", phone=typed)
    person.refresh_from_db()
    assert person.phone == stored


@pytest.mark.parametrize("typed", ["five", "123", "+0123456789", "1" * 30])
def test_a_bad_number_changes_nothing(typed: str) -> None:
    person = make_person(display_name="Before")
    with pytest.raises(Refused, match="bad_phone"):
        actions.change_profile(person, display_name="After", language="en", phone=typed)
    person.refresh_from_db()
    assert person.display_name == "Before"


def test_who_proves_an_address_is_welcome_once() -> None:
    first = actions.welcome("New@example.com", language="en")
    assert actions.welcome("new@example.com", language="bn") == first
    assert (first.language, first.vouched, first.has_usable_password()) == ("en", False, False)
    assert Entry.objects.filter(act="accounts.welcome").count() == 1


def test_can_administrate_says_no_to_everybody_else() -> None:
    assert rules.can_administrate(make_person()) is False
    assert rules.can_administrate(AnonymousUser()) is False
    assert rules.can_administrate(make_admin(is_active=False)) is False
    assert rules.can_administrate(make_admin()) is True


def test_a_person_is_found_by_address() -> None:
    person = make_person(email="known@example.com")
    assert queries.person_by_email(" Known@example.com ") == person
    make_person(email="closed@example.com", is_active=False)
    for address in ("closed@example.com", "unknown@example.com"):
        with pytest.raises(NotFound):
            queries.person_by_email(address)


def test_the_command_makes_an_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a-long-password-2017")
    call_command("createsuperuser", interactive=False, email="Admin@example.com")
    person = Person.objects.get()
    assert (person.email, person.is_staff, person.vouched) == ("admin@example.com", True, True)
