"""Answers in the name of an office: on air, in writing, or promised by a day."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from shonglap.accounts.models import Person
from shonglap.base import clock, typed
from shonglap.base.errors import NotAllowed, Refused
from shonglap.dialogues.models import Dialogue
from shonglap.dialogues.rules import Act, allows
from shonglap.offices.models import Office, Posting
from shonglap.offices.queries import postings_now
from shonglap.questions import rules
from shonglap.questions.actions import desk
from shonglap.questions.models import Answer, Contribution, Status


@transaction.atomic
def begin_answer(
    contribution: Contribution, *, by: Person, office: Office, posting: Posting | None = None
) -> Answer:
    """The office begins to speak: the moment is stamped. Whatever was being answered is finished first."""
    fresh = desk.moving(contribution, to=Status.ANSWERING, by=by)
    finish_others(fresh, by=by)
    desk.check_takes_part(office, fresh.dialogue, or_host=True)
    answer = Answer.objects.create(
        contribution=fresh, office=office, posting=posting, kind=Answer.Kind.ON_AIR, began_at=clock.now()
    )
    desk.change(contribution, fresh, status=Status.ANSWERING)
    desk.note_with_face(contribution, act="begin_answer", by=by)
    return answer


@transaction.atomic
def finish_answer(contribution: Contribution, *, by: Person, text: str = "") -> Answer:
    """The office has spoken. A text may sum it up; what was said is in the recording."""
    text = typed.paragraphs(text, "text", rules.LONGEST_ANSWER)
    fresh = desk.moving(contribution, to=Status.ANSWERED_ON_AIR, by=by)
    answer = fresh.answers.filter(ended_at=None, kind=Answer.Kind.ON_AIR).latest("id")
    answer.ended_at, answer.text = clock.now(), text
    answer.save(update_fields=["ended_at", "text"])
    desk.change(contribution, fresh, status=Status.ANSWERED_ON_AIR)
    desk.note_with_face(contribution, act="finish_answer", by=by)
    return answer


@transaction.atomic
def answer_in_writing(contribution: Contribution, *, by: Person, office: Office, text: str) -> Answer:
    """By the host team, or by whoever is posted to the office. It also keeps a promise made before."""
    text = typed.paragraphs(text, "text", rules.LONGEST_ANSWER, needed=True)
    fresh = desk.in_the_name_of(office, contribution=contribution, to=Status.ANSWERED_IN_WRITING, by=by)
    answer = Answer.objects.create(
        contribution=fresh,
        office=office,
        kind=Answer.Kind.WRITTEN,
        text=text,
        posting=posting_in(office, by=by),
    )
    settle(contribution, fresh=fresh, status=Status.ANSWERED_IN_WRITING, act="answer_in_writing", by=by)
    return answer


@transaction.atomic
def promise(contribution: Contribution, *, by: Person, office: Office, due_on: date) -> Answer:
    """The office will answer in writing by that day."""
    if due_on < clock.today():
        raise Refused("due_in_the_past", _("Choose a day that is still to come."), "due_on")
    fresh = desk.in_the_name_of(office, contribution=contribution, to=Status.PROMISED, by=by)
    answer = Answer.objects.create(
        contribution=fresh,
        office=office,
        kind=Answer.Kind.PROMISE,
        due_on=due_on,
        posting=posting_in(office, by=by),
    )
    settle(contribution, fresh=fresh, status=Status.PROMISED, act="promise", by=by)
    return answer


@transaction.atomic
def promise_rest(dialogue: Dialogue, *, by: Person, due_on: date) -> int:
    """What is still open gets its outcome: promised by the office it went to, else by the host's.

    What waits must be decided first: nobody promises to answer what nobody has read.
    """
    if not rules.can_moderate(by, dialogue):
        raise NotAllowed
    if not allows(dialogue, Act.ANSWER):
        raise desk.wrong_dialogue_state(dialogue)
    waiting = dialogue.contributions.filter(status=Status.WAITING).count()
    if waiting:
        words = ngettext_lazy(
            "%(number)s contribution still waits for a decision.",
            "%(number)s contributions still wait for a decision.",
            waiting,
        )
        raise Refused("waiting_left", words % {"number": waiting})
    for contribution in with_dialogue(dialogue, Status.ANSWERING):
        finish_answer(contribution, by=by)
    rest = with_dialogue(dialogue, Status.OPEN)
    for contribution in rest:
        office = contribution.office or dialogue.host_office
        promise(contribution, by=by, office=still_there(office, dialogue), due_on=due_on)
    return len(rest)


def posting_in(office: Office, *, by: Person) -> Posting | None:
    """The position from which an officer writes; the host team writes for others and has none there."""
    return postings_now(by).filter(office=office).order_by("-is_head", "id").first()


def still_there(office: Office, dialogue: Dialogue) -> Office:
    """An office may have been taken out of the plan after somebody asked it."""
    taking_part = dialogue.participations.filter(office=office).exists()
    return office if taking_part else dialogue.host_office


def with_dialogue(dialogue: Dialogue, status: Status) -> list[Contribution]:
    rows = dialogue.contributions.filter(status=status).select_related("dialogue", "office")
    return list(rows.order_by("id"))


def finish_others(contribution: Contribution, *, by: Person) -> None:
    """One at a time: two who press at once queue at the board, the second finishes the first's."""
    for other in with_dialogue(contribution.dialogue, Status.ANSWERING):
        if other.pk != contribution.pk:
            finish_answer(other, by=by)


def settle(contribution: Contribution, *, fresh: Contribution, status: Status, act: str, by: Person) -> None:
    facts: dict[str, Any] = {
        "decided_by": by, "decided_at": clock.now(), "review_after": False,
        "claimed_by": None, "claimed_until": None,
    }  # fmt: skip
    desk.change(contribution, fresh, status=status, **facts)
    desk.note_with_face(contribution, act=act, by=by)
