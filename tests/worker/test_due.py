"""The worker goes on whatever one of its tasks does."""

import pytest
from django.core.management import call_command

from shonglap.worker import due

pytestmark = pytest.mark.django_db


def test_a_task_that_fails_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    left = [1, 1, 0]

    def fails() -> int:
        raise ValueError("broken")

    monkeypatch.setattr(due, "TASKS", (fails, lambda: left.pop(0) if left else 0))
    assert due.until_quiet() == 2
    assert left == []


def test_it_runs_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("run_worker", "--once")
    assert "moved" in capsys.readouterr().out
