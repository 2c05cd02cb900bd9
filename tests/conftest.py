"""What tests of every app share, and what is tidied away behind them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.environment import FOLDER

MANIFEST = Path(__file__).resolve().parents[1] / "frontend" / "dist" / "manifest.json"


@pytest.fixture
def own_database_url(tmp_path: Path) -> Iterator[str]:
    """An empty database for processes that a test starts, of the kind that this run is for."""
    with empty_database(tmp_path) as address:
        yield address


@pytest.fixture(scope="module")
def house_database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same for processes that all tests of a module share."""
    with empty_database(tmp_path_factory.mktemp("database")) as address:
        yield address


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    from tools.postgres import fresh_database

    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield f"sqlite://{folder / 'shonglap.sqlite3'}"
        return
    with fresh_database(address) as fresh:
        yield fresh


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not MANIFEST.exists():
        terminalreporter.write_line("The frontend is not built, so pages cannot be served: run script/setup.")


def pytest_unconfigure() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
