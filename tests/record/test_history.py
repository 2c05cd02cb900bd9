"""What the public may read of a thing's past."""

import pytest

from shonglap.record.queries import history
from shonglap.record.write import write

pytestmark = pytest.mark.django_db


def test_history_is_public_and_in_order() -> None:
    write("cases.received", "abc")
    write("cases.looked_up", "abc", public=False)
    write("cases.solved", "abc")
    write("cases.received", "xyz")
    assert [entry.act for entry in history("abc")] == ["cases.received", "cases.solved"]
    assert [entry.act for entry in history("abc", {"cases.solved"})] == ["cases.solved"]
