"""Who is on air, in which order, and that it survives whatever the line does."""

import pytest

from shonglap.base.errors import NotAllowed, NotFound, Refused
from shonglap.record.models import Entry
from shonglap.stage import actions, queries
from shonglap.stage.models import Seat, Stage
from tests import factories as make
from tests.stage.helpers import fresh, opened, revision, tell

pytestmark = pytest.mark.django_db


def order(stage: Stage) -> list[str]:
    return [seat.identity for seat in queries.seats_on_air(stage)]


def test_seats_stand_in_the_order_in_which_they_came_on_air() -> None:
    scene = opened(3)
    first, second, third = scene.seats
    for seat in (third, first, second):
        actions.bring_on_air(seat, by=scene.host)
    assert order(scene.stage) == [third.identity, first.identity, second.identity]
    actions.take_off_air(first, by=scene.host)
    actions.bring_on_air(first, by=scene.host)
    assert order(scene.stage) == [third.identity, second.identity, first.identity]


def test_twice_on_or_off_air_is_once() -> None:
    scene = opened()
    actions.bring_on_air(scene.first, by=scene.host)
    before = revision(scene)
    actions.bring_on_air(Seat.objects.get(pk=scene.first.pk), by=scene.host)
    assert revision(scene) == before
    actions.take_off_air(scene.first, by=scene.host)
    actions.take_off_air(scene.first, by=scene.host)
    assert revision(scene) == before + 1
    assert Entry.objects.filter(act="stage.bring_on_air").count() == 1
    assert Entry.objects.filter(act="stage.take_off_air").count() == 1


def test_a_stale_copy_of_a_seat_does_not_bring_it_on_air_twice() -> None:
    scene = opened()
    stale = fresh(scene.first)
    actions.bring_on_air(scene.first, by=scene.host)
    actions.bring_on_air(scene.seats[1], by=scene.host)
    actions.bring_on_air(stale, by=scene.host)
    assert stale.on_air_order == 1
    assert order(scene.stage) == [scene.first.identity, scene.seats[1].identity]


def test_on_air_is_kept_when_the_line_is_lost() -> None:
    scene = opened()
    tell(scene.first, "joined")
    actions.bring_on_air(scene.first, by=scene.host)
    tell(scene.first, "left")
    assert fresh(scene.first).on_air_order == 1
    assert fresh(scene.first).connected is False
    tell(scene.first, "joined", session="PA_2", began=2000)
    assert fresh(scene.first).on_air_order == 1
    assert fresh(scene.first).connected is True


def test_nine_are_on_air_and_the_tenth_is_told() -> None:
    scene = opened(10)
    for seat in scene.seats[:9]:
        actions.bring_on_air(seat, by=scene.host)
    with pytest.raises(Refused, match="stage_full"):
        actions.bring_on_air(scene.seats[9], by=scene.host)
    assert fresh(scene.seats[9]).on_air_order is None


def test_the_leading_seat_stands_first_and_the_others_keep_their_order() -> None:
    scene = opened(3)
    for seat in scene.seats:
        actions.bring_on_air(seat, by=scene.host)
    actions.lead(scene.seats[2], by=scene.host)
    assert order(scene.stage) == [scene.seats[n].identity for n in (2, 0, 1)]


def test_only_who_is_on_air_can_lead() -> None:
    scene = opened()
    with pytest.raises(Refused, match="not_on_air"):
        actions.lead(scene.first, by=scene.host)


def test_a_removed_seat_does_not_come_on_air() -> None:
    scene = opened()
    Seat.objects.update(removed=True)
    with pytest.raises(Refused, match="removed"):
        actions.bring_on_air(scene.first, by=scene.host)


def test_coming_on_air_takes_the_hand_down() -> None:
    scene = opened()
    actions.raise_hand(scene.first, by=scene.host, raised=True)
    actions.bring_on_air(scene.first, by=scene.host)
    assert fresh(scene.first).hand_raised_at is None


def test_the_record_names_the_place_and_nobody() -> None:
    scene = opened()
    actions.name_speaker(scene.first, by=scene.host, speaker_en="Secret Name")
    actions.bring_on_air(scene.first, by=scene.host)
    entry = Entry.objects.get(act="stage.bring_on_air")
    assert entry.public is True
    assert entry.data == {"place": {"bn": "রংপুর", "en": "Rangpur"}}
    assert entry.actor == scene.host.public_id


@pytest.mark.parametrize("act", [actions.bring_on_air, actions.take_off_air, actions.lead])
def test_only_hosts_and_only_while_the_stage_is_open(act: object) -> None:
    assert callable(act)
    scene = opened()
    with pytest.raises(NotAllowed):
        act(scene.first, by=make.make_moderator(scene.dialogue))
    ended = opened(state="ended")
    with pytest.raises(Refused, match="wrong_state"):
        act(ended.first, by=ended.host)


def test_a_stage_or_seat_that_is_gone_is_not_found() -> None:
    scene = opened()
    gone, stage = scene.first, scene.stage
    Seat.objects.filter(pk=gone.pk).delete()
    with pytest.raises(NotFound):
        actions.take_off_air(gone, by=scene.host)
    Stage.objects.all().delete()
    with pytest.raises(NotFound):
        actions.hide_card(stage, by=scene.host)
