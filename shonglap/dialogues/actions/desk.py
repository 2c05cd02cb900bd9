"""What every action on a dialogue begins and ends with."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base.errors import NotAllowed, NotFound, Refused
from shonglap.dialogues import rules
from shonglap.dialogues.models import Dialogue, State
from shonglap.record.write import write


def locked(dialogue: Dialogue, *, by: Person) -> Dialogue:
    """The row as it is now, held until the transaction ends: the caller's copy may be minutes old."""
    fresh = Dialogue.objects.select_for_update().filter(pk=dialogue.pk).first()
    if fresh is None:
        raise NotFound
    if not rules.can_plan(by, fresh):
        raise NotAllowed
    return fresh


def locked_for(dialogue: Dialogue, *, by: Person, act: rules.Act) -> Dialogue:
    fresh = locked(dialogue, by=by)
    if not rules.allows(fresh, act):
        raise wrong_state(fresh)
    return fresh


def wrong_state(dialogue: Dialogue) -> Refused:
    """Somebody else was quicker, or the page is old: say where the dialogue stands."""
    words = _("This cannot be done now. The dialogue is: %(state)s.")
    return Refused("wrong_state", words % {"state": State(dialogue.state).label})


def changed(dialogue: Dialogue, **fields: Any) -> None:
    """Store the fields, count the change, and bring the caller's copy up to date."""
    Dialogue.objects.filter(pk=dialogue.pk).update(revision=F("revision") + 1, **fields)
    dialogue.refresh_from_db()


def note(dialogue: Dialogue, *, by: Person, act: str, subject: str = "", **data: Any) -> None:
    """One entry in the record; public as soon as the dialogue is."""
    write(
        f"dialogues.{act}",
        subject or dialogue.slug,
        actor=by.public_id,
        dialogue=dialogue.slug,
        public=dialogue.state in rules.STATES_IN_PUBLIC,
        **data,
    )
