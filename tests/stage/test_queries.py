"""Finding stages and seats is the permission check; the programme reads plain data in two queries."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from shonglap.base.errors import NotFound
from shonglap.stage import actions, queries
from shonglap.stage.models import Seat
from tests import factories as make
from tests.stage.helpers import opened

pytestmark = pytest.mark.django_db


def test_a_stage_is_found_by_its_host_only() -> None:
    scene = opened()
    slug = scene.dialogue.slug
    assert queries.stage_for_host(scene.host, slug) == scene.stage
    for stranger in (make.make_moderator(scene.dialogue), make.make_person(), AnonymousUser()):
        with pytest.raises(NotFound):
            queries.stage_for_host(stranger, slug)
        with pytest.raises(NotFound):
            queries.seat_for_host(stranger, slug, scene.first.identity)


def test_a_seat_is_found_by_its_host_under_its_own_dialogue() -> None:
    scene, other = opened(), opened()
    assert queries.seat_for_host(scene.host, scene.dialogue.slug, scene.first.identity) == scene.first
    with pytest.raises(NotFound):
        queries.seat_for_host(scene.host, other.dialogue.slug, scene.first.identity)
    with pytest.raises(NotFound):
        queries.seat_for_host(scene.host, scene.dialogue.slug, "site-nobody")


def test_a_seat_is_found_by_those_who_sit_there() -> None:
    scene = opened(1)
    site = scene.first.site
    guest = make.make_guest(scene.dialogue, person=make.make_person())
    actions.open_stage(scene.dialogue, by=scene.host)
    assert site is not None
    assert guest.person is not None
    assert queries.seat_for(make.make_posting(office=site.office).person, site.public_id) == scene.first
    assert queries.seat_for(guest.person, guest.public_id).guest == guest
    assert queries.seat_at(site) == scene.first
    for public_id in (site.public_id, "nothing"):
        with pytest.raises(NotFound):
            queries.seat_for(guest.person, public_id)


def test_the_programme_sees_what_is_on_air_in_its_language() -> None:
    scene = opened(2)
    make.make_guest(scene.dialogue, name_bn="", name_en="The Secretary", position_en="Coordination")
    actions.open_stage(scene.dialogue, by=scene.host)
    guest = Seat.objects.get(guest__isnull=False)
    item = make.make_agenda_item(scene.dialogue, title_en="Opening")
    actions.choose_language(scene.stage, by=scene.host, language="en")
    actions.begin_agenda_item(scene.stage, by=scene.host, agenda_item=item)
    actions.show_card(scene.stage, by=scene.host, card_id="a", text="When?", author="Rina")
    for seat in (guest, scene.first):
        actions.bring_on_air(seat, by=scene.host)
    actions.name_speaker(scene.first, by=scene.host, speaker_en="Rahima", position_en="Secretary")
    Seat.objects.filter(pk=scene.first.pk).update(muted=True)
    view = queries.programme_view(scene.dialogue.pk)
    assert [(one.name, one.position, one.place, one.muted) for one in view.on_air] == [
        ("The Secretary", "Coordination", "", False),
        ("Rahima", "Secretary", "Rangpur", True),
    ]
    assert (view.slug, view.dialogue_state, view.language) == (scene.dialogue.slug, "live", "en")
    assert (view.agenda_title, view.card_text, view.card_from) == ("Opening", "When?", "Rina")
    assert view.topic == scene.dialogue.topic_en


def test_a_site_without_a_speaker_goes_by_its_office() -> None:
    scene = opened(1)
    actions.bring_on_air(scene.first, by=scene.host)
    assert scene.first.site is not None
    view = queries.programme_view(scene.dialogue.pk)
    assert view.on_air[0].name == scene.first.site.office.name_bn
    assert view.agenda_title == ""


@pytest.mark.parametrize("seats", [1, 3])
def test_the_view_takes_two_queries_however_many_are_on_air(
    seats: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scene = opened(seats)
    for seat in scene.seats:
        actions.bring_on_air(seat, by=scene.host)
    with django_assert_num_queries(2):
        assert len(queries.programme_view(scene.dialogue.pk).on_air) == seats


def test_no_stage_no_view() -> None:
    with pytest.raises(NotFound):
        queries.programme_view(make.make_dialogue().pk)
