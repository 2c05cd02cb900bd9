"""Valid contents of a feed that need no database, every optional member among them."""

from copy import deepcopy
from typing import Any

Json = dict[str, Any]

QUESTION, MERGED, ITEM, SITE, GUEST = (
    "q2345678abcd", "m2345678abcd", "a2345678abcd", "site-s2345678abcd", "guest-g2345678abc",
)  # fmt: skip
MOMENT = "2017-04-16T05:00:00.000Z"
BOTH = {"bn": "রংপুর", "en": "Rangpur"}
OFFICE = {"id": "dc-rangpur", "name": BOTH, "place": BOTH}

_STATE: Json = {
    "dialogue": {
        "slug": "roads",
        "topic": {"bn": "সড়ক", "en": "Roads"},
        "state": "live",
        "starts_at": MOMENT,
        "went_live_at": MOMENT,
        "ended_at": MOMENT,
    },
    "agenda": {
        ITEM: {
            "order": 1, "kind": "opening", "title": BOTH, "minutes": 10, "state": "now", "began_at": MOMENT,
        }
    },
    "stage": {
        "scene": "solo",
        "on_air": [{"id": SITE, "name": BOTH, "position": BOTH, "place": BOTH}],
        "agenda_item": ITEM,
        "on_screen": QUESTION,
        "answering": {"contribution": QUESTION, "office": OFFICE, "since": MOMENT},
    },
    "sites": {SITE: {"name": BOTH, "place": BOTH, "on_air": True, "connected": True}},
    "stream": {
        "state": "on",
        "playlist": "/public/roads/hls/master.m3u8",
        "audio": "/public/roads/hls/audio/index.m3u8",
        "recording": "/public/roads/recording.mp4",
        "began_at": MOMENT,
    },
    "contributions": {
        QUESTION: {
            "kind": "question",
            "text": "কবে হবে?",
            "language": "bn",
            "office": OFFICE,
            "author": {"name": "Karim", "accredited": "press"},
            "at": MOMENT,
            "status": "answering",
            "pictures": [{"url": f"/public/roads/pictures/{QUESTION}.jpg", "width": 4, "height": 3}],
            "answer": {
                "kind": "on_air", "office": OFFICE, "text": "", "began_at": MOMENT, "ended_at": MOMENT,
                "due_on": "2017-04-30",
            },
        },
        MERGED: {
            "kind": "comment",
            "text": "Me too",
            "language": "en",
            "author": {"name": "", "accredited": ""},
            "at": MOMENT,
            "status": "merged",
            "pictures": [],
            "merged_into": QUESTION,
        },
    },
    "votes": {QUESTION: 7},
    "declined": {"off_topic": 2},
}  # fmt: skip


def state(votes: int = 7) -> Json:
    whole = deepcopy(_STATE)
    whole["votes"][QUESTION] = votes
    return whole


def tick(number: int, changes: Json | None = None) -> Json:
    """Tick 1 tells everything, each later one that a vote has come in."""
    news = state(1) if number == 1 else {"votes": {QUESTION: number}}
    clockwork = {"length": 2.0, "next_at": MOMENT}
    return {
        **moment(number), **clockwork, "changes": news if changes is None else changes,
    }  # fmt: skip


def snapshot(number: int) -> Json:
    return {**moment(number), "state": state(number)}


def head(number: int, snapshot: int = 1, **facts: Any) -> Json:
    whole = {"length": 2.0, "next_at": MOMENT, "dialogue": "roads", "snapshot": snapshot, "final": False}
    return {**moment(number), **whole, **facts}


def moment(number: int) -> Json:
    return {"version": 1, "tick": number, "at": MOMENT}
