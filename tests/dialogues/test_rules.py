"""The two tables of states, and who may do what."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser

from shonglap.dialogues import rules
from shonglap.dialogues.models import State
from shonglap.dialogues.rules import ALLOWED, ALLOWS, Act
from tests.factories import (
    days_from_now,
    make_admin,
    make_dialogue,
    make_host,
    make_moderator,
    make_person,
    make_posting,
    make_site,
)

pytestmark = pytest.mark.django_db

ORDER = [State.DRAFT, State.ANNOUNCED, State.REHEARSAL, State.LIVE, State.ENDED, State.PUBLISHED]


def test_both_tables_speak_of_every_state() -> None:
    assert set(ALLOWED) == set(ALLOWS) == set(State)
    assert set(Act) == set().union(*ALLOWS.values())


def test_the_way_leads_from_draft_to_published_and_off_it_before_going_live() -> None:
    for state, following in itertools.pairwise(ORDER):
        off = {State.CANCELLED} if state in ORDER[:3] else set()
        assert ALLOWED[state] == {following} | off
    assert not ALLOWED[State.PUBLISHED]
    assert not ALLOWED[State.CANCELLED]


@pytest.mark.parametrize(
    ("act", "states"),
    [
        (Act.SEE, set(State) - {State.DRAFT}),
        (Act.PLAN, {State.DRAFT, State.ANNOUNCED, State.REHEARSAL}),
        (Act.TEAM, set(ORDER) - {State.PUBLISHED}),
        (Act.JOIN_STAGE, {State.REHEARSAL, State.LIVE}),
        (Act.RUN_STAGE, {State.REHEARSAL, State.LIVE}),
        (Act.WATCH, set(ORDER) - {State.DRAFT}),
        (Act.CONTRIBUTE, {State.ANNOUNCED, State.REHEARSAL, State.LIVE}),
        (Act.VOTE, {State.ANNOUNCED, State.REHEARSAL, State.LIVE}),
        (Act.ANSWER, {State.ANNOUNCED, State.REHEARSAL, State.LIVE, State.ENDED}),
        (Act.WRITE, {State.ANNOUNCED, State.REHEARSAL, State.LIVE, State.ENDED, State.PUBLISHED}),
        (Act.REPORT, {State.ENDED, State.PUBLISHED}),
    ],
)
def test_each_act_has_its_states(act: Act, states: set[State]) -> None:
    allowing = {state for state in State if rules.allows(make_dialogue(state=state), act)}
    assert allowing == states


def test_can_create_says_no_to_citizens_and_former_officers() -> None:
    assert rules.can_create(make_person()) is False
    assert rules.can_create(AnonymousUser()) is False
    assert rules.can_create(make_posting(ends_on=days_from_now(-1)).person) is False
    assert rules.can_create(make_posting().person) is True
    assert rules.can_create(make_admin()) is True


def test_can_host_and_can_plan_say_no_to_moderators_and_hosts_of_others() -> None:
    dialogue = make_dialogue()
    strangers = (make_moderator(dialogue), make_host(make_dialogue()), make_posting().person, AnonymousUser())
    for stranger in strangers:
        assert rules.can_host(stranger, dialogue) is False
        assert rules.can_plan(stranger, dialogue) is False
    assert rules.can_plan(make_host(dialogue, is_active=False), dialogue) is False
    for host in (make_host(dialogue), make_admin()):
        assert rules.can_host(host, dialogue) is True
        assert rules.can_plan(host, dialogue) is True


def test_can_moderate_says_no_to_officers_and_other_teams() -> None:
    dialogue = make_dialogue()
    officer = make_posting(office=dialogue.host_office, is_head=True).person
    for stranger in (officer, make_moderator(make_dialogue()), make_person(), AnonymousUser()):
        assert rules.can_moderate(stranger, dialogue) is False
    for member in (make_moderator(dialogue), make_host(dialogue), make_admin()):
        assert rules.can_moderate(member, dialogue) is True


def test_can_open_site_says_no_to_other_offices_and_before_the_announcement() -> None:
    dialogue = make_dialogue(state="announced")
    contact = make_posting()
    site = make_site(dialogue, contact=contact)
    colleague = make_posting(office=site.office).person
    former = make_posting(office=site.office, ends_on=days_from_now(-1)).person
    for stranger in (make_posting().person, former, make_moderator(dialogue), AnonymousUser()):
        assert rules.can_open_site(stranger, site) is False
    for guest in (contact.person, colleague, make_host(dialogue)):
        assert rules.can_open_site(guest, site) is True
    dialogue.state = State.DRAFT
    assert rules.can_open_site(contact.person, site) is False
    assert rules.can_open_site(make_host(dialogue), site) is True


def test_a_role_is_a_posting_a_team_or_administration() -> None:
    dialogue = make_dialogue()
    for nobody in (make_person(), AnonymousUser(), make_posting(ends_on=days_from_now(-1)).person):
        assert rules.holds_a_role(nobody) is False
    members = (make_host(dialogue), make_moderator(dialogue), make_posting().person, make_admin())
    assert all(rules.holds_a_role(member) for member in members)
