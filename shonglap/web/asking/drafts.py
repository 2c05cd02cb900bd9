"""What somebody typed and could not send yet: kept on our side, through errors and through signing in.

Words are kept in the session, pictures in a private folder that the session names. Works without script.
"""

import contextlib
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from shonglap.base import ids, pictures
from shonglap.base.pictures import Prepared

KEY = "drafts"
MOST_DRAFTS = 3  # dialogues somebody may be writing to at once
LONGEST_TEXT = 6000  # code points; too long a text is kept to be shortened, an endless one is not
KEPT_FOR = 24 * 3600  # seconds; then the pictures of a draft are swept away
SWEEP_EVERY = 600

_swept = {"at": 0.0}


class Kept(TypedDict):
    """A picture of a draft."""

    id: str
    width: int
    height: int


class Draft(TypedDict):
    client_token: str
    kind: str
    office: str
    text: str
    language: str
    pictures: list[Kept]


def kept(session: SessionBase, slug: str) -> Draft | None:
    draft: Draft | None = session.get(KEY, {}).get(slug)
    return draft


def keep(
    session: SessionBase, slug: str, typed: Mapping[str, Any], shown: list[Kept], new: list[Prepared]
) -> None:
    """Keep what was typed, the pictures kept before that are still wanted, and those that came now."""
    sweep()
    draft: Draft = {
        "client_token": str(typed.get("client_token", ""))[:40],
        "kind": str(typed.get("kind", ""))[:20],
        "office": str(typed.get("office", ""))[:60],
        "text": str(typed.get("text", ""))[:LONGEST_TEXT],
        "language": str(typed.get("language", ""))[:2],
        "pictures": shown + [stored(picture) for picture in new],
    }
    forget_pictures(kept(session, slug), but=shown)
    drafts = {name: other for name, other in session.get(KEY, {}).items() if name != slug}
    while len(drafts) >= MOST_DRAFTS:
        forget_pictures(drafts.pop(next(iter(drafts))), but=[])
    session[KEY] = {**drafts, slug: draft}


def forget(session: SessionBase, slug: str) -> None:
    """It was sent, or is not wanted any more."""
    draft = kept(session, slug)
    if draft is not None:
        forget_pictures(draft, but=[])
        session[KEY] = {name: other for name, other in session[KEY].items() if name != slug}


def forget_pictures(draft: Draft | None, but: list[Kept]) -> None:
    wanted = {picture["id"] for picture in but}
    for picture in draft["pictures"] if draft else []:
        if picture["id"] not in wanted:
            path(picture["id"]).unlink(missing_ok=True)


def stored(picture: Prepared) -> Kept:
    name = ids.new_id(20)
    pictures.store(picture.data, path(name))
    return {"id": name, "width": picture.width, "height": picture.height}


def still_there(draft: Draft | None) -> list[Kept]:
    """Without those that were swept away meanwhile."""
    return [picture for picture in draft["pictures"] if path(picture["id"]).exists()] if draft else []


def prepared(picture: Kept) -> Prepared:
    """As it was when it came: decoded and encoded by us already."""
    return Prepared(path(picture["id"]).read_bytes(), picture["width"], picture["height"])


def folder() -> Path:
    return Path(settings.PRIVATE_FOLDER) / "drafts"


def path(name: str) -> Path:
    return folder() / f"{name}.jpg"


def sweep() -> None:
    """Remove pictures of drafts that nobody came back to; looked for at most once in a while."""
    now = time.time()
    if now < _swept["at"] + SWEEP_EVERY:
        return
    _swept["at"] = now
    for file in folder().glob("*.jpg"):
        with contextlib.suppress(OSError):  # another process sweeps too
            if file.stat().st_mtime < now - KEPT_FOR:
                file.unlink()
