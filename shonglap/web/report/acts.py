"""Publishing joins two apps: the dialogue moves on only if every question has its outcome."""

from django.db import transaction
from django.utils.translation import ngettext

from shonglap.accounts.models import Person
from shonglap.base.errors import Refused
from shonglap.base.languages import digits
from shonglap.dialogues import actions
from shonglap.dialogues.models import Dialogue
from shonglap.questions.queries import without_outcome


@transaction.atomic
def publish_report(dialogue: Dialogue, *, by: Person) -> None:
    """Asks the state first: on a dialogue that still runs, open questions are not the trouble."""
    actions.publish(dialogue, by=by)
    left = without_outcome(dialogue).count()
    if left:
        words = ngettext(
            "%(number)s contribution has no outcome yet.",
            "%(number)s contributions have no outcome yet.",
            left,
        )
        raise Refused("without_outcome", words % {"number": digits(left)})
