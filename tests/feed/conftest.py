"""Files of these tests go to folders of their own, and whatever a test wrote must agree with the schema."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.feed.reading import check_public


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.PUBLIC_FOLDER = tmp_path / "public"
    settings.PRIVATE_FOLDER = tmp_path / "private"
    settings.RUN_FOLDER = tmp_path / "run"
    yield
    check_public(tmp_path / "public")
