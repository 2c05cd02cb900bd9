"""Reading the stage. Fetching is the permission check, except for what the programme and the feed read."""

from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from shonglap.accounts.rules import Visitor
from shonglap.base import languages
from shonglap.base.errors import NotFound
from shonglap.dialogues.models import Dialogue, Site
from shonglap.dialogues.queries import dialogue_for_host
from shonglap.stage import rules
from shonglap.stage.models import AgendaMark, RecordingPart, Seat, Stage
from shonglap.stage.programme.view import OnAir, ProgrammeView

SEAT_PARTS = ("site__office", "site__contact", "guest", "stage__dialogue")


def stage_of(dialogue: Dialogue) -> Stage:
    """For those who already hold the dialogue. NotFound until `open_stage`."""
    found = Stage.objects.select_related("dialogue", "agenda_item").filter(dialogue=dialogue).first()
    if found is None:
        raise NotFound
    return found


def has_stage(dialogue: Dialogue) -> bool:
    return Stage.objects.filter(dialogue=dialogue).exists()


def stage_for_host(person: Visitor, slug: str) -> Stage:
    return stage_of(dialogue_for_host(person, slug))


def seats_of(stage: Stage) -> QuerySet[Seat]:
    """Every seat, sites first in the order of the plan, then guests."""
    seats = Seat.objects.select_related(*SEAT_PARTS).filter(stage=stage)
    return seats.order_by(F("guest__position").asc(nulls_first=True), "site__position", "id")


def seats_on_air(stage: Stage) -> list[Seat]:
    """In the order of the picture: the first one is the main one."""
    seats = Seat.objects.select_related(*SEAT_PARTS).filter(stage=stage, on_air_order__isnull=False)
    return list(seats.order_by("on_air_order", "id"))


def seat_for_host(person: Visitor, slug: str, identity: str) -> Seat:
    seat = Seat.objects.select_related(*SEAT_PARTS).filter(identity=identity).first()
    if seat is None or seat.stage.dialogue.slug != slug or not rules.can_run_stage(person, seat.stage):
        raise NotFound
    return seat


def seat_for(person: Visitor, public_id: str) -> Seat:
    """The seat of a site or of a guest, for whoever may open its page."""
    place = Q(site__public_id=public_id) | Q(guest__public_id=public_id)
    found = Seat.objects.select_related(*SEAT_PARTS).filter(place).first()
    if found is None or not rules.can_open_seat(person, found):
        raise NotFound
    return found


def seat_at(site: Site) -> Seat | None:
    """For those who already hold the site; None until the stage is opened."""
    return Seat.objects.select_related(*SEAT_PARTS).filter(site=site).first()


def agenda_marks(stage: Stage) -> list[AgendaMark]:
    """Every beginning of an item, oldest first; an item taken up again has two.

    Once on air, nothing is left of what was begun in rehearsal but the item that the dialogue began with.
    """
    rows = AgendaMark.objects.select_related("agenda_item").filter(stage=stage)
    marks, on_air = list(rows.order_by("at", "id")), stage.dialogue.went_live_at
    if on_air is None:
        return marks
    rehearsed = [mark for mark in marks if mark.at < on_air]
    for mark in rehearsed[-1:]:
        mark.at = on_air
    return marks[max(len(rehearsed) - 1, 0) :]


def programme_view(dialogue_id: int) -> ProgrammeView:
    """All that the programme draws, in two queries. NotFound until `open_stage`."""
    on_air = Seat.objects.select_related("site__office", "guest").filter(on_air_order__isnull=False)
    stages = Stage.objects.select_related("dialogue", "agenda_item").prefetch_related(
        Prefetch("seats", queryset=on_air.order_by("on_air_order", "id"), to_attr="picture")
    )
    stage = stages.filter(dialogue_id=dialogue_id).first()
    if stage is None:
        raise NotFound
    item = stage.agenda_item
    return ProgrammeView(
        dialogue_id=dialogue_id,
        slug=stage.dialogue.slug,
        revision=stage.revision,
        dialogue_state=str(stage.dialogue.state),
        scene=str(stage.scene),
        language=stage.language,
        topic=languages.pick(stage.dialogue, "topic", stage.language),
        on_air=tuple(on_air_view(seat, stage.language) for seat in stage.picture),
        card_text=stage.card_text,
        card_from=stage.card_from,
        agenda_title=languages.pick(item, "title", stage.language) if item else "",
    )


def on_air_view(seat: Seat, language: str) -> OnAir:
    name, position, place = strap(seat)
    return OnAir(
        identity=seat.identity,
        muted=seat.muted,
        name=name[language],
        position=position[language],
        place=place[language],
    )


def strap(seat: Seat) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Name, position and place for the name strap, each in both languages.

    Until somebody has said who speaks, a site goes by the name of its office and a guest as announced.
    """
    name, position = languages.both(seat, "speaker"), languages.both(seat, "position")
    if seat.site is not None:
        place = languages.both(seat.site, "place")
        return (name if name["en"] else languages.both(seat.site.office, "name")), position, place
    assert seat.guest is not None  # noqa: S101 - the database constraint says so
    if not name["en"]:
        name, position = languages.both(seat.guest, "name"), languages.both(seat.guest, "position")
    return name, position, {"bn": "", "en": ""}


def recording_parts(dialogue: Dialogue) -> list[RecordingPart]:
    """The unbroken stretches of the programme, in their order."""
    return list(RecordingPart.objects.filter(stage__dialogue=dialogue).order_by("began_at", "id"))


def recording_offset(dialogue: Dialogue, at: datetime) -> float | None:
    """How many seconds into the recording `at` is; None without any recording."""
    return offset_in(recording_parts(dialogue), at)


def offset_in(parts: list[RecordingPart], at: datetime) -> float | None:
    """A moment in a gap between two parts is where the gap was closed: the end of what came before."""
    if not parts:
        return None
    return sum(min(max((at - part.began_at).total_seconds(), 0.0), part.seconds) for part in parts)


def recording_length(dialogue: Dialogue) -> float:
    """Seconds that are safe on disk."""
    parts = RecordingPart.objects.filter(stage__dialogue=dialogue)
    return float(parts.aggregate(total=Coalesce(Sum("seconds"), 0.0))["total"])
