"""Opening the stage gives everybody of the plan a seat, once."""

import pytest

from shonglap.base.errors import NotAllowed, NotFound, Refused
from shonglap.stage import actions, queries
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_every_site_and_guest_has_a_seat_in_the_order_of_the_plan() -> None:
    dialogue = make.make_dialogue(state="rehearsal")
    guest = make.make_guest(dialogue, position=1)
    second, first = make.make_site(dialogue, position=2), make.make_site(dialogue, position=1)
    stage = actions.open_stage(dialogue, by=make.make_host(dialogue))
    assert [seat.identity for seat in queries.seats_of(stage)] == [
        f"site-{first.public_id}",
        f"site-{second.public_id}",
        f"guest-{guest.public_id}",
    ]


def test_opening_again_only_adds_the_seats_that_are_missing() -> None:
    dialogue = make.make_dialogue(state="rehearsal")
    host = make.make_host(dialogue)
    make.make_site(dialogue)
    stage = actions.open_stage(dialogue, by=host)
    make.make_site(dialogue)
    again = actions.open_stage(dialogue, by=host)
    assert again == stage
    assert queries.seats_of(stage).count() == 2
    assert queries.stage_of(dialogue).revision == 3
    actions.open_stage(dialogue, by=host)
    assert queries.stage_of(dialogue).revision == 3


def test_a_seat_knows_the_position_of_its_contact() -> None:
    dialogue = make.make_dialogue(state="live")
    make.make_site(dialogue, contact=make.make_posting(position_en="Deputy Commissioner"))
    stage = actions.open_stage(dialogue, by=make.make_host(dialogue))
    assert queries.seats_of(stage).get().position_en == "Deputy Commissioner"


def test_only_a_host_opens_and_only_in_its_time() -> None:
    dialogue = make.make_dialogue(state="announced")
    with pytest.raises(NotAllowed):
        actions.open_stage(dialogue, by=make.make_moderator(dialogue))
    with pytest.raises(Refused, match="wrong_state"):
        actions.open_stage(dialogue, by=make.make_host(dialogue))
    with pytest.raises(NotFound):
        queries.stage_of(dialogue)
    assert queries.has_stage(dialogue) is False
