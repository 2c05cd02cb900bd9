"""The public page, the calendar file and the list of dialogues."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from shonglap.base import clock
from shonglap.dialogues.models import Dialogue, State
from tests.factories import (
    make_agenda_item,
    make_dialogue,
    make_guest,
    make_participation,
    make_posting,
    make_site,
)

pytestmark = pytest.mark.django_db


def filled(parts: int = 2, **fields: Any) -> Dialogue:
    dialogue = make_dialogue(**{"state": State.ANNOUNCED, **fields})
    for _number in range(parts):
        make_agenda_item(dialogue)
        make_guest(dialogue)
        make_site(dialogue)
        make_participation(dialogue)
    return dialogue


def test_the_page_shows_the_whole_plan(client: Client) -> None:
    chair = make_posting(position_en="Principal Coordinator", position_bn="মুখ্য সমন্বয়ক")
    dialogue = filled(chair=chair, purposes_en="Show how it works\nInspire others", purposes_bn="")
    item, guest, site = dialogue.agenda.all()[0], dialogue.guests.all()[0], dialogue.sites.all()[0]
    page = client.get(f"/en/dialogues/{dialogue.slug}/").content.decode()
    for text in (
        dialogue.topic_en, "Principal Coordinator", chair.office.name_en, "Inspire others", item.title_en,
        guest.name_en, guest.position_en, site.place_en, dialogue.participations.all()[0].office.name_en,
        dialogue.host_office.name_en, "10 minutes", "20 minutes in all",
    ):  # fmt: skip
        assert text in page


def test_the_time_stands_in_the_readers_digits(client: Client) -> None:
    dialogue = filled(starts_at="2017-04-16T10:00:00+06:00")
    assert "১৬ এপ্রিল ২০১৭, ১০:০০" in client.get(f"/bn/dialogues/{dialogue.slug}/").content.decode()
    assert "16 April 2017, 10:00" in client.get(f"/en/dialogues/{dialogue.slug}/").content.decode()


def test_the_page_may_be_kept_by_caches(client: Client) -> None:
    answer = client.get(f"/bn/dialogues/{filled().slug}/")
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize("page", ["", "calendar.ics"])
def test_a_draft_is_seen_by_nobody(client: Client, page: str) -> None:
    assert client.get(f"/bn/dialogues/{make_dialogue().slug}/{page}").status_code == 404
    assert client.get(f"/bn/dialogues/no-such/{page}").status_code == 404


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (State.ANNOUNCED, {"ask", "watch", "calendar.ics"}),
        (State.REHEARSAL, {"ask", "watch", "calendar.ics"}),
        (State.LIVE, {"ask", "watch"}),
        (State.ENDED, {"watch"}),
        (State.PUBLISHED, {"report"}),
        (State.CANCELLED, set()),
    ],
)
def test_the_state_decides_which_ways_on_are_offered(client: Client, state: State, offered: set[str]) -> None:
    dialogue = filled(state=state)
    page = client.get(f"/en/dialogues/{dialogue.slug}/").content.decode()
    ways = {"ask", "watch", "calendar.ics", "report"}
    found = {way for way in ways if f'href="/en/dialogues/{dialogue.slug}/{way}' in page}
    assert found == offered


def test_a_cancelled_one_says_why(client: Client) -> None:
    dialogue = filled(state=State.CANCELLED, cancel_reason_bn="ঘূর্ণিঝড়", cancel_reason_en="Cyclone")
    assert "Cyclone" in client.get(f"/en/dialogues/{dialogue.slug}/").content.decode()
    assert "ঘূর্ণিঝড়" in client.get(f"/bn/dialogues/{dialogue.slug}/").content.decode()


@pytest.mark.parametrize("parts", [1, 3])
def test_more_parts_need_no_more_queries(client: Client, django_assert_num_queries: Any, parts: int) -> None:
    dialogue = filled(parts)
    with django_assert_num_queries(5):
        client.get(f"/bn/dialogues/{dialogue.slug}/")


def event_of(client: Client, dialogue: Dialogue) -> Any:
    answer = client.get(f"/bn/dialogues/{dialogue.slug}/calendar.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).walk("VEVENT")[0]


def test_the_calendar_file_carries_both_languages_and_utc(client: Client) -> None:
    dialogue = filled(starts_at="2017-04-16T10:00:00+06:00", topic_bn="দুর্নীতিমুক্ত", topic_en="Corruption-free")
    event = event_of(client, dialogue)
    assert str(event["summary"]) == "দুর্নীতিমুক্ত / Corruption-free"
    assert event["dtstart"].to_ical() == b"20170416T040000Z"
    assert event["dtend"].to_ical() == b"20170416T042000Z"
    assert str(event["status"]) == "CONFIRMED"
    assert str(event["url"]).endswith(f"/bn/dialogues/{dialogue.slug}/")


def test_a_cancelled_event_keeps_its_name_and_is_struck_out(client: Client) -> None:
    dialogue = filled()
    before = event_of(client, dialogue)
    fields = {"state": State.CANCELLED, "cancel_reason_en": "Cyclone", "revision": dialogue.revision + 1}
    Dialogue.objects.filter(pk=dialogue.pk).update(**fields)
    after = event_of(client, dialogue)
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert str(after["status"]) == "CANCELLED"
    assert "Cyclone" in str(after["description"])


def test_the_list_parts_the_coming_from_the_past(client: Client) -> None:
    make_dialogue(topic_en="Secret draft")
    live, coming = make_dialogue(state=State.LIVE), make_dialogue(state=State.ANNOUNCED)
    past = make_dialogue(state=State.PUBLISHED)
    page = client.get("/en/dialogues/").content.decode()
    order = (live.topic_en, 'id="coming"', coming.topic_en, 'id="past"', past.topic_en)
    places = [page.index(text) for text in order]
    assert places == sorted(places)
    assert "Secret draft" not in page
    assert f"/en/dialogues/{past.slug}/report/" in page


def test_the_past_comes_a_page_at_a_time(client: Client) -> None:
    for days in range(21):
        moment = clock.now() - timedelta(days=days + 1)
        make_dialogue(state=State.PUBLISHED, starts_at=moment, topic_en=f"Held {days} days ago")
    first, second = (client.get(f"/en/dialogues/?page={page}").content.decode() for page in (1, 2))
    assert "Held 0 days ago" in first
    assert "Held 20 days ago" not in first
    assert "Held 20 days ago" in second
    assert 'id="coming"' not in second
    assert client.get("/en/dialogues/?page=nonsense").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_a_longer_list_needs_no_more_queries(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    for _number in range(number):
        make_dialogue(state=State.PUBLISHED)
        make_dialogue(state=State.ANNOUNCED)
        make_dialogue(state=State.LIVE)
    with django_assert_num_queries(4):
        client.get("/en/dialogues/")
