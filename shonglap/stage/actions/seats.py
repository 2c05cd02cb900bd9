"""What happens at one seat: sound, hand, note, name strap, and being sent out."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base import clock, typed
from shonglap.base.errors import NotAllowed, Refused
from shonglap.dialogues.actions.desk import wrong_state
from shonglap.dialogues.rules import Act, allows
from shonglap.stage import livekit, rules
from shonglap.stage.actions.desk import fresh_seat, held, locked, note, seat_changed
from shonglap.stage.models import Seat, Stage


def mute(seat: Seat, *, by: Person, muted: bool) -> bool:
    """The programme stops (or goes on) sending the seat's sound; LiveKit closes (or allows) its microphone.

    False if LiveKit did not answer: the public hears nothing all the same.
    """
    if _mute(seat, by=by, muted=muted):
        return livekit.set_muted(_room(seat), seat.identity, muted=muted)
    return True


@transaction.atomic
def _mute(seat: Seat, *, by: Person, muted: bool) -> bool:
    """Whether there was anything to change."""
    stage = locked(seat.stage, by=by)
    if fresh_seat(seat).muted == muted:
        return False
    seat_changed(seat, muted=muted)
    note(stage, act="mute" if muted else "unmute", by=by, subject=seat.identity, public=False)
    return True


def remove_from_stage(seat: Seat, *, by: Person) -> bool:
    """Off air at once, out of the conference, and not back in until `let_back_in`. False as in `mute`."""
    _remove(seat, by=by)
    return livekit.send_out(_room(seat), seat.identity)


@transaction.atomic
def _remove(seat: Seat, *, by: Person) -> None:
    stage = locked(seat.stage, by=by)
    if not fresh_seat(seat).removed:
        note(stage, act="remove", by=by, subject=seat.identity, public=False)
    seat_changed(seat, removed=True, on_air_order=None, hand_raised_at=None)


@transaction.atomic
def let_back_in(seat: Seat, *, by: Person) -> None:
    stage = locked(seat.stage, by=by)
    if fresh_seat(seat).removed:
        seat_changed(seat, removed=False)
        note(stage, act="let_back_in", by=by, subject=seat.identity, public=False)


@transaction.atomic
def write_note(seat: Seat, *, by: Person, note: str) -> None:
    """A private word from the host, seen at that seat only. Empty takes it away."""
    text = typed.paragraphs(note, "note", 300)
    locked(seat.stage, by=by)
    seat_changed(seat, host_note=text)


@transaction.atomic
def raise_hand(seat: Seat, *, by: Person, raised: bool) -> None:
    """By those at the seat; a host may take the hand down. A hand that is up keeps the time it went up."""
    sitting(seat, by=by)
    now_up = fresh_seat(seat).hand_raised_at
    if bool(now_up) != raised:
        seat_changed(seat, hand_raised_at=clock.now() if raised else None)


@transaction.atomic
def name_speaker(
    seat: Seat,
    *,
    by: Person,
    speaker_bn: str = "",
    speaker_en: str = "",
    position_bn: str = "",
    position_en: str = "",
) -> None:
    """Who speaks there now, for the name strap. One language is enough; nothing is the office again."""
    sitting(seat, by=by)
    seat_changed(
        seat,
        speaker_bn=typed.line(speaker_bn, "speaker_bn", 120),
        speaker_en=typed.line(speaker_en, "speaker_en", 120),
        position_bn=typed.line(position_bn, "position_bn", 160),
        position_en=typed.line(position_en, "position_en", 160),
    )


def sitting(seat: Seat, *, by: Person) -> Stage:
    """The held stage, for what the people at the seat may do. Who was sent out is told so."""
    stage = held(seat.stage)
    fresh = fresh_seat(seat)
    if not rules.can_open_seat(by, fresh):
        raise NotAllowed
    if not allows(stage.dialogue, Act.JOIN_STAGE):
        raise wrong_state(stage.dialogue)
    if not rules.can_join_seat(by, fresh):
        raise Refused("removed", _("The host has removed you from the stage."))
    return stage


def _room(seat: Seat) -> str:
    return livekit.room_of(seat.stage.dialogue.slug)
