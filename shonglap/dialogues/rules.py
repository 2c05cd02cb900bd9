"""What each state of a dialogue allows, and who may do it. The two tables are the only place that says so."""

from enum import StrEnum

from shonglap.accounts.models import Person
from shonglap.accounts.rules import Visitor, can_administrate
from shonglap.dialogues.models import Dialogue, Site, State, TeamMember
from shonglap.offices.queries import postings_now

ALLOWED: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.ANNOUNCED, State.CANCELLED}),
    State.ANNOUNCED: frozenset({State.REHEARSAL, State.CANCELLED}),
    State.REHEARSAL: frozenset({State.LIVE, State.CANCELLED}),
    State.LIVE: frozenset({State.ENDED}),
    State.ENDED: frozenset({State.PUBLISHED}),
    State.PUBLISHED: frozenset(),
    State.CANCELLED: frozenset(),
}


class Act(StrEnum):
    """What people do in a dialogue, as far as its state has a say in it."""

    SEE = "see"  # its public page
    PLAN = "plan"
    TEAM = "team"  # who hosts and moderates
    JOIN_STAGE = "join_stage"
    RUN_STAGE = "run_stage"
    WATCH = "watch"
    CONTRIBUTE = "contribute"
    VOTE = "vote"
    ANSWER = "answer"  # moderating, and answering on air
    WRITE = "write"  # written answers; also to what was promised, after the report is out
    REPORT = "report"  # the host prepares it once ended; the public reads it once published


ASKING = frozenset({Act.CONTRIBUTE, Act.VOTE, Act.ANSWER, Act.WRITE})
ON_STAGE = frozenset({Act.JOIN_STAGE, Act.RUN_STAGE})

ALLOWS: dict[State, frozenset[Act]] = {
    State.DRAFT: frozenset({Act.PLAN, Act.TEAM}),
    State.ANNOUNCED: frozenset({Act.SEE, Act.PLAN, Act.TEAM, Act.WATCH}) | ASKING,
    State.REHEARSAL: frozenset({Act.SEE, Act.PLAN, Act.TEAM, Act.WATCH}) | ASKING | ON_STAGE,
    State.LIVE: frozenset({Act.SEE, Act.TEAM, Act.WATCH}) | ASKING | ON_STAGE,
    State.ENDED: frozenset({Act.SEE, Act.TEAM, Act.WATCH, Act.ANSWER, Act.WRITE, Act.REPORT}),
    State.PUBLISHED: frozenset({Act.SEE, Act.WATCH, Act.WRITE, Act.REPORT}),
    State.CANCELLED: frozenset({Act.SEE}),
}

STATES_IN_PUBLIC = frozenset(state for state, acts in ALLOWS.items() if Act.SEE in acts)


def allows(dialogue: Dialogue, act: Act) -> bool:
    """Whether the dialogue's present state has room for the act, whoever does it."""
    return act in ALLOWS[State(dialogue.state)]


def states_that_allow(act: Act) -> list[str]:
    """For queries that ask the table of the database."""
    return [state.value for state, acts in ALLOWS.items() if act in acts]


def can_create(person: Visitor) -> bool:
    """Whoever holds a position in an office today, and administrators."""
    return can_administrate(person) or postings_now(person).exists()


def can_plan(person: Visitor, dialogue: Dialogue) -> bool:
    """The hosts of this dialogue, and administrators."""
    return can_host(person, dialogue)


def can_host(person: Visitor, dialogue: Dialogue) -> bool:
    return can_administrate(person) or in_team(person, dialogue, TeamMember.Role.HOST)


def can_moderate(person: Visitor, dialogue: Dialogue) -> bool:
    """Moderators of this dialogue; its hosts may moderate too."""
    return can_administrate(person) or in_team(
        person, dialogue, TeamMember.Role.HOST, TeamMember.Role.MODERATOR
    )


def can_open_site(person: Visitor, site: Site) -> bool:
    """The contact's person, whoever is posted to the site's office today, and the hosts."""
    if site.dialogue.state == State.DRAFT and not can_host(person, site.dialogue):
        return False
    if site.contact is not None and isinstance(person, Person) and site.contact.person_id == person.pk:
        return True
    return postings_now(person).filter(office=site.office_id).exists() or can_host(person, site.dialogue)


def holds_a_role(person: Visitor) -> bool:
    """Administrators, whoever holds a position today, and whoever is in a host team."""
    if can_create(person):
        return True
    return isinstance(person, Person) and TeamMember.objects.filter(person=person).exists()


def in_team(person: Visitor, dialogue: Dialogue, *roles: TeamMember.Role) -> bool:
    if not isinstance(person, Person) or not person.is_active:
        return False
    return TeamMember.objects.filter(dialogue=dialogue, person=person, role__in=roles).exists()
