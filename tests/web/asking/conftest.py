"""A dialogue to ask in, files in folders of their own, and no address counted across tests."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from PIL import Image
from pytest_django.fixtures import Settings

from shonglap.dialogues.models import Dialogue, State
from shonglap.offices.models import Office
from shonglap.web.asking import drafts, limits
from tests.factories import make_dialogue, make_participation


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    settings.PUBLIC_FOLDER = tmp_path / "public"
    settings.PRIVATE_FOLDER = tmp_path / "private"
    limits._counted.clear()
    drafts._swept["at"] = 0.0


@pytest.fixture
def dialogue() -> Dialogue:
    return make_dialogue(state=State.LIVE, topic_en="Good practices")


@pytest.fixture
def office(dialogue: Dialogue) -> Office:
    return make_participation(dialogue).office


def address(name: str, *args: str) -> str:
    """In English, so that tests can read the page."""
    with override("en"):
        return reverse(name, args=args)


def picture(name: str = "road.jpg", colour: str = "red") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
