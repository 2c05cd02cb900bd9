"""Finding contributions. Fetching is the permission check: what a person may not see raises NotFound."""

from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet

from shonglap.accounts.models import Person
from shonglap.accounts.rules import Visitor
from shonglap.base import clock
from shonglap.base.errors import NotFound
from shonglap.dialogues.models import Dialogue
from shonglap.dialogues.rules import STATES_IN_PUBLIC, Act, allows, states_that_allow
from shonglap.offices.models import Office
from shonglap.offices.queries import postings_now
from shonglap.questions import rules
from shonglap.questions.likeness import ENOUGH, ROUGHLY, Likeness
from shonglap.questions.models import Answer, Board, Contribution, Picture, Status, Vote

likeness = Likeness()

Desk = tuple[str, str, int | None, int | None, datetime | None]


def with_face(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Everything that showing a contribution needs, in a fixed number of questions to the database."""
    answers = Answer.objects.select_related("office").order_by("id")
    return contributions.select_related("dialogue", "person", "office", "merged_into").prefetch_related(
        "pictures", Prefetch("answers", queryset=answers)
    )


def public_ones(dialogue: Dialogue) -> QuerySet[Contribution]:
    return with_face(Contribution.objects.filter(dialogue=dialogue, status__in=rules.PUBLIC))


def ranked(dialogue: Dialogue) -> QuerySet[Contribution]:
    """What is public, by votes (`.votes_counted`), then age."""
    return public_ones(dialogue).annotate(votes_counted=Count("votes")).order_by("-votes_counted", "id")


def queue(person: Visitor, dialogue: Dialogue) -> QuerySet[Contribution]:
    """What waits for a decision, oldest first; accredited people's, already public, come to be reviewed."""
    if not rules.can_moderate(person, dialogue):
        raise NotFound
    undecided = Q(status=Status.WAITING) | Q(review_after=True)
    return with_face(Contribution.objects.filter(undecided, dialogue=dialogue)).select_related(
        "claimed_by"
    ).order_by("id")  # fmt: skip


def contribution_for_public(public_id: str) -> Contribution:
    """What is public, and the tombstone of what was."""
    contribution = _contribution(public_id)
    if contribution.dialogue.state not in STATES_IN_PUBLIC or not was_public(contribution):
        raise NotFound
    return contribution


def contribution_for(person: Visitor, public_id: str) -> Contribution:
    """What is public, and for its author also what waits or was declined."""
    contribution = _contribution(public_id)
    own = isinstance(person, Person) and contribution.person_id == person.pk
    seen = contribution.dialogue.state in STATES_IN_PUBLIC and was_public(contribution)
    if not (own or seen):
        raise NotFound
    return contribution


def contribution_to_vote_on(public_id: str) -> Contribution:
    """Just enough of it to count a vote; what was never public is not found."""
    parts = ("dialogue", "merged_into")
    found = Contribution.objects.select_related(*parts).filter(public_id=public_id).first()
    if found is None or found.dialogue.state not in STATES_IN_PUBLIC or not was_public(found):
        raise NotFound
    return found


def contribution_for_moderator(person: Visitor, public_id: str) -> Contribution:
    contribution = _contribution(public_id)
    if not rules.can_moderate(person, contribution.dialogue):
        raise NotFound
    return contribution


def was_public(contribution: Contribution) -> bool:
    """Is public now or has been: what was declined while it waited never got a revision."""
    return contribution.status in rules.PUBLIC or (
        contribution.status == Status.DECLINED and contribution.revision > 0
    )


def mine(person: Visitor) -> QuerySet[Contribution]:
    """All that the person has sent, newest first, with what became of it."""
    if not isinstance(person, Person):
        return Contribution.objects.none()
    sent = with_face(Contribution.objects.filter(person=person)).select_related("merged_into__dialogue")
    answers = Answer.objects.select_related("office").order_by("id")
    return sent.prefetch_related(Prefetch("merged_into__answers", queryset=answers)).order_by("-id")


def similar(
    dialogue: Dialogue,
    text: str,
    limit: int = 3,
    *,
    leave_out: str = "",
    among: frozenset[Status] = rules.VOTEABLE,
    enough: int = ENOUGH,
) -> list[Contribution]:
    """Public ones that can still be supported and say much the same, the likest first."""
    board = Board.objects.filter(dialogue=dialogue).values_list("revision", flat=True).first() or 0
    texts = Contribution.objects.filter(dialogue=dialogue, status__in=among)
    kept_as = " ".join([dialogue.slug, *sorted(among)])
    found = likeness.nearest(
        kept_as, board, texts.values_list("pk", "text"), text, limit=limit + 1, enough=enough
    )
    by_key = with_face(Contribution.objects.filter(status__in=among)).in_bulk(found)
    nearest = [by_key[key] for key in found if key in by_key]
    return [contribution for contribution in nearest if contribution.public_id != leave_out][:limit]


def to_merge_into(contribution: Contribution, words: str = "", limit: int = 6) -> list[Contribution]:
    """For moderators: public ones with all of these words, else the likest; answered ones too."""
    dialogue = contribution.dialogue
    if not words.strip():
        among = rules.MERGE_TARGETS
        return similar(
            dialogue, contribution.text, limit, leave_out=contribution.public_id, among=among, enough=ROUGHLY
        )
    found = Contribution.objects.filter(dialogue=dialogue, status__in=rules.MERGE_TARGETS)
    for word in words.split()[:8]:
        found = found.filter(text__icontains=word)
    return list(with_face(found.exclude(pk=contribution.pk)).order_by("-id")[:limit])


def my_votes(person: Visitor, dialogue: Dialogue) -> set[str]:
    """Public ids of what the person supports."""
    if not isinstance(person, Person):
        return set()
    votes = Vote.objects.filter(person=person, dialogue=dialogue)
    return set(votes.values_list("contribution__public_id", flat=True))


def tally(dialogue: Dialogue) -> dict[str, int]:
    """Votes by public id, counted from their rows; what nobody supports yet is left out."""
    votes = Vote.objects.filter(dialogue=dialogue, contribution__status__in=rules.PUBLIC)
    counted = votes.values_list("contribution__public_id").annotate(number=Count("id")).order_by()
    return dict(counted)


def votes_for(contribution: Contribution) -> int:
    return Vote.objects.filter(contribution=contribution.merged_into_id or contribution.pk).count()


def outcome_counts(dialogue: Dialogue) -> dict[str, int]:
    """How many contributions stand at each status, the waiting ones too."""
    every = Contribution.objects.filter(dialogue=dialogue)
    return dict(every.values_list("status").annotate(number=Count("id")).order_by())


def without_outcome(dialogue: Dialogue) -> QuerySet[Contribution]:
    """What stands in the way of publishing: each question ends in one public outcome."""
    undecided = Contribution.objects.filter(dialogue=dialogue, status__in=rules.WITHOUT_OUTCOME)
    return with_face(undecided).order_by("id")


def contribution_to_answer(person: Visitor, public_id: str) -> Contribution:
    """A public one, for whoever may write an answer to it in the name of an office."""
    contribution = contribution_for_public(public_id)
    if not offices_to_answer_for(person, contribution):
        raise NotFound
    return contribution


def offices_to_answer_for(person: Visitor, contribution: Contribution) -> list[Office]:
    """In whose name the person may write: the host team in any that takes part, officers in their own."""
    dialogue = contribution.dialogue
    if not allows(dialogue, Act.WRITE):
        return []
    offices = offices_that_answer(dialogue)
    if rules.can_moderate(person, dialogue):
        return offices
    own = set(postings_now(person).values_list("office", flat=True))
    return [office for office in offices if office.pk in own]


def for_offices_of(person: Visitor) -> QuerySet[Contribution]:
    """What the offices in which the person is posted have to answer in writing.

    What they promised comes first, by its day (`.due_on`), then what is open and was asked of them.
    """
    own = postings_now(person).values("office")
    promised = Q(status=Status.PROMISED, answers__kind=Answer.Kind.PROMISE, answers__office__in=own)
    asked = Q(status=Status.OPEN, office__in=own)
    due = Max("answers__due_on", filter=Q(status=Status.PROMISED))
    open_still = Contribution.objects.filter(dialogue__state__in=states_that_allow(Act.WRITE))
    found = with_face(open_still.filter(promised | asked)).annotate(due_on=due)
    return found.order_by(F("due_on").asc(nulls_last=True), "id")


def offices_to_ask(dialogue: Dialogue) -> list[Office]:
    """Those that take part, in the host's order."""
    taking_part = dialogue.participations.select_related("office").order_by("position", "id")
    return [participation.office for participation in taking_part]


def offices_that_answer(dialogue: Dialogue) -> list[Office]:
    """Those that take part, and the host."""
    asked = offices_to_ask(dialogue)
    return asked if dialogue.host_office in asked else [*asked, dialogue.host_office]


def sent_lately(person: Visitor, dialogue: Dialogue) -> int:
    """How many the person has sent to the dialogue within the hour that the limit looks at."""
    if not isinstance(person, Person):
        return 0
    lately = clock.now() - timedelta(hours=1)
    return Contribution.objects.filter(person=person, dialogue=dialogue, created_at__gt=lately).count()


def picture_for(person: Visitor, public_id: str) -> Picture:
    """A stored picture before it is public: for its author and for the moderators."""
    related = Picture.objects.select_related("contribution__dialogue")
    picture = related.filter(public_id=public_id).first()
    if picture is None:
        raise NotFound
    contribution = picture.contribution
    own = isinstance(person, Person) and contribution.person_id == person.pk
    if not own and not rules.can_moderate(person, contribution.dialogue):
        raise NotFound
    return picture


def desk_state(dialogue: Dialogue, first: int) -> tuple[int, list[Desk]]:
    """How many wait for a decision, and how the first of them stand: public id, status, office, claim.

    Small enough for a moderator's screen to ask for every two seconds.
    """
    undecided = Q(status=Status.WAITING) | Q(review_after=True)
    rows = Contribution.objects.filter(undecided, dialogue=dialogue).order_by("id")
    facts = rows.values_list("public_id", "status", "office", "claimed_by", "claimed_until")
    return rows.count(), list(facts[:first])


def _contribution(public_id: str) -> Contribution:
    found = with_face(Contribution.objects.filter(public_id=public_id)).first()
    if found is None:
        raise NotFound
    return found
