"""Making and changing the plan, its parts and its team."""

from datetime import timedelta
from typing import Any

import pytest

from shonglap.base import clock
from shonglap.base.errors import NotAllowed, Refused
from shonglap.dialogues import actions
from shonglap.dialogues.actions import plan as plan_module
from shonglap.dialogues.models import AgendaItem, Dialogue, Guest, Site, State, TeamMember
from shonglap.record.models import Entry
from tests.factories import (
    make_agenda_item,
    make_dialogue,
    make_guest,
    make_host,
    make_moderator,
    make_office,
    make_person,
    make_posting,
    make_site,
    make_team_member,
)

pytestmark = pytest.mark.django_db


def facts(**more: Any) -> Any:
    return {
        "topic_bn": "দুর্নীতিমুক্ত বাংলাদেশ",
        "topic_en": "Corruption-free  Bangladesh",
        "host_office": make_office(),
        "starts_at": clock.now() + timedelta(days=3),
    } | more


def test_the_maker_of_a_draft_is_its_first_host() -> None:
    officer = make_posting().person
    dialogue = actions.create_dialogue(by=officer, **facts(languages="en, bn", purposes_en="One\n\n\n\nTwo"))
    assert (dialogue.state, dialogue.topic_en) == (State.DRAFT, "Corruption-free Bangladesh")
    assert dialogue.slug.startswith("corruption-free-bangladesh-20")
    assert (dialogue.languages, dialogue.purposes_en) == ("bn,en", "One\n\nTwo")
    assert TeamMember.objects.get().person == officer
    assert not Entry.objects.get().public


def test_addresses_of_dialogues_never_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = make_posting().person
    plan = facts()
    first, second = (actions.create_dialogue(by=officer, **plan) for _ in range(2))
    assert first.slug != second.slug
    monkeypatch.setattr(plan_module, "free_slug", lambda *_: first.slug)
    assert actions.create_dialogue(by=officer, **plan).slug.startswith(f"{first.slug}-")


def test_a_bangla_topic_has_an_address_too_and_a_wish_is_heard() -> None:
    officer = make_posting().person
    assert actions.create_dialogue(by=officer, **facts(topic_en="")).slug.startswith("dialogue-20")
    assert actions.create_dialogue(by=officer, slug="April 2017", **facts()).slug == "april-2017"


@pytest.mark.parametrize(
    ("fault", "code", "field"),
    [
        ({"topic_bn": " ", "topic_en": ""}, "missing", "topic_bn"),
        ({"starts_at": None}, "missing", "starts_at"),
        ({"host_office": None}, "missing", "host_office"),
        ({"topic_en": "x" * 201}, "too_long", "topic_en"),
        ({"languages": "fr"}, "unknown_language", "languages"),
        ({"languages": ","}, "unknown_language", "languages"),
    ],
)
def test_a_bad_plan_is_refused(fault: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.create_dialogue(by=make_posting().person, **facts(**fault))
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Dialogue.objects.exists()


def test_citizens_make_no_dialogues() -> None:
    with pytest.raises(NotAllowed):
        actions.create_dialogue(by=make_person(), **facts())


def test_some_facts_change_and_the_others_stay() -> None:
    dialogue = make_dialogue(state="announced", topic_bn="আগে")
    actions.change_plan(dialogue, by=make_host(dialogue), topic_en="Now", chair=make_posting())
    assert (dialogue.topic_bn, dialogue.topic_en, dialogue.revision) == ("আগে", "Now", 2)
    entry = Entry.objects.get()
    assert entry.public
    assert entry.data["changed"] == ["chair", "topic_en"]
    with pytest.raises(Refused, match="missing"):
        actions.change_plan(dialogue, by=make_host(dialogue), topic_en="", topic_bn="")


def test_exactly_these_offices_take_part_in_this_order() -> None:
    dialogue = make_dialogue()
    host, (one, two, three) = make_host(dialogue), (make_office() for _ in range(3))
    actions.set_offices(dialogue, by=host, offices=[one, two])
    actions.set_offices(dialogue, by=host, offices=[three, one, three])
    taking_part = dialogue.participations.order_by("position")
    assert [participation.office for participation in taking_part] == [three, one]
    actions.set_offices(dialogue, by=host, offices=[])
    assert not dialogue.participations.exists()


def test_once_announced_an_office_and_an_agenda_item_stay() -> None:
    dialogue = make_dialogue(state="announced")
    host, item = make_host(dialogue), make_agenda_item(dialogue)
    with pytest.raises(Refused, match="no_offices"):
        actions.set_offices(dialogue, by=host, offices=[])
    with pytest.raises(Refused, match="no_agenda"):
        actions.remove_agenda_item(item, by=host)
    make_agenda_item(dialogue)
    actions.remove_agenda_item(item, by=host)


def test_the_summary_is_written_after_the_end_and_each_published_version_is_kept() -> None:
    dialogue = make_dialogue(state="ended")
    host = make_host(dialogue)
    actions.write_summary(dialogue, by=host, summary_bn="খসড়া", summary_en="Draft")
    assert "summary" not in Entry.objects.get().data
    actions.publish(dialogue, by=host)
    actions.write_summary(dialogue, by=host, summary_bn="শেষ", summary_en="Final")
    assert dialogue.summary_en == "Final"
    last = Entry.objects.order_by("id").last()
    assert last is not None
    assert last.data["summary"] == {"bn": "শেষ", "en": "Final"}
    live = make_dialogue(state="live")
    with pytest.raises(Refused, match="wrong_state"):
        actions.write_summary(live, by=make_host(live), summary_bn="", summary_en="")


def test_a_site_takes_its_place_and_contact_from_the_office() -> None:
    dialogue = make_dialogue()
    host, head = make_host(dialogue), make_posting(is_head=True)
    site = actions.add_site(dialogue, by=host, office=head.office)
    assert (site.place_en, site.contact) == ("Dhaka", head)
    with pytest.raises(Refused, match="site_exists"):
        actions.add_site(dialogue, by=host, office=head.office)
    nameless = make_office(place_bn="", place_en="")
    other = actions.add_site(dialogue, by=host, office=nameless)
    assert (other.place_en, other.contact, other.position) == (nameless.name_en, None, site.position + 1)
    assert dialogue.revision == 3
    actions.remove_site(site, by=host)
    assert dialogue.sites.get() == other


def test_a_site_may_change_its_contact_within_the_office() -> None:
    dialogue = make_dialogue()
    host, site = make_host(dialogue), make_site(dialogue)
    colleague = make_posting(office=site.office)
    actions.change_site(site, by=host, place_bn="রংপুর", place_en="Rangpur", contact=colleague)
    assert Site.objects.get().contact == colleague
    with pytest.raises(Refused, match="other_office"):
        actions.change_site(site, by=host, place_bn="রংপুর", place_en="", contact=make_posting())
    with pytest.raises(Refused, match="missing"):
        actions.change_site(site, by=host, place_bn="", place_en="", contact=None)


def test_a_guest_is_announced_by_name_and_role() -> None:
    dialogue = make_dialogue()
    host = make_host(dialogue)
    guest = actions.add_guest(dialogue, by=host, role="chief_guest", name_en="Inspector General of Police")
    assert (guest.name_bn, guest.position) == ("", 1)
    with pytest.raises(Refused, match="missing"):
        actions.add_guest(dialogue, by=host, role="speaker")
    with pytest.raises(Refused, match="unknown_role"):
        actions.add_guest(dialogue, by=host, role="king", name_en="Somebody")
    actions.remove_guest(guest, by=host)
    assert not Guest.objects.exists()


def test_the_agenda_is_filled_changed_and_moved() -> None:
    dialogue = make_dialogue()
    host = make_host(dialogue)
    one, two, three = (
        actions.add_agenda_item(dialogue, by=host, kind="practice", title_en=title, minutes=5)
        for title in ("One", "Two", "Three")
    )
    actions.move_agenda_item(three, by=host, up=True)
    actions.move_agenda_item(one, by=host, up=False)
    assert [item.title_en for item in dialogue.agenda.all()] == ["Three", "One", "Two"]
    assert dialogue.revision == 6
    actions.move_agenda_item(two, by=host, up=False)
    dialogue.refresh_from_db()
    assert dialogue.revision == 6, "past the edge nothing moves"
    actions.change_agenda_item(one, by=host, title_bn="এক", minutes=7, office=dialogue.host_office)
    stored = AgendaItem.objects.get(pk=one.pk)
    assert (stored.title_bn, stored.title_en, stored.minutes) == ("এক", "One", 7)
    actions.remove_agenda_item(two, by=host)
    assert dialogue.agenda.count() == 2


@pytest.mark.parametrize(
    ("fault", "code", "field"),
    [
        ({"kind": "dance"}, "unknown_kind", "kind"),
        ({"title_en": " "}, "missing", "title_bn"),
        ({"minutes": 0}, "bad_minutes", "minutes"),
        ({"minutes": 601}, "bad_minutes", "minutes"),
    ],
)
def test_a_bad_agenda_item_is_refused(fault: dict[str, Any], code: str, field: str) -> None:
    dialogue = make_dialogue()
    item: Any = {"kind": "practice", "title_en": "Title", "minutes": 5} | fault
    with pytest.raises(Refused) as refusal:
        actions.add_agenda_item(dialogue, by=make_host(dialogue), **item)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not AgendaItem.objects.exists()


def test_the_team_grows_and_never_loses_its_last_host() -> None:
    dialogue = make_dialogue(state="live")
    first = make_team_member(dialogue)
    person = make_person()
    member = actions.add_team_member(dialogue, by=first.person, person=person, role="moderator")
    assert actions.add_team_member(dialogue, by=first.person, person=person, role="moderator") == member
    assert dialogue.revision == 2
    with pytest.raises(Refused, match="unknown_role"):
        actions.add_team_member(dialogue, by=first.person, person=person, role="king")
    with pytest.raises(Refused, match="last_host"):
        actions.remove_team_member(first, by=first.person)
    actions.remove_team_member(member, by=first.person)
    actions.add_team_member(dialogue, by=first.person, person=person, role="host")
    actions.remove_team_member(first, by=person)
    assert TeamMember.objects.get().person == person
    assert not Entry.objects.filter(public=True).exists()


def everything(dialogue: Dialogue, by: Any) -> list[Any]:
    site, guest, item = make_site(dialogue), make_guest(dialogue), make_agenda_item(dialogue)
    new_item: Any = {"kind": "practice", "title_en": "Title", "minutes": 5}
    return [
        lambda: actions.change_plan(dialogue, by=by, topic_en="Now"),
        lambda: actions.set_offices(dialogue, by=by, offices=[make_office()]),
        lambda: actions.add_site(dialogue, by=by, office=make_office()),
        lambda: actions.change_site(site, by=by, place_bn="ক", place_en="", contact=None),
        lambda: actions.remove_site(site, by=by),
        lambda: actions.add_guest(dialogue, by=by, role="speaker", name_en="Guest"),
        lambda: actions.remove_guest(guest, by=by),
        lambda: actions.add_agenda_item(dialogue, by=by, **new_item),
        lambda: actions.change_agenda_item(item, by=by, minutes=5),
        lambda: actions.move_agenda_item(item, by=by, up=True),
        lambda: actions.remove_agenda_item(item, by=by),
    ]


def test_nobody_but_hosts_changes_the_plan() -> None:
    dialogue = make_dialogue()
    for stranger in (make_moderator(dialogue), make_posting().person):
        for change in everything(dialogue, stranger):
            with pytest.raises(NotAllowed):
                change()
        with pytest.raises(NotAllowed):
            actions.add_team_member(dialogue, by=stranger, person=stranger, role="host")


@pytest.mark.parametrize("state", ["live", "ended", "published", "cancelled"])
def test_the_plan_stands_still_once_on_air(state: str) -> None:
    dialogue = make_dialogue(state=state)
    for change in everything(dialogue, make_host(dialogue)):
        with pytest.raises(Refused, match="wrong_state"):
            change()
    dialogue.refresh_from_db()
    assert dialogue.revision == 1


@pytest.mark.parametrize("state", ["published", "cancelled"])
def test_the_team_of_what_is_over_stays(state: str) -> None:
    dialogue = make_dialogue(state=state)
    host = make_host(dialogue)
    with pytest.raises(Refused, match="wrong_state"):
        actions.add_team_member(dialogue, by=host, person=make_person(), role="host")
