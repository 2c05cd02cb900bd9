"""The programme's one line to the database: a thread that reads the stage and tells it what happened.

The picture never waits for it. While the database is away, the programme goes on with what it read last.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable

from django.db import close_old_connections, connections

from shonglap.base import clock, languages
from shonglap.dialogues.models import State
from shonglap.stage import actions, queries
from shonglap.stage.models import RecordingPart, Stage

from .arrangement import prepare
from .studio import Reading, Studio
from .view import ProgrammeView

log = logging.getLogger(__name__)

EVERY = 0.2
BEAT_EVERY = 2.0
RETRY_AFTER = 1.0


def read(dialogue_id: int) -> Reading:
    view = queries.programme_view(dialogue_id)
    return Reading(view, prepare(view, _time(view)))


def _time(view: ProgrammeView) -> str:
    return languages.time_words(clock.now(), view.language)


class Follower:
    """`over` is called when the dialogue is no longer live."""

    def __init__(self, studio: Studio, stage: Stage, part: RecordingPart, over: Callable[[], None]) -> None:
        self._studio, self._stage, self._part, self._over = studio, stage, part, over
        self._news: deque[Callable[[], None]] = deque(maxlen=500)
        self._seen: tuple[object, ...] = ()
        self._shown: tuple[object, str] = ((), "")
        self._beaten = 0.0
        self._stop = threading.Event()
        self.streaming = False
        self.seconds = 0.0
        self._told = 0.0

    # Called by other threads; each only leaves a note.

    def note_connected(self, there: set[str]) -> None:
        self._news.append(lambda: self._put_right(there))

    def note_quality(self, identity: str, quality: str) -> None:
        self._news.append(lambda: actions.note_quality(identity, quality))

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        while not self._stop.wait(EVERY):
            self._step_or_rest()
        self._step_or_rest()
        connections.close_all()

    def _step_or_rest(self) -> None:
        try:
            self.step()
        except Exception:
            log.exception("The stage cannot be read or told; going on with what is known")
            close_old_connections()
            self._stop.wait(RETRY_AFTER)

    def step(self) -> None:
        self._tell()
        self._follow()

    def _tell(self) -> None:
        seconds = self.seconds
        if seconds != self._told:
            actions.extend_part(self._part, seconds)
            self._told = seconds
        while self._news:
            self._news.popleft()()
        if time.monotonic() - self._beaten >= BEAT_EVERY or self._stage.streaming != self.streaming:
            actions.beat(self._stage, streaming=self.streaming)
            self._stage.streaming = self.streaming
            self._beaten = time.monotonic()

    def _put_right(self, there: set[str]) -> None:
        seats = self._stage.seats.values_list("identity", "connected")
        for identity, connected in seats:
            if connected != (identity in there):
                actions.note_connected(identity, not connected)

    def _follow(self) -> None:
        facts = ("revision", "dialogue__revision", "dialogue__state")
        seen = Stage.objects.filter(pk=self._stage.pk).values_list(*facts).get()
        view = self._studio.reading.view
        if seen != self._seen:
            view = queries.programme_view(self._stage.dialogue_id)
            self._seen = seen
            if view.dialogue_state != State.LIVE:
                self._over()
        shown = (without_revision(view), _time(view))
        if shown != self._shown:
            self._studio.reading = Reading(view, prepare(view, shown[1]))
            self._shown = shown


def without_revision(view: ProgrammeView) -> tuple[object, ...]:
    """What is drawn: a change of the stage that nobody can see draws nothing anew."""
    return (
        view.scene, view.language, view.topic, view.on_air,
        view.card_text, view.card_from, view.agenda_title,
    )  # fmt: skip
