"""Fills a public folder with the feed of a lively dialogue, by the product's own writer.

`python -m tools.bench.loading.feed TICKS` writes to the data folder of the environment.
"""

import os
import random
import sys
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import django

SLUG = "bench"
BEGAN = datetime(2017, 4, 16, 5, 30, tzinfo=UTC)
PLACES = ("Rangpur", "Khulna", "Sylhet", "Barishal", "Gopalganj", "Comilla", "Bogura", "Jashore")
TALK = """
    আমাদের এলাকার রাস্তা হাসপাতাল স্কুল সেবা কেন্দ্র ডাক্তার ওষুধ বিদ্যুৎ পানি জমি খতিয়ান নামজারি ভূমি অফিস দালাল টাকা
    ঘুষ আবেদন জন্ম নিবন্ধন সনদ বয়স্ক ভাতা কার্ড ইউনিয়ন পরিষদ উপজেলা জেলা প্রশাসক নদী ভাঙন বাঁধ সেতু মেরামত কবে কত
    দিন কেন কীভাবে কোথায় কার কাছে জানাব দেওয়া হবে পাওয়া যায় না হয়নি চাই করবেন থাকে শিক্ষক কৃষক সার বীজ ধান বাজার
"""
WORDS = TALK.split()
Json = dict[str, Any]


def main(ticks: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shonglap.config.settings")
    django.setup()
    write(ticks)


def write(ticks: int) -> None:
    """Tick by tick as the composer does it, snapshots and head among them."""
    from shonglap.feed.composer import SNAPSHOT_EVERY
    from shonglap.feed.files import VERSION, FeedFolder
    from shonglap.feed.merge import difference

    folder, chance = FeedFolder(SLUG), random.Random(7)  # noqa: S311 - the same feed each time
    told: Json = {}
    state, snapshot = opening(), 1
    for tick in range(1, ticks + 1):
        moved(state, tick, chance)
        at, due = stamp(tick), stamp(tick + 1)
        moment: Json = {"version": VERSION, "tick": tick, "at": at}
        clock = {"length": 2.0, "next_at": due}
        folder.write_once(str(tick), {**moment, **clock, "changes": difference(told, state)})
        told = deepcopy(state)
        if tick % SNAPSHOT_EVERY == 1:
            folder.write_once(f"state-{tick}", {**moment, "state": state})
            snapshot = tick
    folder.write_head({**moment, **clock, "dialogue": SLUG, "snapshot": snapshot, "final": False})


def stamp(tick: int) -> str:
    return (BEGAN + timedelta(seconds=2 * tick)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def both(words: str) -> Json:
    return {"bn": words, "en": words}


def office(place: str) -> Json:
    name = {"bn": f"জেলা প্রশাসকের কার্যালয়, {place}", "en": f"Deputy Commissioner's Office, {place}"}
    return {"id": f"dc-{place.lower()}", "name": name, "place": both(place)}


def opening() -> Json:
    """Before the first question."""
    folder = f"/public/{SLUG}/hls"
    return {
        "dialogue": {"slug": SLUG, "topic": both("Bench"), "state": "live", "starts_at": stamp(0)},
        "agenda": {},
        "stage": {"scene": "slate", "on_air": []},
        "sites": {
            site(place): {"name": both(place), "place": both(place), "on_air": False, "connected": True}
            for place in PLACES
        },
        "stream": {"state": "on", "playlist": f"{folder}/master.m3u8", "audio": f"{folder}/audio/index.m3u8"},
        "contributions": {},
        "votes": {},
        "declined": {},
    }


def site(place: str) -> str:
    return "site-" + named(PLACES.index(place))


def named(number: int) -> str:
    """An identifier as ours look, always the same for a number."""
    return "".join(random.Random(number).choices("23456789abcdefghjkmnpqrstuvwxyz", k=12))  # noqa: S311


def moved(state: Json, tick: int, chance: random.Random) -> None:
    """Two seconds of a lively hour: a question comes, votes fall, now and then somebody else speaks."""
    place = chance.choice(PLACES)
    if tick % 2:
        state["contributions"][named(1000 + tick)] = question(tick, place, chance)
    known = list(state["contributions"])
    for one in chance.choices(known, k=8):
        state["votes"][one] = state["votes"].get(one, 0) + chance.randint(1, 5)
    if tick % 15 == 0:
        speaker = {"id": site(place), "name": both(place), "position": both("DC"), "place": both(place)}
        state["stage"] = {"scene": "solo", "on_air": [speaker], "on_screen": chance.choice(known)}
    if tick % 10 == 0:
        state["declined"]["off_topic"] = tick // 10


def question(tick: int, place: str, chance: random.Random) -> Json:
    return {
        "kind": "question",
        "text": " ".join(chance.choices(WORDS, k=chance.randint(8, 35))) + "?",
        "language": "bn",
        "office": office(place),
        "author": {"name": f"নাগরিক {tick}", "accredited": ""},
        "at": stamp(tick),
        "status": "open",
        "pictures": [],
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
