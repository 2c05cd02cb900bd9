"""What every act on the stage begins and ends with."""

from typing import Any

from django.db.models import F

from shonglap.accounts.models import Person
from shonglap.base.errors import NotAllowed, NotFound
from shonglap.dialogues.actions.desk import wrong_state
from shonglap.dialogues.rules import STATES_IN_PUBLIC, Act, allows
from shonglap.record.write import write
from shonglap.stage import rules
from shonglap.stage.models import Seat, Stage
from shonglap.stage.queries import SEAT_PARTS


def locked(stage: Stage, *, by: Person) -> Stage:
    """The row as it is now, held until the transaction ends. The host's acts come one after the other."""
    fresh = held(stage)
    if not rules.can_run_stage(by, fresh):
        raise NotAllowed
    if not allows(fresh.dialogue, Act.RUN_STAGE):
        raise wrong_state(fresh.dialogue)
    return fresh


def held(stage: Stage) -> Stage:
    """The same without asking who: for what LiveKit, the programme and the people at the sites do."""
    rows = Stage.objects.select_related("dialogue").select_for_update(of=("self",))
    fresh = rows.filter(pk=stage.pk).first()
    if fresh is None:
        raise NotFound
    return fresh


def fresh_seat(seat: Seat) -> Seat:
    """The seat as it is now; its stage must be held already."""
    found = Seat.objects.select_related(*SEAT_PARTS).filter(pk=seat.pk).first()
    if found is None:
        raise NotFound
    return found


def changed(stage: Stage, **fields: Any) -> None:
    """Store the fields, count the change, and bring the caller's copy up to date."""
    Stage.objects.filter(pk=stage.pk).update(revision=F("revision") + 1, **fields)
    stage.refresh_from_db()


def seat_changed(seat: Seat, **fields: Any) -> None:
    """Store the seat's fields and count the change at its stage."""
    Seat.objects.filter(pk=seat.pk).update(**fields)
    for field, value in fields.items():
        setattr(seat, field, value)
    changed(seat.stage)


def note(stage: Stage, *, act: str, by: Person, subject: str, public: bool = True, **data: Any) -> None:
    """One entry in the record; what is not public is there for the log of privileged acts."""
    dialogue = stage.dialogue
    seen = public and dialogue.state in STATES_IN_PUBLIC
    write(f"stage.{act}", subject, actor=by.public_id, dialogue=dialogue.slug, public=seen, **data)
