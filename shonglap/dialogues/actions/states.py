"""The way of a dialogue from draft to published, a step an action."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base import clock, typed
from shonglap.base.errors import Refused
from shonglap.base.languages import both
from shonglap.dialogues import rules
from shonglap.dialogues.actions.desk import changed, locked, note, wrong_state
from shonglap.dialogues.models import Dialogue, State
from shonglap.dialogues.public import dialogue_face


@transaction.atomic
def announce(dialogue: Dialogue, *, by: Person) -> None:
    """Make the plan public. From now on people may ask and vote."""
    check_complete(moving(dialogue, by=by, to=State.ANNOUNCED))
    move(dialogue, by=by, to=State.ANNOUNCED, act="announce")


@transaction.atomic
def begin_rehearsal(dialogue: Dialogue, *, by: Person) -> None:
    """Open the green room: sites may join, nothing is broadcast."""
    moving(dialogue, by=by, to=State.REHEARSAL)
    move(dialogue, by=by, to=State.REHEARSAL, act="begin_rehearsal")


@transaction.atomic
def go_live(dialogue: Dialogue, *, by: Person) -> None:
    moving(dialogue, by=by, to=State.LIVE)
    move(dialogue, by=by, to=State.LIVE, act="go_live", went_live_at=clock.now())


@transaction.atomic
def end(dialogue: Dialogue, *, by: Person) -> None:
    moving(dialogue, by=by, to=State.ENDED)
    move(dialogue, by=by, to=State.ENDED, act="end", ended_at=clock.now())


@transaction.atomic
def publish(dialogue: Dialogue, *, by: Person) -> None:
    """Put the report before everybody. That every question has an outcome is checked by who joins the two."""
    moving(dialogue, by=by, to=State.PUBLISHED)
    move(dialogue, by=by, to=State.PUBLISHED, act="publish", published_at=clock.now())


@transaction.atomic
def cancel(dialogue: Dialogue, *, by: Person, reason_bn: str, reason_en: str) -> None:
    """Call it off. The public page stays and says why."""
    moving(dialogue, by=by, to=State.CANCELLED)
    reason_bn = typed.line(reason_bn, "reason_bn", 300, needed=not reason_en.strip())
    reason_en = typed.line(reason_en, "reason_en", 300)
    move(
        dialogue, by=by, to=State.CANCELLED, act="cancel",
        cancel_reason_bn=reason_bn, cancel_reason_en=reason_en,
    )  # fmt: skip


def moving(dialogue: Dialogue, *, by: Person, to: State) -> Dialogue:
    """The locked row, after asking the table: of two who press at once, the second is told."""
    fresh = locked(dialogue, by=by)
    if to not in rules.ALLOWED[State(fresh.state)]:
        raise wrong_state(fresh)
    return fresh


def move(dialogue: Dialogue, *, by: Person, to: State, act: str, **fields: Any) -> None:
    changed(dialogue, state=to, **fields)
    said = dialogue_face(dialogue)
    if to == State.CANCELLED:
        said["reason"] = both(dialogue, "cancel_reason")
    note(dialogue, by=by, act=act, **said)


def check_complete(dialogue: Dialogue) -> None:
    for refusal in missing(dialogue):
        raise refusal


def missing(dialogue: Dialogue) -> Iterator[Refused]:
    """What nobody can announce without; each says which field of the plan is missing."""
    if not (dialogue.topic_bn or dialogue.topic_en):
        yield Refused("no_topic", _("Name the topic before you announce."), "topic_bn")
    if dialogue.starts_at < clock.now() - timedelta(days=1):
        yield Refused("time_passed", _("The time of the dialogue has passed. Set a new one."), "starts_at")
    if not dialogue.participations.exists():
        yield Refused("no_offices", _("Choose at least one participating office."), "offices")
    if not dialogue.agenda.exists():
        yield Refused("no_agenda", _("Add at least one item to the agenda."), "agenda")
