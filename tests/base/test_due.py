"""Due rows: each is done once, and one that fails holds up no other."""

from datetime import timedelta
from typing import Any

import pytest

from shonglap.base import clock
from shonglap.base.due import each_due
from shonglap.notices.models import Delivery, Notice

pytestmark = pytest.mark.django_db

ROWS = Delivery.objects.filter(state=Delivery.State.DUE)


def make_row(**fields: Any) -> Delivery:
    return Delivery.objects.create(notice=Notice.objects.create(kind="test"), channel="email", **fields)


def sent(row: Delivery) -> None:
    Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.SENT)


def test_what_is_due_is_done_once() -> None:
    row, later = make_row(), make_row(try_at=clock.now() + timedelta(hours=1))
    assert each_due(ROWS, sent, field="try_at") == 1
    assert each_due(ROWS, sent, field="try_at") == 0
    assert [one.state for one in Delivery.objects.order_by("id")] == ["sent", "due"]
    with clock.shifted(timedelta(hours=2)):
        assert each_due(ROWS, sent, field="try_at") == 1
    assert (row.pk < later.pk, ROWS.count()) == (True, 0)


def test_who_comes_second_leaves_it_alone() -> None:
    row = make_row()
    seen: list[int] = []

    def meanwhile_another(found: Delivery) -> None:
        seen.append(found.pk)
        assert each_due(ROWS, sent, field="try_at") == 0  # its claim is a moment ahead by now
        sent(found)

    assert each_due(ROWS, meanwhile_another, field="try_at") == 1
    assert seen == [row.pk]


def test_one_that_fails_holds_up_no_other_and_comes_again() -> None:
    broken, fine = make_row(), make_row()

    def act(row: Delivery) -> None:
        Notice.objects.filter(pk=row.notice_id).update(kind="half done")
        if row.pk == broken.pk:
            raise ValueError("broken")
        sent(row)

    assert each_due(ROWS, act, field="try_at") == 1
    assert Notice.objects.get(pk=broken.notice_id).kind == "test", "what it did half is undone"
    assert each_due(ROWS, act, field="try_at") == 0, "not at once"
    with clock.shifted(timedelta(minutes=11)):
        assert each_due(ROWS, sent, field="try_at") == 1
    assert fine.pk != broken.pk
