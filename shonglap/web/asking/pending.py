"""A vote that was pressed before signing in. It waits in the session, for a while."""

import time

from django.contrib.sessions.backends.base import SessionBase

KEY = "pending_vote"
WAITS = 3600  # seconds; who signs in tomorrow does not remember having voted


def keep(session: SessionBase, public_id: str, back: str) -> None:
    session[KEY] = {"id": public_id, "back": back, "at": time.time()}


def taken(session: SessionBase, public_id: str) -> str | None:
    """Where to go after counting it; None if no such vote waits. It is taken once."""
    waiting = session.get(KEY)
    if not waiting or waiting["id"] != public_id:
        return None
    del session[KEY]
    return str(waiting["back"]) if waiting["at"] > time.time() - WAITS else None
