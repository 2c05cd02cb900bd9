"""One person, one vote: the database keeps it, whatever arrives at once."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.base.errors import NotAllowed, NotFound, Refused
from shonglap.questions import rules
from shonglap.questions.models import Contribution, Status, Vote

# One statement and so one transaction: it counts the vote only if the contribution is still open when the row
# is written. The key lock makes it wait for a merge under way (which holds the row) and then look again,
# and it does not make voters wait for one another.
COUNT_ONCE = """
    INSERT INTO questions_vote (dialogue_id, contribution_id, person_id, at)
    SELECT dialogue_id, id, %s, %s FROM questions_contribution WHERE id = %s AND status IN (%s, %s) {lock}
    ON CONFLICT (contribution_id, person_id) DO NOTHING
"""


def vote(contribution: Contribution, *, by: Person) -> Contribution:
    """Support it. A second time changes nothing. Gives back what the vote counts for."""
    counted = to_count_for(contribution, by=by)
    if not inserted(counted, by) and not Vote.objects.filter(contribution=counted, person=by).exists():
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


def inserted(contribution: Contribution, by: Person) -> bool:
    lock = "FOR KEY SHARE" if connection.features.has_select_for_update else ""
    now: Any = connection.ops.adapt_datetimefield_value(clock.now())
    open_ones = sorted(status.value for status in rules.VOTEABLE)
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONCE.format(lock=lock), [by.pk, now, contribution.pk, *open_ones])
        return bool(cursor.rowcount == 1)


def reread(contribution: Contribution) -> Contribution:
    return Contribution.objects.select_related("dialogue", "merged_into").get(pk=contribution.pk)
