"""Writing to the record: called by actions, inside their transaction."""

from typing import Any

from shonglap.base import clock
from shonglap.record.models import Entry


def write(
    act: str,
    subject: str,
    *,
    actor: str = "",
    dialogue: str = "",
    public: bool = True,
    **data: Any,
) -> Entry:
    """Append one entry. `data` must hold nothing that the public may not read, unless `public` is false."""
    return Entry.objects.create(
        at=clock.now(), act=act, subject=subject, dialogue=dialogue, public=public, actor=actor, data=data
    )
