"""One parent for all programmes: single-threaded, so that it may fork; it holds what is heavy to import."""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.utils import DatabaseError, InterfaceError

from shonglap.dialogues.models import State
from shonglap.stage.models import Stage

from . import child
from .journal import write_whole

log = logging.getLogger(__name__)

POLL = 0.5
TICK = 0.05
FIRST_WAIT, LONGEST_WAIT = 0.1, 10.0
LIVED_WELL = 10.0  # seconds after which a death is an accident and not a habit
PATIENCE = 8.0  # seconds that children have to end by themselves


@dataclass
class Programme:
    """What is known of the process of one dialogue; `pid` is 0 between two lives."""

    dialogue_id: int
    slug: str
    pid: int = 0
    began: float = 0.0
    next_try: float = 0.0
    wait: float = FIRST_WAIT


class AlreadyRunning(Exception):
    """Another supervisor works in this data folder."""


class Supervisor:
    def __init__(self) -> None:
        self._programmes: dict[int, Programme] = {}
        self._finished: set[int] = set()  # ended without anything to record
        self._folder = Path(settings.RUN_FOLDER)
        self._stopping = False
        self._lock = -1

    def run(self) -> None:
        self._take_lock()
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        _without_pools()
        _import_heavy()
        next_poll = 0.0
        while not self._stopping:
            self._bury()
            if time.monotonic() >= next_poll:
                self._poll()
                next_poll = time.monotonic() + POLL
            self._start_due()
            time.sleep(TICK)
        self._end_children()

    def _take_lock(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / "programmes.lock"
        self._lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning(f"{path} is held by another process") from None
        write_whole(self._folder / "programmes.pid", f"{os.getpid()}\n")

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _poll(self) -> None:
        try:
            wanted = dict(wanted_dialogues())
        except (DatabaseError, InterfaceError):
            log.exception("The database does not answer; programmes that run go on")
            connections.close_all()
            return
        for dialogue_id, slug in wanted.items():
            if dialogue_id not in self._programmes and dialogue_id not in self._finished:
                self._programmes[dialogue_id] = Programme(dialogue_id, slug)
        for dialogue_id in set(self._programmes) - set(wanted):
            if not self._programmes[dialogue_id].pid:
                del self._programmes[dialogue_id]

    def _start_due(self) -> None:
        for programme in self._programmes.values():
            if not programme.pid and time.monotonic() >= programme.next_try:
                self._start(programme)

    def _start(self, programme: Programme) -> None:
        connections.close_all()  # a connection must not live in two processes
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._be_child(programme, parent)
        programme.pid, programme.began = pid, time.monotonic()
        write_whole(self._pid_file(programme), f"{pid}\n")

    def _be_child(self, programme: Programme, parent: int) -> None:
        status = 1
        try:
            child.die_with_parent(parent)
            os.close(self._lock)
            status = child.live(programme.dialogue_id)
        except BaseException:
            log.exception("The programme of %s failed", programme.slug)
        finally:
            logging.shutdown()
            os._exit(status)

    def _bury(self) -> None:
        """Take note of children that ended. A crash is answered at once, a habit of crashing ever later."""
        while self._programmes:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            for programme in self._programmes.values():
                if programme.pid == pid:
                    self._note_end(programme, os.waitstatus_to_exitcode(status))

    def _note_end(self, programme: Programme, code: int) -> None:
        lived = time.monotonic() - programme.began
        programme.pid = 0
        self._pid_file(programme).unlink(missing_ok=True)
        wait = FIRST_WAIT if lived > LIVED_WELL else programme.wait
        programme.next_try, programme.wait = time.monotonic() + wait, min(2 * wait, LONGEST_WAIT)
        if code == 0 and not _is_live(programme.dialogue_id):
            self._finished.add(programme.dialogue_id)
            programme.next_try = float("inf")
        elif not self._stopping:
            log.warning(
                "The programme of %s ended with %s after %.1f s; it begins again in %.1f s",
                programme.slug, code, lived, wait,
            )  # fmt: skip

    def _end_children(self) -> None:
        running = [programme for programme in self._programmes.values() if programme.pid]
        for programme in running:
            os.kill(programme.pid, signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while any(programme.pid for programme in running) and time.monotonic() < until:
            self._bury()
            time.sleep(TICK)
        for programme in running:
            if programme.pid:
                os.kill(programme.pid, signal.SIGKILL)
                os.waitpid(programme.pid, 0)
                self._pid_file(programme).unlink(missing_ok=True)
        (self._folder / "programmes.pid").unlink(missing_ok=True)

    def _pid_file(self, programme: Programme) -> Path:
        return self._folder / f"programme-{programme.slug}.pid"


def wanted_dialogues() -> list[tuple[int, str]]:
    """Live ones, and ended ones whose recording somebody has still to make."""
    facts = Stage.objects.values_list("dialogue_id", "dialogue__slug")
    unfinished = facts.filter(
        dialogue__state__in=(State.ENDED, State.PUBLISHED),
        recording_ready=False,
        recording_parts__isnull=False,
    )
    return list(facts.filter(dialogue__state=State.LIVE)) + list(unfinished.distinct())


def _is_live(dialogue_id: int) -> bool:
    try:
        return Stage.objects.filter(dialogue_id=dialogue_id, dialogue__state=State.LIVE).exists()
    except (DatabaseError, InterfaceError):
        return True  # to be seen again


def _without_pools() -> None:
    """A pool has threads, and a process with threads must not fork; one connection is enough here."""
    for connection in connections.all():
        connection.settings_dict.get("OPTIONS", {}).pop("pool", None)


def _import_heavy() -> None:
    """Before the first fork, so that a restarted programme is on air in a fraction of a second."""
    from . import artwork, broadcast

    for language in ("bn", "en"):
        artwork.slate(language, "")  # reads the fonts and the translations
    log.info("%s watches over programmes", broadcast.__package__)
