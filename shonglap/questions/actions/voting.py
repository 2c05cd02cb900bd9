"""One person, one vote: the database keeps it, whatever arrives at once."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.base.errors import NotAllowed, NotFound, Refused
from shonglap.dialogues.rules import Act, states_that_allow
from shonglap.questions import rules
from shonglap.questions.models import Contribution, Status, Vote
from shonglap.questions.queries import contribution_to_vote_on

# One statement and so one transaction: it counts the vote only if the contribution is still open when the row
# is written. The key lock makes it wait for a merge under way (which holds the row) and then look again,
# and it does not make voters wait for one another.
COUNT_ONCE = """
    INSERT INTO questions_vote (dialogue_id, contribution_id, person_id, at)
    SELECT c.dialogue_id, c.id, %s, %s
    FROM questions_contribution c JOIN dialogues_dialogue d ON d.id = c.dialogue_id
    WHERE c.public_id = %s AND c.status IN ({open_ones}) AND d.state IN ({states}) {lock}
    ON CONFLICT (contribution_id, person_id) DO NOTHING
"""


def vote_on(public_id: str, *, by: Person) -> str:
    """Support it. Gives back the id of what the vote counts for.

    The many votes take one statement; whatever that does not count is looked at and told apart.
    """
    if by.is_active and inserted(public_id, by=by):
        return public_id
    return vote(contribution_to_vote_on(public_id), by=by).public_id


def vote(contribution: Contribution, *, by: Person) -> Contribution:
    """Support it. A second time changes nothing. Gives back what the vote counts for."""
    counted = to_count_for(contribution, by=by)
    if not inserted(counted.public_id, by=by) and not has_voted(counted, by=by):
        # It moved between reading and writing: merged away, or closed.
        return vote(reread(counted), by=by)
    return counted


def withdraw_vote(contribution: Contribution, *, by: Person) -> Contribution:
    """Take the support back, as long as votes are taken."""
    counted = to_count_for(contribution, by=by)
    Vote.objects.filter(contribution=counted, person=by).delete()
    return counted


def to_count_for(contribution: Contribution, *, by: Person) -> Contribution:
    if not by.is_active:
        raise NotAllowed
    if contribution.status == Status.WAITING:
        raise NotFound
    if not rules.can_vote(by, contribution):
        raise Refused("closed", _("Votes are no longer taken on this contribution."))
    return contribution.merged_into or contribution


def inserted(public_id: str, *, by: Person) -> bool:
    open_ones, states = sorted(rules.VOTEABLE), states_that_allow(Act.VOTE)
    now: Any = connection.ops.adapt_datetimefield_value(clock.now())
    statement = COUNT_ONCE.format(
        open_ones=places(open_ones),
        states=places(states),
        lock="FOR KEY SHARE OF c" if connection.features.has_select_for_update_of else "",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [by.pk, now, public_id, *map(str, open_ones), *map(str, states)])
        return bool(cursor.rowcount == 1)


def places(values: list[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def has_voted(contribution: Contribution, *, by: Person) -> bool:
    return Vote.objects.filter(contribution=contribution, person=by).exists()


def reread(contribution: Contribution) -> Contribution:
    return Contribution.objects.select_related("dialogue", "merged_into").get(pk=contribution.pk)
