"""Finding dialogues: what a person may not see is not found."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.base.errors import NotFound
from shonglap.dialogues import queries
from shonglap.dialogues.models import Dialogue, State
from tests.factories import (
    make_admin,
    make_dialogue,
    make_host,
    make_moderator,
    make_person,
    make_posting,
    make_site,
    make_team_member,
)

pytestmark = pytest.mark.django_db


def test_drafts_are_never_in_public() -> None:
    made = {state: make_dialogue(state=state) for state in State}
    upcoming, past = queries.public_dialogues()
    assert set(upcoming) == {made[State.ANNOUNCED], made[State.REHEARSAL], made[State.CANCELLED]}
    assert set(past) == {made[State.ENDED], made[State.PUBLISHED]}
    assert list(queries.live_dialogues()) == [made[State.LIVE]]
    with pytest.raises(NotFound):
        queries.dialogue_for_public(made[State.DRAFT].slug)
    for state in set(State) - {State.DRAFT}:
        assert queries.dialogue_for_public(made[state].slug) == made[state]
    with pytest.raises(NotFound):
        queries.dialogue_for_public("nowhere")


def test_the_next_comes_first_and_so_does_the_last() -> None:
    later, sooner = (
        make_dialogue(state="announced", starts_at=clock.now() + timedelta(days=days)) for days in (9, 1)
    )
    older, newer = (
        make_dialogue(state="published", starts_at=clock.now() - timedelta(days=days)) for days in (9, 1)
    )
    called_off = make_dialogue(state="cancelled", starts_at=clock.now() - timedelta(days=5))
    upcoming, past = queries.public_dialogues()
    assert list(upcoming) == [sooner, later]
    assert list(past) == [newer, called_off, older]


LISTS: list[tuple[str, Callable[[], QuerySet[Dialogue]]]] = [
    ("announced", lambda: queries.public_dialogues().upcoming),
    ("ended", lambda: queries.public_dialogues().past),
    ("live", queries.live_dialogues),
]


@pytest.mark.parametrize(("state", "listed"), LISTS)
def test_lists_cost_one_question_however_long(
    state: str, listed: Callable[[], QuerySet[Dialogue]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 3):
        while listed().count() < count:
            make_dialogue(state=state)
        with django_assert_num_queries(1):
            assert len([dialogue.host_office.name_en for dialogue in listed()]) == count


def test_ones_own_dialogues_cost_one_question(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = make_person()
    for count in (1, 3):
        while queries.dialogues_of(person).count() < count:
            make_team_member(make_dialogue(), person=person)
        with django_assert_num_queries(1):
            assert len([dialogue.host_office.name_en for dialogue in queries.dialogues_of(person)]) == count


def test_one_sees_the_dialogues_of_ones_teams_and_administrators_see_all() -> None:
    mine, other = make_dialogue(), make_dialogue()
    person = make_host(mine)
    make_team_member(mine, person=person, role="moderator")
    assert list(queries.dialogues_of(person)) == [mine]
    assert set(queries.dialogues_of(make_admin())) == {mine, other}
    assert not queries.dialogues_of(AnonymousUser()).exists()
    assert not queries.dialogues_of(make_person()).exists()


def test_hosts_and_moderators_find_their_dialogue_and_others_do_not() -> None:
    dialogue = make_dialogue()
    host, moderator = make_host(dialogue), make_moderator(dialogue)
    assert queries.dialogue_for_host(host, dialogue.slug) == dialogue
    for member in (host, moderator):
        assert queries.dialogue_for_moderator(member, dialogue.slug) == dialogue
    with pytest.raises(NotFound):
        queries.dialogue_for_host(moderator, dialogue.slug)
    for stranger in (make_person(), make_host(make_dialogue()), AnonymousUser()):
        with pytest.raises(NotFound):
            queries.dialogue_for_moderator(stranger, dialogue.slug)
    assert {member.person for member in queries.team_of(dialogue)} == {host, moderator}


def test_a_site_opens_for_its_people_only() -> None:
    site = make_site(make_dialogue(state="announced"), contact=make_posting())
    assert site.contact is not None
    insiders = [site.contact.person, make_posting(office=site.office).person, make_host(site.dialogue)]
    for person in insiders:
        assert queries.site_for(person, site.public_id) == site
    for stranger in (make_person(), make_posting().person, AnonymousUser()):
        with pytest.raises(NotFound):
            queries.site_for(stranger, site.public_id)
    with pytest.raises(NotFound):
        queries.site_for(insiders[0], "nowhere")


def test_one_finds_the_sites_from_which_one_joins(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    posting = make_posting()
    make_site(make_dialogue(state="announced"), contact=posting)
    assert_sites(posting.person, 1, django_assert_num_queries)
    make_site(make_dialogue(state="live"), office=posting.office, contact=posting)
    make_site(make_dialogue(state="rehearsal"), office=posting.office)
    for state in ("draft", "ended", "published", "cancelled"):
        make_site(make_dialogue(state=state), contact=posting)
    make_site(make_dialogue(state="live"))
    assert_sites(posting.person, 3, django_assert_num_queries)
    assert not queries.sites_of(AnonymousUser()).exists()


def assert_sites(person: Person, count: int, counted: DjangoAssertNumQueries) -> None:
    with counted(1):
        assert len([site.dialogue.slug + site.office.code for site in queries.sites_of(person)]) == count
