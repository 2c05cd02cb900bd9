"""Later work is a row whose moment comes: whoever claims it by a conditional update does it, once."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db import models, transaction

from shonglap.base import clock

log = logging.getLogger(__name__)

Row = TypeVar("Row", bound=models.Model)
AGAIN = timedelta(minutes=10)  # after a fault; a row that fails holds up no other
AT_ONE_GO = 200


def each_due(rows: "models.QuerySet[Row]", act: Callable[[Row], Any], *, field: str = "clock_at") -> int:
    """Let `act` have every row whose `field` has passed; how many were done without a fault.

    Two workers may call this at once. `act` runs in a transaction of its own and must give the row its next
    moment, or None: a row that keeps its claim comes again after ten minutes.
    """
    due = rows.filter(**{f"{field}__lte": clock.now()}).order_by(field, "pk").values_list("pk", field)
    return sum(_claimed_and_done(rows, act, field, key, seen) for key, seen in due[:AT_ONE_GO])


def _claimed_and_done(
    rows: "models.QuerySet[Row]", act: Callable[[Row], Any], field: str, key: Any, seen: Any
) -> bool:
    claimed = rows.model._default_manager.filter(pk=key, **{field: seen})
    if claimed.update(**{field: clock.now() + AGAIN}) != 1:
        return False  # another worker was here first
    try:
        with transaction.atomic():
            row = rows.filter(pk=key).first()  # it may have left the set a moment ago
            if row is not None:
                act(row)
    except Exception:
        log.exception("%s %s failed and is tried again", rows.model.__name__, key)
        return False
    return True
