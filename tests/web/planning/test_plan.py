"""The host's plan: the list, a new one, its page and what stands in the way of announcing it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.dialogues.models import Dialogue, State, TeamMember
from shonglap.offices.models import Office
from tests.factories import (
    make_admin,
    make_agenda_item,
    make_dialogue,
    make_guest,
    make_host,
    make_moderator,
    make_office,
    make_participation,
    make_person,
    make_posting,
    make_site,
)

pytestmark = pytest.mark.django_db


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def new_plan(office: Office, **changes: str) -> dict[str, str]:
    day = clock.today() + timedelta(days=20)
    return {
        "topic_bn": "দুর্নীতিমুক্ত বাংলাদেশ",
        "topic_en": "Corruption-free Bangladesh",
        "host_office": office.code,
        "day": day.isoformat(),
        "time": "10:30",
        **changes,
    }


def basics(dialogue: Dialogue, **changes: Any) -> dict[str, Any]:
    plan = {**new_plan(dialogue.host_office), "languages": ["bn", "en"], "purposes_en": "One\nTwo", **changes}
    return {f"basics-{field}": value for field, value in plan.items()}


def test_a_plan_begins_with_topic_office_and_time(client: Client) -> None:
    posting = make_posting()
    signed_in(client, posting.person)
    assert posting.office.code in client.get("/en/plan/new/").content.decode()
    answer = client.post("/en/plan/new/", new_plan(posting.office))
    dialogue = Dialogue.objects.get()
    assert answer.headers["Location"] == f"/en/plan/{dialogue.slug}/"
    assert dialogue.slug == f"corruption-free-bangladesh-{(clock.today() + timedelta(days=20)).isoformat()}"
    assert clock.stamp(dialogue.starts_at).endswith("T04:30:00.000Z")  # type: ignore[union-attr]
    assert TeamMember.objects.get().person == posting.person


def test_two_plans_of_one_topic_and_day_get_two_addresses(client: Client) -> None:
    posting = make_posting()
    signed_in(client, posting.person)
    for _number in range(2):
        client.post("/en/plan/new/", new_plan(posting.office))
    assert len(set(Dialogue.objects.values_list("slug", flat=True))) == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"topic_bn": "", "topic_en": ""}, "Fill this in."),
        ({"topic_en": "x" * 201}, "This is too long"),
        ({"topic_en": "x" * 2001}, "at most 800 characters"),
        ({"host_office": ""}, "Fill this in."),
        ({"host_office": "no such office"}, "No office fits this."),
        ({"day": "tomorrow"}, "Give the day as"),
        ({"time": "late"}, "Give the time as"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(
    client: Client, changes: dict[str, str], said: str
) -> None:
    posting = make_posting()
    answer = signed_in(client, posting.person).post("/en/plan/new/", new_plan(posting.office, **changes))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert "There is a problem" in page
    kept = {**new_plan(posting.office, **changes)}
    assert all(value in page for value in kept.values())
    assert not Dialogue.objects.exists()


def test_who_holds_no_position_plans_nothing(client: Client) -> None:
    signed_in(client, make_person())
    assert client.get("/en/plan/").status_code == 404
    assert client.get("/en/plan/new/").status_code == 404
    assert client.post("/en/plan/new/", new_plan(make_office())).status_code == 404
    assert client.get("/en/plan/offices.json?typed=office").status_code == 404


def test_the_nameless_are_sent_to_sign_in(client: Client) -> None:
    for page in ("", "new/", f"{make_dialogue().slug}/"):
        answer = client.get(f"/en/plan/{page}")
        assert answer.status_code == 302
        assert "next=" in answer.headers["Location"]


def test_the_list_leads_hosts_to_the_plan_and_moderators_to_the_questions(client: Client) -> None:
    hosted, moderated, other = (make_dialogue() for _number in range(3))
    person = make_host(hosted)
    TeamMember.objects.create(dialogue=moderated, person=person, role=TeamMember.Role.MODERATOR)
    page = signed_in(client, person).get("/en/plan/").content.decode()
    assert f"/en/plan/{hosted.slug}/" in page
    assert f"/en/plan/{moderated.slug}/" not in page
    assert f"/en/dialogues/{moderated.slug}/moderate/" in page
    assert other.slug not in page


def test_administrators_see_every_plan(client: Client) -> None:
    dialogue = make_dialogue()
    signed_in(client, make_admin())
    assert f"/en/plan/{dialogue.slug}/" in client.get("/en/plan/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_a_longer_list_needs_no_more_queries(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    person = make_posting().person
    for _number in range(number):
        TeamMember.objects.create(dialogue=make_dialogue(), person=person, role=TeamMember.Role.HOST)
    signed_in(client, person)
    with django_assert_num_queries(6):
        client.get("/en/plan/")


def test_the_plan_is_for_its_hosts_only(client: Client) -> None:
    dialogue = make_dialogue()
    for person in (make_person(), make_posting().person, make_moderator(dialogue)):
        signed_in(client, person)
        assert client.get(f"/en/plan/{dialogue.slug}/").status_code == 404
        assert client.post(f"/en/plan/{dialogue.slug}/basics/", basics(dialogue)).status_code == 404
    dialogue.refresh_from_db()
    assert dialogue.revision == 1


def test_the_page_says_what_is_missing_before_announcing(client: Client) -> None:
    dialogue = make_dialogue()
    signed_in(client, make_host(dialogue))
    page = client.get(f"/en/plan/{dialogue.slug}/").content.decode()
    assert "Choose at least one participating office." in page
    assert "Add at least one item to the agenda." in page
    assert "/announce/" not in page
    make_participation(dialogue)
    make_agenda_item(dialogue)
    page = client.get(f"/en/plan/{dialogue.slug}/").content.decode()
    assert "Nothing is missing." in page
    assert f"/en/plan/{dialogue.slug}/announce/" in page


@pytest.mark.parametrize("parts", [1, 3])
def test_more_parts_need_no_more_queries(client: Client, django_assert_num_queries: Any, parts: int) -> None:
    dialogue = make_dialogue(state=State.ANNOUNCED)
    person = make_host(dialogue)
    for _number in range(parts):
        participation = make_participation(dialogue)
        make_posting(office=participation.office)
        make_agenda_item(dialogue, office=participation.office)
        make_guest(dialogue)
        make_site(dialogue, contact=make_posting())
        make_moderator(dialogue)
    signed_in(client, person)
    with django_assert_num_queries(13):
        assert client.get(f"/en/plan/{dialogue.slug}/").status_code == 200


def test_basics_are_changed_together(client: Client) -> None:
    dialogue = make_dialogue()
    chair = make_posting(office=dialogue.host_office)
    signed_in(client, make_host(dialogue))
    data = basics(dialogue, chair=chair.public_id, languages=["bn"], topic_en="New topic")
    assert client.post(f"/en/plan/{dialogue.slug}/basics/", data).status_code == 302
    dialogue.refresh_from_db()
    assert (dialogue.topic_en, dialogue.chair, dialogue.languages) == ("New topic", chair, "bn")
    assert dialogue.purposes_en == "One\nTwo"
    page = client.get(f"/en/plan/{dialogue.slug}/").content.decode()
    assert f'value="{chair.public_id}" selected' in page


def test_a_chair_from_elsewhere_is_not_on_offer_and_stays_once_chosen(client: Client) -> None:
    stranger = make_posting()
    dialogue = make_dialogue()
    signed_in(client, make_host(dialogue))
    data = basics(dialogue, chair=stranger.public_id)
    assert client.post(f"/en/plan/{dialogue.slug}/basics/", data).status_code == 400
    Dialogue.objects.update(chair=stranger)
    assert client.post(f"/en/plan/{dialogue.slug}/basics/", data).status_code == 302


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"languages": []}, "Choose Bangla, English or both."),
        ({"topic_en": "", "topic_bn": ""}, "Fill this in."),
        ({"purposes_en": "y" * 3001}, "This is too long"),
    ],
)
def test_bad_basics_come_back_as_typed(client: Client, changes: dict[str, Any], said: str) -> None:
    dialogue = make_dialogue()
    signed_in(client, make_host(dialogue))
    data = basics(dialogue, **{"purposes_bn": "একটি মাত্র উদ্দেশ্য", **changes})
    answer = client.post(f"/en/plan/{dialogue.slug}/basics/", data)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert "একটি মাত্র উদ্দেশ্য" in page
    assert 'href="#id_basics-' in page


def test_a_live_plan_cannot_be_changed(client: Client) -> None:
    dialogue = make_dialogue(state=State.LIVE)
    signed_in(client, make_host(dialogue))
    page = client.get(f"/en/plan/{dialogue.slug}/").content.decode()
    assert "/basics/" not in page
    assert client.post(f"/en/plan/{dialogue.slug}/basics/", basics(dialogue)).status_code == 409


def test_addresses_that_change_something_take_no_get(client: Client) -> None:
    dialogue = make_dialogue()
    signed_in(client, make_host(dialogue))
    for step in ("basics", "offices", "guests", "sites", "agenda", "team", "announce", "rehearsal", "cancel"):
        assert client.get(f"/en/plan/{dialogue.slug}/{step}/").status_code == 405


def test_no_two_things_on_the_page_share_a_name(client: Client) -> None:
    dialogue = make_dialogue()
    signed_in(client, make_host(dialogue))
    page = client.get(f"/en/plan/{dialogue.slug}/").content.decode()
    names = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(names) == sorted(set(names))
    assert 'list="office-names"' in page
