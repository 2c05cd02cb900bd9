"""Who took part, in numbers."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count

from shonglap.base.languages import pick
from shonglap.dialogues.models import Dialogue, Site
from shonglap.offices.models import Office
from shonglap.questions.models import Contribution, Kind
from shonglap.stage.models import Seat


@dataclass(frozen=True)
class Attendance:
    """Contributions are counted as they were received, declined ones too."""

    peak_viewers: int | None
    joined: list[Site]
    missed: list[Site]
    contributions: int
    people: int
    by_kind: list[tuple[str, int]]
    by_office: list[tuple[str, int]]

    @property
    def sites(self) -> int:
        return len(self.joined) + len(self.missed)


def attendance_of(dialogue: Dialogue) -> Attendance:
    seats = Seat.objects.filter(stage__dialogue=dialogue, ever_connected=True)
    connected = set(seats.values_list("site_id", flat=True))
    sites = list(dialogue.sites.select_related("office"))
    sent = Contribution.objects.filter(dialogue=dialogue)
    totals = sent.aggregate(contributions=Count("id"), people=Count("person", distinct=True))
    return Attendance(
        peak_viewers=peak_viewers(dialogue),
        joined=[site for site in sites if site.pk in connected],
        missed=[site for site in sites if site.pk not in connected],
        contributions=totals["contributions"],
        people=totals["people"],
        by_kind=by_kind(dialogue),
        by_office=by_office(dialogue),
    )


def by_kind(dialogue: Dialogue) -> list[tuple[str, int]]:
    sent = Contribution.objects.filter(dialogue=dialogue)
    counts = dict(sent.values_list("kind").annotate(number=Count("id")).order_by())
    return [(str(kind.label), counts[kind]) for kind in Kind if counts.get(kind)]


def by_office(dialogue: Dialogue) -> list[tuple[str, int]]:
    """Which offices were addressed, the most addressed first; what went to no office is left out."""
    sent = Contribution.objects.filter(dialogue=dialogue, office__isnull=False)
    rows = sent.values_list("office").annotate(number=Count("id")).order_by("-number", "office")
    offices = Office.objects.in_bulk([key for key, _number in rows])
    return [(pick(offices[key], "name"), number) for key, number in rows]


def peak_viewers(dialogue: Dialogue) -> int | None:
    """As the feed counted them and left it beside the chapters; None where nobody was counted."""
    path = settings.PUBLIC_FOLDER / dialogue.slug / "chapters" / "attendance.json"
    try:
        number = json.loads(path.read_text(encoding="utf-8"))["peak_viewers"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return number if isinstance(number, int) and number > 0 else None
