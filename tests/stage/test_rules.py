"""Who runs the stage and who may sit down."""

import pytest
from django.contrib.auth.models import AnonymousUser

from shonglap.stage import rules
from shonglap.stage.models import Scene, Seat
from tests import factories as make
from tests.stage.helpers import opened

pytestmark = pytest.mark.django_db


def test_can_run_stage_says_no_to_all_but_hosts_and_administrators() -> None:
    scene = opened()
    assert rules.can_run_stage(scene.host, scene.stage) is True
    assert rules.can_run_stage(make.make_admin(), scene.stage) is True
    assert rules.can_run_stage(make.make_moderator(scene.dialogue), scene.stage) is False
    assert rules.can_run_stage(make.make_person(), scene.stage) is False
    assert rules.can_run_stage(AnonymousUser(), scene.stage) is False


def test_can_join_seat_says_no_to_strangers_and_to_those_sent_out() -> None:
    dialogue = make.make_dialogue(state="live")
    site = make.make_site(dialogue)
    colleague = make.make_posting(office=site.office).person
    seat = make.make_stage(dialogue).seats.get()
    assert rules.can_join_seat(colleague, seat) is True
    assert rules.can_join_seat(make.make_posting().person, seat) is False
    assert rules.can_join_seat(AnonymousUser(), seat) is False
    seat.removed = True
    assert rules.can_join_seat(colleague, seat) is False


def test_can_open_seat_says_no_to_others_than_the_guest_and_the_hosts() -> None:
    dialogue = make.make_dialogue(state="live")
    guest = make.make_guest(dialogue, person=make.make_person())
    seat = Seat.objects.get(stage=make.make_stage(dialogue))
    assert guest.person is not None
    assert rules.can_open_seat(guest.person, seat) is True
    assert rules.can_open_seat(make.make_host(dialogue), seat) is True
    assert rules.can_open_seat(make.make_person(), seat) is False
    assert rules.can_open_seat(AnonymousUser(), seat) is False


def test_a_guest_without_an_account_is_nobody_in_particular() -> None:
    dialogue = make.make_dialogue(state="live")
    make.make_guest(dialogue, person=None)
    seat = Seat.objects.get(stage=make.make_stage(dialogue))
    assert rules.can_open_seat(AnonymousUser(), seat) is False


def test_every_scene_says_how_many_it_shows() -> None:
    assert set(rules.TILES) == set(Scene)
    assert max(rules.TILES.values()) == rules.MOST_ON_AIR
