"""What the control room shows, gathered in few questions to the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

from django.db.models import QuerySet

from shonglap.base import clock
from shonglap.base.languages import current
from shonglap.dialogues.models import AgendaItem, Dialogue, State
from shonglap.questions import public as questions_public
from shonglap.questions import queries as questions
from shonglap.questions import rules as question_rules
from shonglap.questions.models import Contribution, Status
from shonglap.stage.models import AgendaMark, Quality, Scene, Seat, Stage
from shonglap.stage.queries import agenda_marks, seats_of, strap
from shonglap.stage.rules import MOST_ON_AIR
from shonglap.web.control.forms import NoteForm, SpeakerForm, note_form, speaker_form

SILENT_AFTER = timedelta(seconds=5)
STARTING_LASTS = timedelta(seconds=30)
MOST_QUESTIONS = 30
# On the keyboard, for scenes in the order of the buttons.
SCENE_KEYS = {Scene.SOLO: "s", Scene.TWO: "t", Scene.GRID: "g", Scene.QUESTION: "q", Scene.SLATE: "l"}


@dataclass(frozen=True)
class Card:
    """A seat on the host's screen. `state`: air, ready, away or removed."""

    seat: Seat
    number: int
    name: str
    position: str
    place: str
    note_form: NoteForm
    speaker_form: SpeakerForm

    @property
    def state(self) -> str:
        if self.seat.on_air_order is not None:
            return "air"
        if self.seat.removed:
            return "removed"
        return "ready" if self.seat.connected else "away"

    @property
    def key(self) -> str:
        """The key that brings it on air: only the first nine have one."""
        return str(self.number) if self.number <= MOST_ON_AIR else ""

    @property
    def quality(self) -> str:
        return str(self.seat.quality if self.seat.connected else Quality.LOST)


@dataclass(frozen=True)
class Item:
    """A line of the agenda. `used` is what it has taken so far, without the stretch since `since`."""

    item: AgendaItem
    state: str
    used: timedelta
    since: datetime | None

    @property
    def used_seconds(self) -> int:
        return int(self.used.total_seconds())

    @property
    def minutes_used(self) -> int:
        running = clock.now() - self.since if self.since else timedelta(0)
        return int((self.used + running).total_seconds() // 60)

    @property
    def over(self) -> bool:
        return self.minutes_used > self.item.minutes


def card_of(seat: Seat, number: int = 0) -> Card:
    name, position, place = (words[current()] for words in strap(seat))
    return Card(seat, number, name, position, place, note_form(seat), speaker_form(seat))


def cards(stage: Stage) -> list[Card]:
    return [card_of(seat, number) for number, seat in enumerate(seats_of(stage), start=1)]


def items(stage: Stage) -> list[Item]:
    marks = agenda_marks(stage)
    end = stage.dialogue.ended_at or clock.now()
    return [item_of(item, stage, marks, end) for item in stage.dialogue.agenda.order_by("position", "id")]


def item_of(item: AgendaItem, stage: Stage, marks: list[AgendaMark], end: datetime) -> Item:
    used, since = timedelta(0), None
    for mark, following in zip_longest(marks, marks[1:]):
        if mark.agenda_item_id == item.pk:
            if following is None and not stage.dialogue.ended_at:
                since = mark.at
            else:
                used += (following.at if following else end) - mark.at
    state = "now" if since else "done" if used else "planned"
    return Item(item, state, used, since)


def stream_state(stage: Stage) -> str:
    """off, starting, on, silent (was on, does not report), missing (should run and does not)."""
    dialogue, now = stage.dialogue, clock.now()
    if dialogue.state != State.LIVE or dialogue.went_live_at is None:
        return "off"
    alive = stage.heartbeat_at is not None and now - stage.heartbeat_at <= SILENT_AFTER
    if stage.streaming:
        return "on" if alive else "silent"
    return "starting" if alive or now - dialogue.went_live_at < STARTING_LASTS else "missing"


def answering(dialogue: Dialogue) -> Contribution | None:
    return questions.public_ones(dialogue).filter(status=Status.ANSWERING).first()


def open_questions(dialogue: Dialogue) -> QuerySet[Contribution]:
    """What can still be taken up on air, by votes."""
    voteable = questions.ranked(dialogue).filter(status__in=question_rules.VOTEABLE)
    return voteable[:MOST_QUESTIONS]


def card_is_gone(stage: Stage) -> bool:
    """The moderators took back what still stands on the screen."""
    if not stage.card_id:
        return False
    shown = questions.public_ones(stage.dialogue).filter(public_id=stage.card_id)
    return not shown.exclude(status=Status.MERGED).exists()


def stage_part(stage: Stage) -> dict[str, Any]:
    now = answering(stage.dialogue)
    answer = questions_public.newest_answer(now) if now else None
    return {
        "dialogue": stage.dialogue,
        "stage": stage,
        "cards": cards(stage),
        "items": items(stage),
        "languages": (("bn", "বাংলা"), ("en", "English")),
        "scenes": [(scene, SCENE_KEYS[scene]) for scene in Scene],
        "stream": stream_state(stage),
        "on_since": stage.recording_parts.order_by("began_at").first(),
        "answering": now,
        "answer": answer,
        "card_is_gone": card_is_gone(stage),
    }


def queue_part(stage: Stage) -> dict[str, Any]:
    return {
        "dialogue": stage.dialogue,
        "stage": stage,
        "questions": open_questions(stage.dialogue),
        "offices": questions.offices_that_answer(stage.dialogue),
    }


def keys(stage: Stage) -> dict[str, Any]:
    """What must differ for a part to be fetched anew. Votes move the queue, not the stage."""
    dialogue = stage.dialogue
    board = questions_public.revision(dialogue)
    common = f"{stage.revision}.{dialogue.revision}.{board}"
    votes = dialogue.votes.count()
    return {
        "stage": f"{common}.{stream_state(stage)}",
        "queue": f"{common}.{votes}",
        "seats": "-".join(str(pk) for pk in stage.seats.order_by("pk").values_list("pk", flat=True)),
        "now": clock.now().timestamp(),
    }
