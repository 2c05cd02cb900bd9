"""The list of offices: for administrators, and for heads as far as it is theirs."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from shonglap.accounts.models import Person
from tests.factories import make_admin, make_office, make_person, make_posting
from tests.web.people.steps import give_app

pytestmark = pytest.mark.django_db

PAGE = "/en/offices/"


@pytest.fixture
def admin(client: Client) -> Person:
    person = make_admin()
    client.force_login(person)
    return person


def listed(client: Client, **search: str) -> list[str]:
    answer = client.get(PAGE, search)
    assert answer.status_code == 200
    return [office.code for office, _above in answer.context["rows"]]


@pytest.mark.usefixtures("admin")
def test_administrators_find_every_working_office_in_the_tree(client: Client) -> None:
    top = make_office(code="top", name_en="The Ministry", name_bn="মন্ত্রণালয়")
    middle = make_office(code="middle", parent=top, name_en="The Division", name_bn="বিভাগ")
    make_office(code="lowest", parent=middle, name_en="The District", name_bn="জেলা")
    make_office(code="closed", active=False)
    assert listed(client) == ["top", "middle", "lowest"]
    for language, path in (("en", "The Ministry › The Division"), ("bn", "মন্ত্রণালয় › বিভাগ")):
        page = client.get(f"/{language}/offices/").content.decode()
        assert page.count(path) == 1, "of the lowest alone"
        assert f"/{language}/offices/lowest/people/" in page


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    "typed", ["dc-rangpur", "DEPUTY rangpur", "প্রশাসক রংপুর", "প্রশাসকের কার্যাল\u09df", "place-rangpur"]
)
def test_the_search_understands_both_languages_and_codes(client: Client, typed: str) -> None:
    make_office(
        code="dc-rangpur", name_en="Deputy Commissioner, Rangpur", place_en="Place-Rangpur",
        name_bn="জেলা প্রশাসকের কার্যালয়, রংপুর",
    )  # fmt: skip
    make_office(code="police", name_en="Police", name_bn="পুলিশ")
    assert listed(client, words=typed) == ["dc-rangpur"]
    assert listed(client, words="rangpur police") == []
    assert "No office fits this" in client.get(PAGE, {"words": "rangpur police"}).content.decode()


@pytest.mark.usefixtures("admin")
def test_a_long_list_has_pages_that_keep_the_search(client: Client) -> None:
    for _number in range(31):
        make_office(name_en="Alike")
    make_office(name_en="Other")
    assert len(listed(client, words="alike")) == 30
    assert "words=alike" in client.get(PAGE, {"words": "alike"}).content.decode()
    assert len(listed(client, words="alike", page="2")) == 1


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize("number", [1, 3])
def test_a_longer_list_needs_no_more_queries(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    for _number in range(number):
        make_office(parent=make_office())
    with django_assert_num_queries(6):
        client.get(PAGE)


def test_heads_come_to_their_own_alone(client: Client) -> None:
    above = make_office(name_en="Above them")
    own = make_posting(is_head=True, office=make_office(code="own", parent=above))
    make_posting(person=own.person, office=make_office(code="only-posted"))
    client.force_login(own.person)
    assert listed(client) == ["own"]
    assert "Above them" in client.get(PAGE).content.decode()


def test_the_list_is_for_nobody_else(client: Client) -> None:
    assert client.get(PAGE)["Location"] == "/en/accounts/sign-in/?next=%2Fen%2Foffices%2F"
    for person in (make_person(), make_posting().person):
        client.force_login(person)
        assert client.get(PAGE).status_code == 404


def test_the_menu_leads_there_whoever_may_go(client: Client) -> None:
    people = {make_admin(): True, make_posting(is_head=True).person: True,
              make_posting().person: False, make_person(): False}  # fmt: skip
    for person, shown in people.items():
        client.force_login(person)
        links = client.get("/me.json?language=en").json()["links"]
        assert ({"href": "/en/offices/", "text": "Offices and people"} in links) is shown


def test_administrators_are_told_to_set_up_a_second_factor(
    client: Client, admin: Person, settings: Settings
) -> None:
    words = "no second factor yet"
    assert words in client.get(PAGE).content.decode()
    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get(PAGE)["Location"] == "/en/me/"
    give_app(admin)
    assert words not in client.get(PAGE).content.decode()
