"""Tokens grant no more than a role needs, to one identity, for minutes."""

from typing import Any

import jwt
import pytest
from django.conf import settings

from shonglap.base.errors import NotAllowed, Refused
from shonglap.stage import actions, livekit
from shonglap.stage.models import Seat
from tests import factories as make
from tests.stage.helpers import opened

pytestmark = pytest.mark.django_db


def read(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(
        token, settings.LIVEKIT_API_SECRET, algorithms=["HS256"], issuer=settings.LIVEKIT_API_KEY
    )
    return claims


def test_a_site_may_join_its_room_publish_and_listen_and_nothing_else() -> None:
    scene = opened()
    claims = read(actions.token_for_seat(scene.first, by=scene.host))
    assert claims["sub"] == scene.first.identity
    assert claims["name"] == "রংপুর"
    assert claims["exp"] - claims["nbf"] <= 600
    assert claims["video"] == {
        "roomJoin": True,
        "room": f"dialogue-{scene.dialogue.slug}",
        "canPublish": True,
        "canPublishSources": ["camera", "screen_share", "microphone", "screen_share_audio"],
        "canSubscribe": True,
        "canPublishData": False,
        "canUpdateOwnMetadata": False,
        "hidden": False,
    }


def test_a_muted_site_comes_back_without_a_microphone() -> None:
    scene = opened()
    Seat.objects.update(muted=True)
    claims = read(actions.token_for_seat(scene.first, by=scene.host))
    assert claims["video"]["canPublishSources"] == ["camera", "screen_share"]


def test_a_guest_goes_by_name() -> None:
    dialogue = make.make_dialogue(state="live", languages="en")
    guest = make.make_guest(dialogue, person=make.make_person(), name_en="The Secretary")
    stage = make.make_stage(dialogue, language="en")
    assert guest.person is not None
    claims = read(actions.token_for_seat(stage.seats.get(), by=guest.person))
    assert claims["name"] == "The Secretary"


@pytest.mark.parametrize("state", ["draft", "announced", "ended", "published", "cancelled"])
def test_no_token_before_the_rehearsal_or_after_the_end(state: str) -> None:
    scene = opened(state=state)
    with pytest.raises(Refused, match="wrong_state"):
        actions.token_for_seat(scene.first, by=scene.host)
    with pytest.raises(Refused, match="wrong_state"):
        actions.token_for_host(scene.stage, by=scene.host)


def test_no_token_for_another_seat_or_for_strangers() -> None:
    scene = opened()
    neighbour = make.make_posting(office=scene.seats[1].site.office).person  # type: ignore[union-attr]
    with pytest.raises(NotAllowed):
        actions.token_for_seat(scene.first, by=neighbour)
    with pytest.raises(NotAllowed):
        actions.token_for_host(scene.stage, by=neighbour)


def test_host_and_programme_are_hidden_and_silent() -> None:
    scene = opened(state="rehearsal")
    first = read(actions.token_for_host(scene.stage, by=scene.host))
    second = read(actions.token_for_host(scene.stage, by=scene.host))
    programme = read(livekit.programme_token("room", "programme"))
    assert first["sub"] != second["sub"]
    for claims in (first, programme):
        video = claims["video"]
        assert (video["hidden"], video["canPublish"], video["canSubscribe"]) == (True, False, True)
        assert claims["exp"] - claims["nbf"] <= 600
        assert "roomAdmin" not in video
