"""A stage with seats, its host, and webhooks signed as LiveKit signs them."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from livekit import api

from shonglap.accounts.models import Person
from shonglap.dialogues.models import Dialogue
from shonglap.stage import actions, livekit
from shonglap.stage.models import Seat, Stage
from tests import factories as make


@dataclass
class Scene:
    dialogue: Dialogue
    stage: Stage
    host: Person
    seats: list[Seat]

    @property
    def first(self) -> Seat:
        return self.seats[0]


def opened(sites: int = 2, state: str = "live", **fields: Any) -> Scene:
    """A stage in the given state with that many sites."""
    dialogue = make.make_dialogue(state=state, **fields)
    for number in range(sites):
        make.make_site(dialogue, position=number)
    stage = make.make_stage(dialogue)
    seats = list(Seat.objects.filter(stage=stage).order_by("site__position"))
    return Scene(dialogue, stage, make.make_host(dialogue), seats)


def fresh(seat: Seat) -> Seat:
    return Seat.objects.get(pk=seat.pk)


def revision(scene: Scene) -> int:
    return Stage.objects.get(pk=scene.stage.pk).revision


def news(
    seat: Seat, kind: str, *, session: str = "PA_1", began: int = 1000, room: str | None = None, **facts: Any
) -> str:
    """The body of a webhook as LiveKit writes it: numbers of 64 bits are strings there."""
    participant = {"sid": session, "identity": seat.identity, "joinedAtMs": str(began), **facts}
    place = {"name": livekit.room_of(seat.stage.dialogue.slug) if room is None else room}
    body = {"event": kind, "room": place, "participant": participant, "id": "EV_1", "createdAt": "1"}
    return json.dumps(body)


def signature(body: str, *, secret: str | None = None, within: int = 300) -> str:
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    token = api.AccessToken(settings.LIVEKIT_API_KEY, secret or settings.LIVEKIT_API_SECRET)
    return str(token.with_ttl(timedelta(seconds=within)).with_sha256(digest).to_jwt())


def tell(seat: Seat, kind: str, **facts: Any) -> None:
    """LiveKit says that somebody `joined` or `left`."""
    body = news(seat, f"participant_{kind}", **facts)
    actions.receive_webhook(body.encode(), signature(body))
