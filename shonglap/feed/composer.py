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
QUIET_AFTER, ASLEEP_AFTER = 5, 20  # ticks without news
SNAPSHOT_EVERY = 30  # ticks
OVER = (State.PUBLISHED, State.CANCELLED)


class Composer:
    """Goes on where the files stop, whoever wrote them. `due` is when the next tick is to be written."""

    def __init__(self, dialogue: Dialogue, holder: str) -> None:
        self.dialogue = dialogue
        self.holder = holder
        self.folder = FeedFolder(dialogue.slug)
        self.tick = self.folder.newest_tick()
        self.told: Json = self.folder.state_at(self.tick)
        self.snapshot = self.folder.newest_snapshot()
        self.public = PublicState(dialogue)
        self.silent = 0
        self.due = clock.now()
        self.final = False

    def compose(self) -> None:
        """Write the next tick if it is due and the lease is ours."""
        now = clock.now()
        if now < self.due or self.final or not leases.take(self.dialogue, self.holder):
            return
        state = self.public.read()
        changes = difference(self.told, state)
        self.silent = 0 if changes else self.silent + 1
        self.final = self.dialogue.state in OVER and self.recording_known(state)
        self.write(now, state, changes)
        if changes:
            chapters.write(self.dialogue)

    def recording_known(self, state: Json) -> bool:
        """The last tick waits for the recording, where there was a programme at all."""
        return "recording" in state["stream"] or "began_at" not in state["stream"]

    def write(self, now: datetime, state: Json, changes: Json) -> None:
        """Tick, then snapshot, then head: a reader never hears of a file that is not there yet."""
        self.tick += 1
        length = self.length()
        self.due = now + timedelta(seconds=length)
        moment = {"version": VERSION, "tick": self.tick, "at": stamp(now)}
        clockwork = {"length": length, "next_at": stamp(self.due)}
        self.folder.write(str(self.tick), {**moment, **clockwork, "changes": changes})
        self.told = state
        if self.snapshot < 0 or self.tick - self.snapshot >= SNAPSHOT_EVERY or self.final:
            self.folder.write(f"state-{self.tick}", {**moment, "state": state})
            self.snapshot = self.tick
        head = {**moment, **clockwork, "dialogue": self.dialogue.slug, "snapshot": self.snapshot}
        self.folder.write("head", {**head, "final": self.final})
        leases.note_tick(self.dialogue, self.holder, self.tick)

    def length(self) -> float:
        if self.silent < QUIET_AFTER:
            return LIVELY
        return QUIET if self.silent < ASLEEP_AFTER else ASLEEP
