"""The way into the conference, and the news that LiveKit sends of it.

News may come twice, late or out of order. Each carries the session it is about and when that session began;
whatever is about an older session than the newest we heard of is dropped.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base import clock, ids
from shonglap.base.errors import NotAllowed, Refused
from shonglap.dialogues.actions.desk import wrong_state
from shonglap.dialogues.rules import Act, allows
from shonglap.stage import livekit, rules
from shonglap.stage.actions.desk import fresh_seat, held, seat_changed
from shonglap.stage.actions.seats import sitting
from shonglap.stage.models import Quality, Seat, Stage
from shonglap.stage.queries import SEAT_PARTS, strap

HEARD = ("participant_joined", "participant_left", "participant_connection_aborted")


def token_for_seat(seat: Seat, *, by: Person) -> str:
    """The way in for this seat's own identity, while the stage is open. Good for a few minutes."""
    with transaction.atomic():
        sitting(seat, by=by)
        fresh = fresh_seat(seat)
    name, _position, place = strap(fresh)
    shown = place[fresh.stage.language] or name[fresh.stage.language]
    room = livekit.room_of(fresh.stage.dialogue.slug)
    return livekit.seat_token(room, fresh.identity, name=shown, muted=fresh.muted)


def token_for_host(stage: Stage, *, by: Person) -> str:
    """See and hear the green room and those on air, unseen. Two windows of one host both stay in."""
    if not rules.can_run_stage(by, stage):
        raise NotAllowed
    if not allows(stage.dialogue, Act.RUN_STAGE):
        raise wrong_state(stage.dialogue)
    identity = f"host-{by.public_id}-{ids.new_id(4)}"
    return livekit.host_token(livekit.room_of(stage.dialogue.slug), identity)


def receive_webhook(body: bytes, authorization: str) -> None:
    """Somebody joined or left. Raises Refused `forged_webhook`; news of no seat of ours is nothing."""
    try:
        news = livekit.read_webhook(body, authorization)
    except livekit.Forged:
        raise Refused("forged_webhook", _("This was not signed by the conference server.")) from None
    if news.kind in HEARD and _take_in(news):
        livekit.send_out(news.room, news.identity)


@transaction.atomic
def _take_in(news: livekit.News) -> bool:
    """True if somebody came in by an old token after having been removed: to be sent out again."""
    seat = _seat(news.identity)
    if seat is None or livekit.room_of(seat.stage.dialogue.slug) != news.room:
        return False
    joined = news.kind == "participant_joined"
    if _is_old(seat, news, joined=joined):
        return False
    facts = {"session": news.session, "session_began_ms": news.began_ms}
    seat_changed(seat, **facts, **_connection(connected=joined))
    return joined and seat.removed


def _is_old(seat: Seat, news: livekit.News, *, joined: bool) -> bool:
    """A joining that we know of, also if its leaving overtook it; or anything of an earlier session."""
    if news.session == seat.session:
        return joined
    return news.began_ms < seat.session_began_ms or (news.began_ms == seat.session_began_ms and not joined)


def _connection(*, connected: bool) -> dict[str, object]:
    if not connected:
        return {"connected": False, "quality": Quality.LOST, "hand_raised_at": None}
    return {
        "connected": True,
        "quality": Quality.UNKNOWN,
        "connected_at": clock.now(),
        "ever_connected": True,
    }


@transaction.atomic
def note_connected(identity: str, connected: bool) -> None:
    """What the programme sees in the room: puts right what a lost webhook left wrong."""
    seat = _seat(identity)
    if seat is not None and seat.connected != connected:
        seat_changed(seat, **_connection(connected=connected))


@transaction.atomic
def note_quality(identity: str, quality: str) -> None:
    """How good the seat's line is, as the programme hears it from LiveKit."""
    if quality not in Quality.values:
        return
    seat = _seat(identity)
    if seat is not None and seat.quality != quality:
        seat_changed(seat, quality=quality)


def _seat(identity: str) -> Seat | None:
    """The seat with its stage held, so that two pieces of news wait for each other."""
    pk = Stage.objects.filter(seats__identity=identity).values_list("pk", flat=True).first()
    if pk is None:
        return None
    held(Stage(pk=pk))
    return Seat.objects.select_related(*SEAT_PARTS).filter(identity=identity).first()
