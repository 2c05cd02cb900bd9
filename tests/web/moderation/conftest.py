"""Files of these tests go to folders of their own."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    settings.PUBLIC_FOLDER = tmp_path / "public"
    settings.PRIVATE_FOLDER = tmp_path / "private"
