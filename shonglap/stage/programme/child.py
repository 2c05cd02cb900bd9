"""The life of one programme process: broadcast while the dialogue is live, then finish what is on disk."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import threading

from shonglap.dialogues.models import State
from shonglap.stage.models import Stage

log = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Nobody would restart a programme that outlived its supervisor, and two would spoil one playlist."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def live(dialogue_id: int) -> int:
    """Run the programme of this dialogue; the exit status of the process."""
    asked_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: asked_to_stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # from a terminal: the supervisor tells us
    from .broadcast import Broadcast
    from .finishing import finish

    stage = Stage.objects.select_related("dialogue").get(dialogue_id=dialogue_id)
    if stage.dialogue.state == State.LIVE:
        log.info("The programme of %s begins", stage.dialogue.slug)
        Broadcast(stage, lambda: not asked_to_stop.is_set()).run()
        stage.dialogue.refresh_from_db(fields=["state"])
    if stage.dialogue.state in (State.ENDED, State.PUBLISHED) and not finish(stage):
        log.warning("Nothing of %s was recorded", stage.dialogue.slug)
    return 0
