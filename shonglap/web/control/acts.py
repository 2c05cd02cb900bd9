"""The acts of the control room that join stage, questions and dialogue, each in one transaction.

Rows are held in one order everywhere (questions, stage, dialogue), so that two hosts never wait crosswise.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from shonglap.accounts.models import Person
from shonglap.base.errors import NotAllowed, Refused
from shonglap.base.languages import digits
from shonglap.dialogues import actions as dialogues
from shonglap.dialogues.models import Dialogue
from shonglap.offices.models import Office
from shonglap.questions import actions as questions
from shonglap.questions import queries, rules
from shonglap.questions.models import Contribution, Status
from shonglap.stage import actions as stages
from shonglap.stage.models import Stage
from shonglap.stage.queries import stage_of
from shonglap.stage.rules import can_run_stage


@transaction.atomic
def rehearse(dialogue: Dialogue, *, by: Person) -> Stage:
    """Open the green room together with the stage behind it."""
    dialogues.begin_rehearsal(dialogue, by=by)
    return stages.open_stage(dialogue, by=by)


@transaction.atomic
def start(dialogue: Dialogue, *, by: Person) -> Stage:
    """Go live: from now on the programme is sent."""
    dialogues.go_live(dialogue, by=by)
    return stages.open_stage(dialogue, by=by)


@transaction.atomic
def end(dialogue: Dialogue, *, by: Person) -> None:
    """The last answer is finished, the stage is cleared, the programme stops."""
    for contribution in queries.public_ones(dialogue).filter(status=Status.ANSWERING):
        questions.finish_answer(contribution, by=by)
    stages.clear_stage(stage_of(dialogue), by=by)
    dialogues.end(dialogue, by=by)


@transaction.atomic
def publish(dialogue: Dialogue, *, by: Person) -> None:
    """Put the report before everybody; not while a question is without its outcome."""
    left = queries.without_outcome(dialogue).count()
    if left:
        words = ngettext_lazy(
            "%(number)s question has no outcome yet.", "%(number)s questions have no outcome yet.", left
        )
        raise Refused("without_outcome", words % {"number": digits(left)})
    dialogues.publish(dialogue, by=by)


@transaction.atomic
def put_on_screen(contribution: Contribution, *, by: Person) -> None:
    """Lay the question over the picture. Only what is public by now, in its own words."""
    stage = running(contribution, by=by)
    contribution.refresh_from_db(fields=["status"])
    if contribution.status not in rules.MERGE_TARGETS:
        raise Refused("not_public", _("This question is not public any more."))
    show(stage, contribution, by=by)


@transaction.atomic
def take_off_screen(dialogue: Dialogue, *, by: Person) -> None:
    stages.hide_card(stage_of(dialogue), by=by)


@transaction.atomic
def answering_now(contribution: Contribution, *, by: Person, office: Office) -> None:
    """The office begins to speak and the question stands on the screen."""
    stage = running(contribution, by=by)
    questions.begin_answer(contribution, by=by, office=office)
    show(stage, contribution, by=by)


@transaction.atomic
def answered(contribution: Contribution, *, by: Person, text: str = "") -> None:
    """The office has spoken; the card goes, unless another one is shown by now."""
    stage = running(contribution, by=by)
    questions.finish_answer(contribution, by=by, text=text)
    stage.refresh_from_db()
    if stage.card_id == contribution.public_id:
        stages.hide_card(stage, by=by)


def show(stage: Stage, contribution: Contribution, *, by: Person) -> None:
    stages.show_card(
        stage,
        by=by,
        card_id=contribution.public_id,
        text=contribution.text,
        author=contribution.person.display_name,
    )


def running(contribution: Contribution, *, by: Person) -> Stage:
    """The stage, for its hosts: moderators decide what is public, not what is on air."""
    stage = stage_of(contribution.dialogue)
    if not can_run_stage(by, stage):
        raise NotAllowed
    return stage
