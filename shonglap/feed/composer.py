"""Composes the live feed of one dialogue, tick by tick; docs/feed.md is the specification."""

from datetime import datetime, timedelta

from shonglap.base import clock
from shonglap.base.clock import stamp
from shonglap.dialogues.models import Dialogue, State
from shonglap.feed import chapters, leases
from shonglap.feed.files import VERSION, FeedFolder
from shonglap.feed.merge import Json, difference
from shonglap.feed.state import PublicState

LIVELY, QUIET, ASLEEP = 2.0, 3.0, 5.0  # seconds a tick lasts
QUIET_AFTER, ASLEEP_AFTER = 5, 20  # turns without news
# Ticks: 1, 11, 21, ... Who comes late reads a snapshot and then tick by tick, each a way there and back.
SNAPSHOT_EVERY = 10
OVER = (State.PUBLISHED, State.CANCELLED)
RECORDING_MAY_TAKE = timedelta(hours=1)


class Composer:
    """Goes on where the files stop, whoever wrote them. `due` is when there is something to write again."""

    def __init__(self, dialogue: Dialogue, holder: str) -> None:
        self.dialogue = dialogue
        self.holder = holder
        self.folder = FeedFolder(dialogue.slug)
        self.tick = self.folder.newest_tick()
        self.told: Json = self.folder.state_at(self.tick)
        self.snapshot = self.folder.newest_snapshot()
        self.final = self.folder.is_final()
        self.public = PublicState(dialogue)
        self.silent = 0
        self.due = clock.now()

    def compose(self) -> bool:
        """Write what is due. False if another writes this feed by now: then what we remember is old."""
        now = clock.now()
        if now < self.due:
            return True
        if not leases.take(self.dialogue, self.holder) or self.folder.has(self.tick + 1):
            return False
        if not self.final:
            state = self.public.read()
            changes = difference(self.told, state)
            self.final = self.is_over(state, now)
            if not self.write(now, state, changes):
                return False
        if self.final:
            leases.close(self.dialogue)
        return True

    def is_over(self, state: Json, now: datetime) -> bool:
        """The last tick waits for the recording, where there was a programme at all, but not for ever."""
        if self.dialogue.state not in OVER:
            return False
        stream, published = state["stream"], self.dialogue.published_at
        if "recording" in stream or "began_at" not in stream or published is None:
            return True
        return now - published > RECORDING_MAY_TAKE

    def write(self, now: datetime, state: Json, changes: Json) -> bool:
        """Tick, snapshot, chapters, head: a reader never hears of a file that is not there yet."""
        self.silent = 0 if changes else self.silent + 1
        length = self.length()
        self.due = now + timedelta(seconds=length)
        clockwork = {"length": length, "next_at": stamp(self.due)}
        # On air every period has its tick. Before and after, for weeks maybe, only what is new has one.
        if changes or self.final or self.dialogue.state == State.LIVE:
            try:
                self.write_tick(now, clockwork, state, changes)
            except FileExistsError:
                return False
        if not leases.keep(self.dialogue, self.holder, self.due):
            return False
        self.folder.write_head(
            {
                **self.moment(now),
                **clockwork,
                "dialogue": self.dialogue.slug,
                "snapshot": self.snapshot,
                "final": self.final,
            }
        )
        return True

    def write_tick(self, now: datetime, clockwork: Json, state: Json, changes: Json) -> None:
        self.tick += 1
        self.folder.write_once(str(self.tick), {**self.moment(now), **clockwork, "changes": changes})
        self.told = state
        last_due = self.tick - (self.tick - 1) % SNAPSHOT_EVERY
        if self.snapshot < last_due or self.final:
            self.folder.write_once(f"state-{self.tick}", {**self.moment(now), "state": state})
            self.snapshot = self.tick
        if changes:
            chapters.write(self.dialogue)

    def moment(self, now: datetime) -> Json:
        return {"version": VERSION, "tick": self.tick, "at": stamp(now)}

    def length(self) -> float:
        if self.silent < QUIET_AFTER:
            return LIVELY
        return QUIET if self.silent < ASLEEP_AFTER else ASLEEP
