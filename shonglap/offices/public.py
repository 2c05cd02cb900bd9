"""What the world sees of an office."""

from typing import Any

from shonglap.base.languages import both
from shonglap.offices.models import Office


def office_face(office: Office) -> dict[str, Any]:
    return {"id": office.code, "name": both(office, "name"), "place": both(office, "place")}
