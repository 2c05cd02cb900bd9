"""The address that LiveKit calls: 204 for what it signed, 401 for everything else."""

import pytest
from django.test import Client

from shonglap.stage.models import Seat
from tests.stage.helpers import news, opened, signature

pytestmark = pytest.mark.django_db


def call(body: str, authorization: str) -> int:
    answer = Client(enforce_csrf_checks=True).post(
        "/livekit/webhook",
        body,
        content_type="application/webhook+json",
        headers={"authorization": authorization},
    )
    return answer.status_code


def test_signed_news_is_taken_also_twice() -> None:
    seat = opened().first
    body = news(seat, "participant_joined")
    assert call(body, signature(body)) == 204
    assert call(body, signature(body)) == 204
    assert Seat.objects.get(pk=seat.pk).connected is True


def test_forged_news_is_turned_away() -> None:
    seat = opened().first
    body = news(seat, "participant_joined")
    for authorization in ("", "Bearer x", signature(body + " "), signature(body, secret="x" * 40)):
        assert call(body, authorization) == 401
    assert call("{", signature("{")) == 401
    assert Seat.objects.get(pk=seat.pk).connected is False


def test_the_address_is_for_posting() -> None:
    assert Client().get("/livekit/webhook").status_code == 405
