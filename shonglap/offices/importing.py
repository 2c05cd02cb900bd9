"""Reading offices from CSV: every fault is named by line and column, and nothing is half imported."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from shonglap.accounts.models import Person


@dataclass
class ImportReport:
    """`errors` holds (line, column, reason); where there are any, nothing was changed."""

    errors: list[tuple[int, str, str]] = field(default_factory=list)
    created: int = 0
    updated: int = 0


def import_offices(lines: Iterable[str], *, by: Person | None) -> ImportReport:
    raise NotImplementedError
