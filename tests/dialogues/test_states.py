"""The way from draft to published: each step once, by a host, with what it needs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from shonglap.base import clock
from shonglap.base.errors import NotAllowed, NotFound, Refused
from shonglap.dialogues import actions, rules
from shonglap.dialogues.models import Dialogue, State
from shonglap.record.models import Entry
from tests.factories import (
    make_agenda_item,
    make_dialogue,
    make_host,
    make_moderator,
    make_participation,
    make_posting,
)

STEPS: dict[State, Callable[..., None]] = {
    State.ANNOUNCED: actions.announce,
    State.REHEARSAL: actions.begin_rehearsal,
    State.LIVE: actions.go_live,
    State.ENDED: actions.end,
    State.PUBLISHED: actions.publish,
    State.CANCELLED: actions.cancel,
}
REASON = {"reason_bn": "ঘূর্ণিঝড়", "reason_en": "Cyclone"}


def ready(**fields: Any) -> Dialogue:
    dialogue = make_dialogue(**fields)
    make_participation(dialogue)
    make_agenda_item(dialogue)
    return dialogue


def step(dialogue: Dialogue, to: State, **facts: Any) -> None:
    more = REASON if to == State.CANCELLED else {}
    STEPS[to](dialogue, **(more | facts))


@pytest.mark.django_db
@pytest.mark.parametrize("to", STEPS)
@pytest.mark.parametrize("state", State)
def test_only_steps_of_the_table_are_taken(state: State, to: State) -> None:
    dialogue = ready(state=state)
    host = make_host(dialogue)
    if to in rules.ALLOWED[state]:
        step(dialogue, to, by=host)
        assert dialogue.state == to
        assert dialogue.revision == 2
        assert Entry.objects.get().data["state"] == to
        return
    with pytest.raises(Refused, match="wrong_state"):
        step(dialogue, to, by=host)
    dialogue.refresh_from_db()
    assert (dialogue.state, dialogue.revision) == (state, 1)
    assert not Entry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("to", STEPS)
def test_only_hosts_take_steps(to: State) -> None:
    before = next(state for state in State if to in rules.ALLOWED[state])
    dialogue = ready(state=before)
    for stranger in (make_moderator(dialogue), make_posting().person):
        with pytest.raises(NotAllowed):
            step(dialogue, to, by=stranger)
    dialogue.refresh_from_db()
    assert dialogue.state == before


@pytest.mark.django_db
def test_the_moments_are_kept() -> None:
    dialogue = ready(state="rehearsal")
    host = make_host(dialogue)
    actions.go_live(dialogue, by=host)
    assert dialogue.went_live_at is not None
    with clock.shifted(timedelta(hours=1)):
        actions.end(dialogue, by=host)
        assert dialogue.ended_at is not None
        assert dialogue.ended_at - dialogue.went_live_at >= timedelta(hours=1)
        actions.publish(dialogue, by=host)
    assert dialogue.published_at is not None


@pytest.mark.django_db
def test_announcing_makes_the_record_public() -> None:
    dialogue = ready()
    host = make_host(dialogue)
    actions.change_plan(dialogue, by=host, topic_en="A new topic")
    actions.announce(dialogue, by=host)
    plan, announcement = Entry.objects.all()
    assert (plan.public, announcement.public) == (False, True)
    assert announcement.data["topic"]["en"] == "A new topic"
    assert announcement.actor == host.public_id
    assert host.email not in str(announcement.data)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("missing", "code", "field"),
    [
        ("topic", "no_topic", "topic_bn"),
        ("time", "time_passed", "starts_at"),
        ("offices", "no_offices", "offices"),
        ("agenda", "no_agenda", "agenda"),
    ],
)
def test_what_is_missing_is_named(missing: str, code: str, field: str) -> None:
    dialogue = make_dialogue()
    if missing != "offices":
        make_participation(dialogue)
    if missing != "agenda":
        make_agenda_item(dialogue)
    if missing == "topic":
        Dialogue.objects.update(topic_bn="", topic_en="")
    if missing == "time":
        Dialogue.objects.update(starts_at=clock.now() - timedelta(days=2))
    dialogue.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        actions.announce(dialogue, by=make_host(dialogue))
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert [one.code for one in actions.missing(dialogue)] == [code]
    dialogue.refresh_from_db()
    assert dialogue.state == State.DRAFT


@pytest.mark.django_db
def test_calling_off_needs_a_reason_in_one_language() -> None:
    dialogue = ready(state="announced")
    host = make_host(dialogue)
    with pytest.raises(Refused) as refusal:
        actions.cancel(dialogue, by=host, reason_bn=" ", reason_en="")
    assert (refusal.value.code, refusal.value.field) == ("missing", "reason_bn")
    actions.cancel(dialogue, by=host, reason_bn="", reason_en="Cyclone")
    assert Entry.objects.get().data["reason"] == {"bn": "Cyclone", "en": "Cyclone"}


@pytest.mark.django_db
def test_an_old_copy_is_brought_up_to_date_by_the_refusal_only_in_words() -> None:
    dialogue = ready(state="rehearsal")
    host = make_host(dialogue)
    old = Dialogue.objects.get(pk=dialogue.pk)
    actions.go_live(dialogue, by=host)
    with pytest.raises(Refused) as refusal:
        actions.go_live(old, by=host)
    assert str(State.LIVE.label) in str(refusal.value.message)


@pytest.mark.django_db
def test_a_dialogue_that_is_gone_is_not_found() -> None:
    dialogue = ready()
    host = make_host(dialogue)
    copy = Dialogue.objects.get(pk=dialogue.pk)
    dialogue.delete()
    with pytest.raises(NotFound):
        actions.announce(copy, by=host)


@pytest.mark.django_db(transaction=True)
def test_of_two_hosts_who_press_at_once_one_is_told() -> None:
    dialogue = ready(state="rehearsal")
    hosts = [make_host(dialogue), make_host(dialogue)]
    start = Barrier(2)

    def press(number: int) -> str:
        try:
            copy = Dialogue.objects.get(pk=dialogue.pk)
            start.wait(10)
            actions.go_live(copy, by=hosts[number])
            return "live"
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(press, range(2)))
    assert outcomes == ["live", "wrong_state"]
    assert Entry.objects.filter(act="dialogues.go_live").count() == 1
    dialogue.refresh_from_db()
    assert (dialogue.state, dialogue.revision) == (State.LIVE, 2)


@pytest.mark.django_db(transaction=True)
def test_of_changes_at_once_none_is_lost_from_the_revision() -> None:
    dialogue = ready()
    host = make_host(dialogue)

    def add(number: int) -> None:
        try:
            copy = Dialogue.objects.get(pk=dialogue.pk)
            actions.add_guest(copy, by=host, role="speaker", name_en=f"Guest {number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(8)))
    dialogue.refresh_from_db()
    assert dialogue.revision == 9
    assert sorted(dialogue.guests.values_list("position", flat=True)) == list(range(1, 9))
