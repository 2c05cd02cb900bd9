"""What the moderators' screens show: the queue, one item with what can be done to it, how both stand now."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.core.paginator import Paginator

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.dialogues.models import Dialogue
from shonglap.dialogues.rules import Act, allows
from shonglap.questions import queries, rules
from shonglap.questions.models import Contribution, DeclineReason, Status
from shonglap.questions.public import revision

SHOWN = 30
A_PAGE = 30


@dataclass(frozen=True)
class Card:
    contribution: Contribution
    held_by: str  # the name of another moderator who looks at it now

    @property
    def is_review(self) -> bool:
        return self.contribution.review_after


def card(contribution: Contribution, person: Person) -> Card:
    return Card(contribution, held_by(contribution, person))


def held_by(contribution: Contribution, person: Person) -> str:
    """Another one's name, as long as the claim runs."""
    if contribution.claimed_by is None or contribution.claimed_by == person or not is_held(contribution):
        return ""
    return str(contribution.claimed_by)


def is_held(contribution: Contribution) -> bool:
    until = contribution.claimed_until
    return contribution.claimed_by_id is not None and until is not None and until > clock.now()


def is_undecided(contribution: Contribution) -> bool:
    return contribution.status == Status.WAITING or contribution.review_after


def queue_context(person: Person, dialogue: Dialogue) -> dict[str, Any]:
    undecided = queries.queue(person, dialogue)
    number = undecided.count()
    return {
        "dialogue": dialogue,
        "cards": [card(contribution, person) for contribution in undecided[:SHOWN]],
        "number": number,
        "more": max(number - SHOWN, 0),
        "counts": counts(dialogue),
    }


def counts(dialogue: Dialogue) -> dict[str, int]:
    by_status = queries.outcome_counts(dialogue)
    return {
        "public": sum(by_status.get(status, 0) for status in rules.PUBLIC),
        "declined": by_status.get(Status.DECLINED, 0),
    }


def public_context(dialogue: Dialogue, page: str | None) -> dict[str, Any]:
    """What was let in already: to be addressed, merged, or taken away again."""
    shown = Paginator(queries.ranked(dialogue), A_PAGE).get_page(page)
    number = queries.outcome_counts(dialogue).get(Status.WAITING, 0)
    return {"dialogue": dialogue, "page": shown, "number": number, "counts": counts(dialogue)}


def item_context(person: Person, contribution: Contribution, words: str = "") -> dict[str, Any]:
    held = held_by(contribution, person)
    open_desk = allows(contribution.dialogue, Act.ANSWER)
    mine = contribution.claimed_by_id == person.pk and is_held(contribution)
    undecided = is_undecided(contribution)
    return {
        "dialogue": contribution.dialogue,
        "contribution": contribution,
        "held_by": held,
        "seen": rules.standing(contribution),
        "undecided": undecided,
        "to_take": open_desk and undecided and not held and not mine,
        "can_decide": open_desk and (mine or not undecided),
        "can_decline": rules.may_become(contribution, Status.DECLINED),
        "can_merge": rules.may_become(contribution, Status.MERGED),
        "can_write": contribution.status in rules.PUBLIC and rules.in_need_of_words(contribution),
        "reasons": DeclineReason.choices,
        "offices": queries.offices_to_ask(contribution.dialogue),
        "words": words,
        "others": queries.to_merge_into(contribution, words),
        "is_public": contribution.status in rules.PUBLIC,
    }


def state_of(dialogue: Dialogue, person: Person, item: str = "") -> dict[str, Any]:
    """Asked for every two seconds: a mark that moves whenever the queue looks different, and its length.

    A claim that lapses moves it too: what counts is who holds an item now. With `item`, also how that stands.
    """
    now = clock.now()
    number, rows = queries.desk_state(dialogue, SHOWN)
    shown = [(*row, holder if until and until > now else None) for *row, holder, until in rows]
    mark = blake2b(repr((revision(dialogue), number, shown)).encode(), digest_size=8).hexdigest()
    state: dict[str, Any] = {"revision": mark, "waiting": number}
    if item:
        found = queries.contribution_for_moderator(person, item)
        state |= {"undecided": is_undecided(found), "held": bool(held_by(found, person))}
    return state
