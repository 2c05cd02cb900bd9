"""Of two composers one writes, and the other takes over when the first is silent."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from shonglap.base import clock
from shonglap.dialogues.models import Dialogue
from shonglap.feed import leases
from shonglap.feed.models import Lease
from tests.factories import make_dialogue
from tests.feed.scene import after


@pytest.fixture
def dialogue() -> Dialogue:
    return make_dialogue()


@pytest.mark.django_db
def test_the_first_has_it_and_keeps_it(dialogue: Dialogue) -> None:
    assert leases.take(dialogue, "one")
    assert not leases.take(dialogue, "two")
    assert leases.take(dialogue, "one")
    assert Lease.objects.get().holder == "one"


@pytest.mark.django_db
def test_it_lapses_some_seconds_after_the_next_tick_was_due(dialogue: Dialogue) -> None:
    leases.take(dialogue, "one")
    with after(2):
        due = clock.now()
    assert leases.keep(dialogue, "one", due)
    with after(5):
        assert not leases.take(dialogue, "two")
    with after(7):
        assert leases.take(dialogue, "two")
        assert not leases.keep(dialogue, "one", due)
        assert not leases.take(dialogue, "one")


@pytest.mark.django_db
def test_who_dies_while_composing_is_replaced_too(dialogue: Dialogue) -> None:
    leases.take(dialogue, "one")
    with after(8):
        assert not leases.take(dialogue, "two")
    with after(11):
        assert leases.take(dialogue, "two")


@pytest.mark.django_db
def test_who_ends_in_order_leaves_no_waiting_time(dialogue: Dialogue) -> None:
    other = make_dialogue()
    leases.take(dialogue, "one")
    leases.take(other, "two")
    leases.give_back("one")
    assert leases.take(dialogue, "three")
    assert not leases.take(other, "three")


@pytest.mark.django_db
def test_a_closed_feed_says_so_for_its_own_dialogue_only(dialogue: Dialogue) -> None:
    for one in (dialogue, make_dialogue()):
        leases.take(one, "one")
    leases.close(dialogue)
    assert list(Lease.objects.filter(closed=True).values_list("dialogue", flat=True)) == [dialogue.pk]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_reach_for_it_at_once_one_gets_it(dialogue: Dialogue) -> None:
    start = threading.Barrier(6)

    def reach(holder: str) -> bool:
        start.wait()
        try:
            return leases.take(dialogue, holder)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        got = list(pool.map(reach, "abcdef"))
    assert got.count(True) == 1
    assert Lease.objects.get().holder == "abcdef"[got.index(True)]
