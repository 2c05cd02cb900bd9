"""The thin seam to LiveKit: tokens, the few orders that we give it, and the news that it sends.

Nothing else in the product imports its server library. What it does not hear stands in our database all the
same; callers are told by `False` and say so in words.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from asgiref.sync import async_to_sync
from django.conf import settings

log = logging.getLogger(__name__)

# Only for the way in: LiveKit itself gives fresh tokens to whoever is connected.
JOIN_WITHIN = timedelta(minutes=5)
PROGRAMME_JOINS_WITHIN = timedelta(minutes=10)
PATIENCE = 3.0  # seconds that a host waits for the conference before reading that it does not answer
EYES = ["camera", "screen_share"]
SOUND = ["microphone", "screen_share_audio"]


class Forged(Exception):
    """A webhook that LiveKit did not sign, or whose body is not what it signed."""


@dataclass(frozen=True)
class News:
    """What a webhook said, as far as we listen. `began_ms` orders the sessions of one identity."""

    kind: str
    room: str
    identity: str
    session: str
    began_ms: int


def room_of(slug: str) -> str:
    """The name of a dialogue's room."""
    return f"dialogue-{slug}"


def seat_token(room: str, identity: str, *, name: str, muted: bool = False) -> str:
    """Join this room, publish camera, microphone and screen, hear and see the others. Nothing else."""
    sources = EYES if muted else EYES + SOUND
    grants = {"can_publish": True, "can_publish_sources": sources, "can_subscribe": True, "hidden": False}
    return _token(room, identity, name=name, within=JOIN_WITHIN, **grants)


def host_token(room: str, identity: str) -> str:
    """See and hear everybody, unseen. A host who wants to be seen sits down at a site."""
    grants = {"can_publish": False, "can_subscribe": True, "hidden": True}
    return _token(room, identity, name="", within=JOIN_WITHIN, **grants)


def programme_token(room: str, identity: str) -> str:
    """See and hear everybody, unseen and silent."""
    grants = {"can_publish": False, "can_subscribe": True, "hidden": True}
    return _token(room, identity, name="", within=PROGRAMME_JOINS_WITHIN, **grants)


def _token(room: str, identity: str, *, name: str, within: timedelta, **grants: Any) -> str:
    from livekit import api

    closed: dict[str, Any] = {"can_publish_data": False, "can_update_own_metadata": False}
    token = api.AccessToken(settings.LIVEKIT_API_KEY, settings.LIVEKIT_API_SECRET)
    token = token.with_identity(identity).with_ttl(within)
    if name:
        token = token.with_name(name)
    return str(token.with_grants(api.VideoGrants(room_join=True, room=room, **closed, **grants)).to_jwt())


def set_muted(room: str, identity: str, *, muted: bool) -> bool:
    """Silence the participant's microphone and keep it from being opened again; or allow it again.

    True if LiveKit did it or has nobody there to do it to; False if it did not answer.
    """

    async def order(service: Any) -> None:
        from livekit.protocol import models
        from livekit.protocol import room as rooms

        who: dict[str, Any] = {"room": room, "identity": identity}
        if muted:
            there = await service.get_participant(rooms.RoomParticipantIdentity(**who))
            for track in there.tracks:
                if track.source in (models.TrackSource.MICROPHONE, models.TrackSource.SCREEN_SHARE_AUDIO):
                    silence = rooms.MuteRoomTrackRequest(**who, track_sid=track.sid, muted=True)
                    await service.mute_published_track(silence)
        permission = seat_permission(muted=muted)
        await service.update_participant(rooms.UpdateParticipantRequest(**who, permission=permission))

    return _ordered(order)


def seat_permission(*, muted: bool) -> Any:
    """Every field, because LiveKit replaces the whole set: what is left out would be taken away or given."""
    from livekit.protocol import models

    source = models.TrackSource
    sources = [source.CAMERA, source.SCREEN_SHARE]
    if not muted:
        sources += [source.MICROPHONE, source.SCREEN_SHARE_AUDIO]
    return models.ParticipantPermission(
        can_subscribe=True,
        can_publish=True,
        can_publish_data=False,
        can_publish_sources=sources,
        hidden=False,
        can_update_metadata=False,
        can_subscribe_metrics=False,
    )


def send_out(room: str, identity: str) -> bool:
    """End the participant's connection. True if done or nobody was there."""

    async def order(service: Any) -> None:
        from livekit.protocol import room as rooms

        await service.remove_participant(rooms.RoomParticipantIdentity(room=room, identity=identity))

    return _ordered(order)


def _ordered(order: Callable[[Any], Awaitable[None]]) -> bool:
    try:
        async_to_sync(_with_service)(order)
    except Exception as problem:
        if getattr(problem, "code", "") == "not_found":
            return True
        log.warning("LiveKit did not follow: %s", type(problem).__name__)
        return False
    return True


async def _with_service(order: Callable[[Any], Awaitable[None]]) -> None:
    import aiohttp
    from livekit import api

    address = settings.LIVEKIT_URL.replace("ws", "http", 1)
    patience = aiohttp.ClientTimeout(total=PATIENCE)
    keys = (settings.LIVEKIT_API_KEY, settings.LIVEKIT_API_SECRET)
    async with api.LiveKitAPI(address, *keys, timeout=patience, failover=False) as livekit:
        await order(livekit.room)


def read_webhook(body: bytes, authorization: str) -> News:
    """What LiveKit says, once its signature and the hash of the body are right. Raises Forged."""
    from livekit import api

    verifier = api.TokenVerifier(settings.LIVEKIT_API_KEY, settings.LIVEKIT_API_SECRET)
    try:
        event = api.WebhookReceiver(verifier).receive(body.decode(), authorization.removeprefix("Bearer "))
    except Exception as problem:  # the library raises whatever it meets, bare Exception among it
        raise Forged(str(problem)) from problem
    who = event.participant
    began = who.joined_at_ms or who.joined_at * 1000
    return News(str(event.event), str(event.room.name), str(who.identity), str(who.sid), int(began))
