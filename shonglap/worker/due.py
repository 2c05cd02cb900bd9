"""What the worker does by itself. Each entry looks for rows that are due and returns how many it moved."""

import logging
from collections.abc import Callable

from django.db import close_old_connections

log = logging.getLogger(__name__)

TASKS: tuple[Callable[[], int], ...] = ()


def one_turn() -> int:
    """How many rows were moved. A task that fails holds up no other."""
    return sum(_moved(task) for task in TASKS)


def until_quiet(turns: int = 20) -> int:
    """Turn until nothing moves, at most `turns` times: for tests, simulated weeks and one-off runs."""
    moved = 0
    for _ in range(turns):
        now = one_turn()
        moved += now
        if now == 0:
            break
    return moved


def _moved(task: Callable[[], int]) -> int:
    try:
        return task()
    except Exception:
        log.exception("%s failed", getattr(task, "__module__", task))
        close_old_connections()
        return 0
