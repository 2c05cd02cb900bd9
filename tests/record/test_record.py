"""The record grows and never changes."""

import pytest

from shonglap.record.models import Entry, Sealed
from shonglap.record.write import write

pytestmark = pytest.mark.django_db


def test_an_entry_holds_what_was_done() -> None:
    entry = write("dialogues.announce", "slug", actor="somebody", dialogue="slug", topic={"bn": "বিষয়"})
    stored = Entry.objects.get()
    assert (stored.act, stored.subject, stored.dialogue, stored.actor) == (
        "dialogues.announce", "slug", "slug", "somebody",
    )  # fmt: skip
    assert stored.data == {"topic": {"bn": "বিষয়"}}
    assert stored.public
    assert stored.at == entry.at


def test_entries_stand_in_the_order_in_which_they_came() -> None:
    for number in range(3):
        write("some.act", str(number), public=False)
    assert [entry.subject for entry in Entry.objects.all()] == ["0", "1", "2"]


def test_an_entry_is_never_changed() -> None:
    entry = write("some.act", "slug")
    entry.act = "another.act"
    with pytest.raises(Sealed):
        entry.save()
    with pytest.raises(Sealed):
        Entry.objects.get().save()
    with pytest.raises(Sealed):
        Entry.objects.filter(subject="slug").update(act="another.act")
    assert Entry.objects.get().act == "some.act"


def test_an_entry_is_never_deleted() -> None:
    entry = write("some.act", "slug")
    with pytest.raises(Sealed):
        entry.delete()
    with pytest.raises(Sealed):
        Entry.objects.all().delete()
    assert Entry.objects.count() == 1
