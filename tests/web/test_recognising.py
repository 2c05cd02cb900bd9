"""Who sends a request: read lightly, and as strictly as Django's own way."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from shonglap.accounts.models import Person
from shonglap.web.recognising import Backend, SessionStore
from tests.factories import make_admin, make_person

pytestmark = pytest.mark.django_db


def asked_with(client: Client) -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore(client.session.session_key)
    return request


def test_the_person_is_whole(client: Client) -> None:
    """Every field, of the type that the ORM gives it."""
    for person in (make_person(), make_admin(display_name="রহিমা")):
        plain = Person.objects.get(pk=person.pk)
        light = Backend().get_user(person.pk)
        assert light is not None
        for field in Person._meta.concrete_fields:
            assert getattr(light, field.attname) == getattr(plain, field.attname), field.attname
            assert type(getattr(light, field.attname)) is type(getattr(plain, field.attname)), field.attname


def test_two_questions_to_the_database(client: Client, django_assert_num_queries: Any) -> None:
    person = make_person()
    client.force_login(person)
    request = asked_with(client)
    with django_assert_num_queries(2):
        assert get_user(request) == person


def test_signing_out_holds_at_once(client: Client) -> None:
    client.force_login(make_person())
    request = asked_with(client)
    client.logout()
    assert not get_user(request).is_authenticated


def test_an_old_session_is_nobody(client: Client) -> None:
    client.force_login(make_person())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not get_user(asked_with(client)).is_authenticated


def test_the_locked_out_and_the_removed_are_nobody(client: Client) -> None:
    locked_out = make_person()
    client.force_login(locked_out)
    Person.objects.update(is_active=False)
    assert not get_user(asked_with(client)).is_authenticated
    assert Backend().get_user(locked_out.pk + 1) is None


def test_a_changed_password_ends_other_sessions(client: Client) -> None:
    person = make_person(password="first-password-2017")
    client.force_login(person)
    person.set_password("second-password-2017")
    person.save()
    assert not get_user(asked_with(client)).is_authenticated
