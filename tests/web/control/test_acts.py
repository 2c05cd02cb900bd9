"""One press moves stage, questions and dialogue together, or none of them."""

import pytest

from shonglap.base.errors import NotAllowed, Refused
from shonglap.questions.models import Contribution
from shonglap.stage import actions
from shonglap.stage.models import Stage
from shonglap.web.control import acts
from tests import factories as make
from tests.web.control.helpers import control_room

pytestmark = pytest.mark.django_db


def test_going_live_opens_the_stage() -> None:
    dialogue = make.make_dialogue(state="rehearsal")
    make.make_site(dialogue)
    stage = acts.start(dialogue, by=make.make_host(dialogue))
    assert dialogue.state == "live"
    assert stage.seats.count() == 1


def test_the_end_finishes_the_answer_and_clears_the_stage() -> None:
    room = control_room()
    question = make.make_contribution(room.dialogue)
    actions.bring_on_air(room.seat, by=room.host)
    acts.answering_now(question, by=room.host, office=room.dialogue.host_office)
    acts.end(room.dialogue, by=room.host)
    stage = Stage.objects.get()
    assert room.dialogue.state == "ended"
    assert (stage.scene, stage.card_id, room.seat.on_air_order) == ("slate", "", None)
    assert Contribution.objects.get().status == "answered_on_air"


def test_nothing_ends_half() -> None:
    room = control_room(state="rehearsal")
    actions.bring_on_air(room.seat, by=room.host)
    with pytest.raises(Refused, match="wrong_state"):
        acts.end(room.dialogue, by=room.host)
    assert room.seat.on_air_order == 1


def test_only_what_is_public_goes_on_screen() -> None:
    room = control_room()
    for status in ("waiting", "declined", "merged"):
        question = make.make_contribution(room.dialogue, status=status)
        with pytest.raises(Refused, match="not_public"):
            acts.put_on_screen(question, by=room.host)
    assert Stage.objects.get().card_id == ""


def test_a_question_declined_meanwhile_does_not_go_on_screen() -> None:
    room = control_room()
    stale = make.make_contribution(room.dialogue)
    Contribution.objects.update(status="declined")
    with pytest.raises(Refused, match="not_public"):
        acts.put_on_screen(stale, by=room.host)


def test_moderators_decide_what_is_public_not_what_is_on_air() -> None:
    room = control_room()
    moderator = make.make_moderator(room.dialogue)
    question = make.make_contribution(room.dialogue)
    with pytest.raises(NotAllowed):
        acts.put_on_screen(question, by=moderator)
    with pytest.raises(NotAllowed):
        acts.answering_now(question, by=moderator, office=room.dialogue.host_office)
    with pytest.raises(NotAllowed):
        acts.answered(question, by=moderator)
    assert Contribution.objects.get().status == "open"


def test_answering_another_question_shows_that_one() -> None:
    room = control_room()
    first, second = make.make_contribution(room.dialogue), make.make_contribution(room.dialogue)
    for question in (first, second):
        acts.answering_now(question, by=room.host, office=room.dialogue.host_office)
    assert Stage.objects.get().card_id == second.public_id
    assert Contribution.objects.get(pk=first.pk).status == "answered_on_air"


def test_finishing_an_answer_leaves_another_card_on_screen() -> None:
    room = control_room()
    first, second = make.make_contribution(room.dialogue), make.make_contribution(room.dialogue)
    acts.answering_now(first, by=room.host, office=room.dialogue.host_office)
    acts.put_on_screen(second, by=room.host)
    acts.answered(first, by=room.host)
    assert Stage.objects.get().card_id == second.public_id


def test_a_report_waits_for_every_outcome() -> None:
    room = control_room(state="ended")
    make.make_contribution(room.dialogue)
    with pytest.raises(Refused, match="without_outcome"):
        acts.publish(room.dialogue, by=room.host)
    Contribution.objects.update(status="promised")
    acts.publish(room.dialogue, by=room.host)
    assert room.dialogue.state == "published"
