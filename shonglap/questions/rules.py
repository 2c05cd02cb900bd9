"""The way of a contribution from waiting to its one outcome, and who may move it."""

from datetime import timedelta

from shonglap.accounts.models import Person
from shonglap.accounts.rules import Visitor
from shonglap.dialogues import rules as dialogues
from shonglap.dialogues.models import Dialogue
from shonglap.dialogues.rules import Act, allows
from shonglap.offices.models import Office
from shonglap.offices.queries import postings_now
from shonglap.questions.models import Contribution, Kind, Status

ALLOWED: dict[Status, frozenset[Status]] = {
    Status.WAITING: frozenset({Status.OPEN, Status.NOTED, Status.MERGED, Status.DECLINED}),
    Status.OPEN: frozenset(
        {Status.ANSWERING, Status.ANSWERED_IN_WRITING, Status.PROMISED, Status.MERGED, Status.DECLINED}
    ),
    Status.ANSWERING: frozenset({Status.ANSWERED_ON_AIR}),
    # The host may come back to a question that was left too early.
    Status.ANSWERED_ON_AIR: frozenset({Status.ANSWERING, Status.DECLINED}),
    Status.PROMISED: frozenset({Status.ANSWERED_IN_WRITING, Status.DECLINED}),
    Status.NOTED: frozenset({Status.MERGED, Status.DECLINED}),
    Status.ANSWERED_IN_WRITING: frozenset({Status.DECLINED}),
    Status.MERGED: frozenset({Status.DECLINED}),
    Status.DECLINED: frozenset(),
}

PUBLIC = frozenset(Status) - {Status.WAITING, Status.DECLINED}
VOTEABLE = frozenset({Status.OPEN, Status.ANSWERING})
WITHOUT_OUTCOME = frozenset({Status.WAITING, Status.OPEN, Status.ANSWERING})
# What another contribution may be merged into: whatever has, or will have, an outcome of its own.
MERGE_TARGETS = PUBLIC - {Status.MERGED}

# Thanks and remarks need no answer: the moderators let them in, and that is their outcome.
NEEDS_NO_ANSWER = frozenset({Kind.PRAISE, Kind.COMMENT})

SHORTEST, LONGEST = 10, 600  # graphemes
LONGEST_ANSWER = 4000
MOST_PICTURES = 2
MOST_IN_AN_HOUR = 10  # contributions of one person to one dialogue
CLAIM_LASTS = timedelta(minutes=2)


def after_approval(kind: str) -> Status:
    return Status.NOTED if kind in NEEDS_NO_ANSWER else Status.OPEN


def standing(contribution: Contribution) -> str:
    """What a decider sees of it. A decision made on another standing than the present one is refused."""
    return f"{contribution.status}+review" if contribution.review_after else str(contribution.status)


def may_become(contribution: Contribution, status: Status) -> bool:
    return status in ALLOWED[Status(contribution.status)]


def can_contribute(person: Visitor, dialogue: Dialogue) -> bool:
    """Everybody with an account, while the dialogue takes contributions."""
    return isinstance(person, Person) and person.is_active and allows(dialogue, Act.CONTRIBUTE)


def takes_votes(contribution: Contribution) -> bool:
    """What is public and has no outcome yet; a vote for a merged one counts for what it went into."""
    counted = contribution.merged_into or contribution
    return counted.status in VOTEABLE and allows(contribution.dialogue, Act.VOTE)


def can_vote(person: Visitor, contribution: Contribution) -> bool:
    return isinstance(person, Person) and person.is_active and takes_votes(contribution)


def can_moderate(person: Visitor, dialogue: Dialogue) -> bool:
    """Moderators and hosts of the dialogue; what its state allows is asked by each action."""
    return dialogues.can_moderate(person, dialogue)


def in_need_of_words(contribution: Contribution) -> bool:
    """Whether a written answer can still be its outcome."""
    return may_become(contribution, Status.ANSWERED_IN_WRITING)


def can_answer_for(person: Visitor, contribution: Contribution, office: Office) -> bool:
    """In writing: the host team in the name of any office, whoever is posted there in their own office's."""
    if not allows(contribution.dialogue, Act.WRITE):
        return False
    posted = postings_now(person).filter(office=office).exists()
    return posted or can_moderate(person, contribution.dialogue)
