"""The same as on air, but in this very process: broadcast, conference and simulated sites side by side."""

import asyncio
import threading
import time
from pathlib import Path

import pytest
from django.conf import LazySettings

from shonglap.dialogues.models import Dialogue, State
from shonglap.stage.models import Seat
from shonglap.stage.programme.broadcast import Broadcast
from shonglap.stage.programme.finishing import finish
from shonglap.stage.programme.journal import Journal
from shonglap.stage.programme.poster import poster
from shonglap.stage.simulation import publishing
from shonglap.stage.simulation import stage as simulated
from tests.factories import make_dialogue, make_host, make_site, make_stage

from .support import moving
from .world import PATIENCE, livekit_server

pytestmark = [pytest.mark.media, pytest.mark.django_db(transaction=True)]


def test_two_sites_are_seen_heard_and_recorded(settings: LazySettings, tmp_path: Path) -> None:
    settings.PUBLIC_FOLDER, settings.RUN_FOLDER = tmp_path / "public", tmp_path / "run"
    dialogue = make_dialogue(state=State.LIVE, slug="a")
    make_host(dialogue)
    for _ in range(2):
        make_site(dialogue)
    stage = make_stage(dialogue, scene="two")
    for order, seat in enumerate(stage.seats.all()):
        Seat.objects.filter(pk=seat.pk).update(on_air_order=order + 1)
    with livekit_server(tmp_path) as address:
        settings.LIVEKIT_URL = address
        until = time.monotonic() + PATIENCE
        done = threading.Event()
        work = publishing.simulate(address, "a", simulated.places("a", [], 2), lambda: not done.is_set())
        sites = threading.Thread(target=lambda: asyncio.run(work))
        sites.start()
        seen: list[int] = []

        def wanted() -> bool:
            seen.append(broadcast._figures.seats)
            quiet = len(seen) < 20 or any(seats < 2 for seats in seen[-20:])
            return quiet and time.monotonic() < until

        broadcast = Broadcast(stage, wanted)
        broadcast.run()
        done.set()
        sites.join(PATIENCE)
    assert seen[-1] == 2
    journal = Journal(tmp_path / "public" / "a" / "hls" / "segments.jsonl")
    assert all(len(segment.sizes) == 3 for segment in journal.segments)
    assert stage.recording_parts.get().seconds == journal.seconds > 0
    Dialogue.objects.update(state=State.ENDED)
    assert finish(stage)
    assert (tmp_path / "public" / "a" / "recording.mp4").stat().st_size > 50_000


def test_a_poster_is_a_picture_that_browsers_know() -> None:
    assert poster(moving(3)).startswith(b"\xff\xd8\xff")
