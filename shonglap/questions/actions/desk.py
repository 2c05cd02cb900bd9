"""What every action on a contribution begins and ends with."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base import pictures
from shonglap.base.errors import NotAllowed, NotFound, Refused
from shonglap.dialogues.models import Dialogue, State
from shonglap.dialogues.rules import Act, allows
from shonglap.offices.models import Office
from shonglap.questions import rules
from shonglap.questions.models import Board, Contribution, Status
from shonglap.questions.public import contribution_face
from shonglap.record.write import write


def held(contribution: Contribution) -> Contribution:
    """The row as it is now, until the transaction ends: the caller's copy may be minutes old.

    The board is held first, always: two acts of a host team queue there and never wait crosswise.
    """
    hold_board(contribution.dialogue)
    rows = Contribution.objects.select_related("dialogue").select_for_update(of=("self",))
    fresh = rows.filter(pk=contribution.pk).first()
    if fresh is None:
        raise NotFound
    return fresh


def locked(contribution: Contribution, *, by: Person) -> Contribution:
    """The held row, for the host team, while the dialogue is moderated."""
    fresh = held(contribution)
    if not rules.can_moderate(by, fresh.dialogue):
        raise NotAllowed
    if not allows(fresh.dialogue, Act.ANSWER):
        raise wrong_dialogue_state(fresh.dialogue)
    return fresh


def moving(contribution: Contribution, *, to: Status, by: Person) -> Contribution:
    """The locked row, after asking the table of statuses."""
    fresh = locked(contribution, by=by)
    check_may_become(fresh, to)
    return fresh


def in_the_name_of(office: Office, *, contribution: Contribution, to: Status, by: Person) -> Contribution:
    """The held row, for whoever may write for the office; it must have a part in the dialogue."""
    fresh = held(contribution)
    if not allows(fresh.dialogue, Act.WRITE):
        raise wrong_dialogue_state(fresh.dialogue)
    if not rules.can_answer_for(by, fresh, office):
        raise NotAllowed
    check_may_become(fresh, to)
    check_takes_part(office, fresh.dialogue, or_host=True)
    return fresh


def check_may_become(contribution: Contribution, status: Status) -> None:
    if not rules.may_become(contribution, status):
        raise wrong_status(contribution)


def wrong_status(contribution: Contribution) -> Refused:
    words = _("This cannot be done now. The contribution is: %(status)s.")
    return Refused("wrong_state", words % {"status": Status(contribution.status).label})


def wrong_dialogue_state(dialogue: Dialogue) -> Refused:
    words = _("This cannot be done now. The dialogue is: %(state)s.")
    return Refused("wrong_state", words % {"state": State(dialogue.state).label})


def hold_board(dialogue: Dialogue) -> None:
    held = Board.objects.select_for_update().filter(dialogue=dialogue)
    if held.first() is None:
        Board.objects.get_or_create(dialogue=dialogue)
        held.get()


def next_revision(dialogue: Dialogue) -> int:
    """One up, under the board's lock: revisions become visible in the order in which they were given."""
    hold_board(dialogue)
    Board.objects.filter(dialogue=dialogue).update(revision=F("revision") + 1)
    return Board.objects.values_list("revision", flat=True).get(dialogue=dialogue)


def change(contribution: Contribution, fresh: Contribution, **fields: Any) -> None:
    """Store a change that the public sees, count it, and bring the caller's copy up to date."""
    revision = next_revision(fresh.dialogue)
    store(contribution, fresh, revision=revision, **fields)


def store(contribution: Contribution, fresh: Contribution, **fields: Any) -> None:
    Contribution.objects.filter(pk=fresh.pk).update(**fields)
    contribution.refresh_from_db()


def note(contribution: Contribution, *, act: str, by: Person, public: bool = True, **data: Any) -> None:
    write(
        f"questions.{act}",
        contribution.public_id,
        actor=by.public_id,
        dialogue=contribution.dialogue.slug,
        public=public,
        **data,
    )


def note_with_face(contribution: Contribution, *, act: str, by: Person) -> None:
    """The whole public face as it is from now on: the record can show each version of it."""
    face = contribution_face(contribution)
    note(contribution, act=act, by=by, public=face is not None, face=face)


def publish_pictures(contribution: Contribution) -> None:
    """The last step before the commit: should that fail, the file's address is known to nobody."""
    for picture in contribution.pictures.all():
        pictures.publish(contribution.dialogue.slug, picture.public_id)


def check_takes_part(office: Office, dialogue: Dialogue, *, or_host: bool = False) -> None:
    if or_host and office.pk == dialogue.host_office_id:
        return
    if not dialogue.participations.filter(office=office).exists():
        words = _("This office does not take part in the dialogue. Choose one that does.")
        raise Refused("office_not_in_dialogue", words, "office")
