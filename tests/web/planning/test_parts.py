"""The parts of a plan, each a small form with an address of its own."""

from typing import Any

import pytest
from django.test import Client

from shonglap.accounts.models import Person
from shonglap.dialogues.models import AgendaItem, Dialogue, State, TeamMember
from shonglap.stage.models import Seat
from tests.factories import (
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
    make_stage,
    make_team_member,
)

pytestmark = pytest.mark.django_db


class Desk:
    """A host at the plan of one dialogue."""

    def __init__(self, client: Client, **fields: Any) -> None:
        self.client = client
        self.dialogue: Dialogue = make_dialogue(**fields)
        self.host = make_host(self.dialogue)
        self.sit(self.host)

    def sit(self, person: Person) -> None:
        self.client.force_login(person)

    def post(self, address: str, **data: Any) -> Any:
        return self.client.post(f"/en/plan/{self.dialogue.slug}/{address}", data)


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def refused(answer: Any, *texts: str) -> None:
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "There is a problem" in page
    for text in texts:
        assert text in page


def test_offices_are_added_and_removed(desk: Desk) -> None:
    first, second = make_office(), make_office()
    for office in (first, second, first):
        answer = desk.post("offices/", **{"office-office": office.code})
        assert answer.headers["Location"].endswith("#offices")
    assert [part.office for part in desk.dialogue.participations.all()] == [first, second]
    desk.post(f"offices/{first.code}/remove/")
    assert [part.office for part in desk.dialogue.participations.all()] == [second]
    assert desk.post(f"offices/{first.code}/remove/").status_code == 404


def test_an_office_that_nobody_knows_comes_back_as_typed(desk: Desk) -> None:
    refused(
        desk.post("offices/", **{"office-office": "Ministry of Magic"}), "Ministry of Magic", "No office fits"
    )


def test_guests_are_added_and_removed(desk: Desk) -> None:
    fields = {"guest-role": "chief_guest", "guest-name_en": "A. Guest", "guest-position_en": "Secretary"}
    assert desk.post("guests/", **fields).headers["Location"].endswith("#guests")
    guest = desk.dialogue.guests.get()
    assert (guest.role, guest.name_en, guest.position_en) == ("chief_guest", "A. Guest", "Secretary")
    desk.post(f"guests/{guest.public_id}/remove/")
    assert not desk.dialogue.guests.exists()


def test_a_guest_without_a_name_comes_back_as_typed(desk: Desk) -> None:
    fields = {"guest-role": "speaker", "guest-position_en": "Director of Everything"}
    refused(desk.post("guests/", **fields), "Director of Everything", "Fill this in.")


def test_a_site_takes_place_and_contact_from_its_office(desk: Desk) -> None:
    head = make_posting(is_head=True, office=make_office(place_en="Rangpur"))
    assert desk.post("sites/", **{"site-office": head.office.code}).headers["Location"].endswith("#sites")
    site = desk.dialogue.sites.get()
    assert (site.place_en, site.contact) == ("Rangpur", head)
    refused(desk.post("sites/", **{"site-office": head.office.code}), "already has a site")
    desk.post(f"sites/{site.public_id}/remove/")
    assert not desk.dialogue.sites.exists()


def test_a_site_changes_its_place_and_contact(desk: Desk) -> None:
    site = make_site(desk.dialogue)
    deputy = make_posting(office=site.office)
    address = f"/en/plan/{desk.dialogue.slug}/sites/{site.public_id}/"
    assert deputy.public_id in desk.client.get(address).content.decode()
    data = {"place_bn": "", "place_en": "Kurigram", "contact": deputy.public_id}
    assert desk.client.post(address, data).status_code == 302
    site.refresh_from_db()
    assert (site.place_bn, site.place_en, site.contact) == ("", "Kurigram", deputy)
    refused(desk.client.post(address, {**data, "contact": make_posting().public_id}), "Kurigram")
    refused(desk.client.post(address, {**data, "place_en": ""}), "Fill this in.")


def test_who_joins_the_plan_in_rehearsal_gets_a_seat(client: Client) -> None:
    desk = Desk(client, state=State.REHEARSAL)
    make_stage(desk.dialogue)
    desk.post("sites/", **{"site-office": make_office().code})
    desk.post("guests/", **{"guest-role": "speaker", "guest-name_en": "Late Guest"})
    assert Seat.objects.filter(site__isnull=False).count() == 1
    assert Seat.objects.filter(guest__isnull=False).count() == 1


def item_fields(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "practice",
        "title_bn": "",
        "title_en": "CCTV on 65 km",
        "minutes": "15",
        "office": "",
        **changes,
    }


def test_agenda_items_are_added_changed_moved_and_removed(desk: Desk) -> None:
    office = make_participation(desk.dialogue).office
    first = make_agenda_item(desk.dialogue)
    fields = {f"item-{name}": value for name, value in item_fields(office=office.code).items()}
    assert desk.post("agenda/", **fields).headers["Location"].endswith("#agenda")
    second = desk.dialogue.agenda.exclude(pk=first.pk).get()
    assert (second.title_en, second.minutes, second.office) == ("CCTV on 65 km", 15, office)
    desk.post(f"agenda/{second.public_id}/move/", way="up")
    assert list(desk.dialogue.agenda.all()) == [second, first]
    desk.post(f"agenda/{second.public_id}/move/", way="down")
    assert list(desk.dialogue.agenda.all()) == [first, second]
    address = f"/en/plan/{desk.dialogue.slug}/agenda/{second.public_id}/"
    assert "CCTV on 65 km" in desk.client.get(address).content.decode()
    assert desk.client.post(address, item_fields(minutes="20")).status_code == 302
    second.refresh_from_db()
    assert (second.minutes, second.office) == (20, None)
    desk.post(f"agenda/{second.public_id}/remove/")
    assert list(desk.dialogue.agenda.all()) == [first]


def test_an_item_keeps_an_office_that_no_longer_takes_part(desk: Desk) -> None:
    item = make_agenda_item(desk.dialogue, office=make_office())
    address = f"/en/plan/{desk.dialogue.slug}/agenda/{item.public_id}/"
    assert item.office is not None
    assert f'value="{item.office.code}" selected' in desk.client.get(address).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"minutes": "many"}, "from 1 to 600"),
        ({"minutes": "0"}, "from 1 to 600"),
        ({"minutes": ""}, "from 1 to 600"),
        ({"title_en": ""}, "Fill this in."),
        ({"title_en": "z" * 161}, "This is too long"),
    ],
)
def test_bad_items_come_back_as_typed(desk: Desk, changes: dict[str, Any], said: str) -> None:
    fields = item_fields(**changes)
    refused(
        desk.post("agenda/", **{f"item-{name}": value for name, value in fields.items()}),
        said,
        fields["title_en"],
    )
    item = make_agenda_item(desk.dialogue)
    refused(desk.post(f"agenda/{item.public_id}/", **fields), said, fields["title_en"])
    assert AgendaItem.objects.count() == 1


def test_the_team_grows_and_shrinks_by_address(desk: Desk) -> None:
    person = make_person(email="moderator@example.com")
    fields = {"member-email": "Moderator@example.com", "member-role": "moderator"}
    assert desk.post("team/", **fields).headers["Location"].endswith("#team")
    member = TeamMember.objects.get(person=person)
    assert member.role == TeamMember.Role.MODERATOR
    assert desk.post(f"team/{member.pk}/remove/").headers["Location"].endswith("#team")
    assert not TeamMember.objects.filter(person=person).exists()


def test_a_member_needs_an_account(desk: Desk) -> None:
    fields = {"member-email": "nobody@example.com", "member-role": "host"}
    refused(desk.post("team/", **fields), "nobody@example.com", "Nobody has an account")
    refused(desk.post("team/", **{**fields, "member-email": "not an address"}), "Enter an e-mail address")


def test_the_last_host_stays_and_another_may_go(desk: Desk) -> None:
    own = TeamMember.objects.get(person=desk.host)
    assert desk.post(f"team/{own.pk}/remove/").status_code == 409
    make_team_member(desk.dialogue)
    assert desk.post(f"team/{own.pk}/remove/").headers["Location"] == "/en/plan/"


def addresses(dialogue: Dialogue) -> list[str]:
    site, guest, item = make_site(dialogue), make_guest(dialogue), make_agenda_item(dialogue)
    part = make_participation(dialogue)
    member = make_team_member(dialogue)
    return [
        "offices/", f"offices/{part.office.code}/remove/", "guests/", f"guests/{guest.public_id}/remove/",
        "sites/", f"sites/{site.public_id}/", f"sites/{site.public_id}/remove/", "agenda/",
        f"agenda/{item.public_id}/", f"agenda/{item.public_id}/move/", f"agenda/{item.public_id}/remove/",
        "team/", f"team/{member.pk}/remove/", "announce/", "rehearsal/", "cancel/", "basics/",
    ]  # fmt: skip


def test_nobody_else_reaches_any_part(desk: Desk) -> None:
    for person in (make_person(), make_moderator(desk.dialogue), make_host(make_dialogue())):
        desk.sit(person)
        for address in addresses(desk.dialogue):
            assert desk.post(address).status_code == 404, address


def test_parts_of_other_plans_are_not_found(desk: Desk) -> None:
    other = make_dialogue()
    for address in addresses(other):
        if address.count("/") > 1:
            assert desk.post(address).status_code == 404, address


def filled(desk: Desk) -> dict[str, dict[str, Any]]:
    """What each adding form takes."""
    return {
        "offices/": {"office-office": make_office().code},
        "guests/": {"guest-role": "speaker", "guest-name_en": "Guest"},
        "sites/": {"site-office": make_office().code},
        "agenda/": {f"item-{name}": value for name, value in item_fields().items()},
    }


def test_once_live_no_part_changes(client: Client) -> None:
    desk = Desk(client, state=State.LIVE)
    for address, fields in filled(desk).items():
        assert desk.post(address, **fields).status_code == 409, address
    for address in addresses(desk.dialogue):
        if "/remove/" in address and "team" not in address:
            assert desk.post(address).status_code == 409, address
