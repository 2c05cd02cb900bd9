"""What became of everything that people sent, a page at a time."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from shonglap.dialogues.models import Dialogue
from shonglap.questions.models import Answer, Contribution, DeclineReason, Status
from shonglap.questions.public import declined_counts, newest_answer
from shonglap.questions.queries import outcome_counts, ranked
from shonglap.web.report.recording import Recording, clock_words

A_PAGE = 50

# In this order; what is still open stands first, and only a preview can have any.
ORDER = (
    Status.ANSWERING, Status.OPEN, Status.ANSWERED_ON_AIR, Status.ANSWERED_IN_WRITING,
    Status.PROMISED, Status.MERGED, Status.NOTED,
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """One contribution with what the offices said to it."""

    contribution: Contribution
    votes: int
    answer: Answer | None
    seconds: int | None  # where in the recording the answer begins

    @property
    def shown_place(self) -> str:
        return "" if self.seconds is None else clock_words(self.seconds)


@dataclass(frozen=True)
class Tab:
    """A way to see one outcome only."""

    status: str
    label: str
    number: int


def outcomes_page(
    dialogue: Dialogue, recording: Recording, number: str | None, only: str
) -> Page[Contribution]:
    """The page's `object_list` holds outcomes."""
    page = Paginator(in_order(dialogue, only), A_PAGE).get_page(number)
    page.object_list = [outcome(one, recording) for one in page.object_list]  # type: ignore[misc]
    return page


def in_order(dialogue: Dialogue, only: str) -> QuerySet[Contribution]:
    """By outcome, and within each what most people supported first."""
    ranks = [When(status=status, then=Value(rank)) for rank, status in enumerate(ORDER)]
    found = ranked(dialogue).annotate(rank=Case(*ranks, output_field=IntegerField()))
    if only in ORDER:
        found = found.filter(status=only)
    return found.order_by("rank", F("votes_counted").desc(), "id")


def outcome(contribution: Contribution, recording: Recording) -> Outcome:
    answer = newest_answer(contribution)
    seconds = recording.place_of(answer.began_at) if answer else None
    votes: int = contribution.votes_counted  # type: ignore[attr-defined]  # annotated by ranked()
    return Outcome(contribution, votes, answer, seconds)


def tabs(dialogue: Dialogue) -> list[Tab]:
    """How many came to each outcome, those to none left out."""
    counts = outcome_counts(dialogue)
    return [Tab(status.value, str(status.label), counts[status]) for status in ORDER if counts.get(status)]


def declined(dialogue: Dialogue) -> list[tuple[str, int]]:
    """How many for each reason of the published list; never which."""
    counts = declined_counts(dialogue)
    return [(str(reason.label), counts[reason]) for reason in DeclineReason if counts.get(reason)]
