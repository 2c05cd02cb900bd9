"""`manage.py play_demo`: plays dialogue A again and again beside a running server."""

import json
import logging
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from shonglap.demo import cast, plot, staging
from shonglap.demo.crowd import Crowd
from shonglap.demo.figures import figures
from shonglap.demo.script_host import Script
from shonglap.dialogues.models import Dialogue
from shonglap.stage.models import Seat
from shonglap.web.control import acts

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Plays dialogue A with simulated sites, citizens, moderators and a scripted host."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default=settings.SITE_ADDRESS)
        parser.add_argument("--seconds", type=float, default=300, help="time on air")
        parser.add_argument("--rounds", type=int, default=0, help="0: until stopped")
        parser.add_argument("--report", type=Path, help="write the figures of the last round there")

    def handle(self, *_: Any, **options: Any) -> None:
        people = cast.gather()
        played = 0
        while not options["rounds"] or played < options["rounds"]:
            found = Round(people, options["address"], options["seconds"]).play()
            if options["report"]:
                options["report"].write_text(json.dumps(found))
            played += 1
            if played != options["rounds"]:
                time.sleep(20)  # the report stands alone for a moment before the next one begins


class Round:
    """One playing, from the plan to the published report."""

    def __init__(self, people: cast.Cast, address: str, seconds: float) -> None:
        self.people = people
        self.address = address.rstrip("/")
        self.seconds = seconds
        self.seconds_to_picture: float | None = None

    def play(self) -> dict[str, Any]:
        dialogue = staging.rehearse(self.people)
        print(f"watch {self.address}/bn/dialogues/{dialogue.slug}/watch/", flush=True)
        sites = self.send_sites(dialogue)
        crowd = Crowd(self.address, dialogue.slug, self.people.citizens, self.seconds)
        try:
            self.wait_for_sites(dialogue)
            acts.start(dialogue, by=self.people.host)
            threading.Thread(target=self.watch_for_picture, args=(dialogue.slug,), daemon=True).start()
            crowd.start()
            script = Script(dialogue, self.people, self.seconds, time.sleep)
            script.play()
        finally:
            seen = crowd.finish() if crowd.is_alive() else crowd.seen
            sites.terminate()
            sites.wait(timeout=20)
        script.close()
        return figures(dialogue, seen, seconds_to_picture=self.seconds_to_picture)

    def send_sites(self, dialogue: Dialogue) -> "subprocess.Popen[bytes]":
        seats = Seat.objects.filter(stage__dialogue=dialogue, site__isnull=False)
        simulated = seats.exclude(site__office__code=plot.VISITORS.office)
        names = [seat.identity for seat in simulated]
        return subprocess.Popen(
            [sys.executable, "manage.py", "simulate_sites", dialogue.slug, "--seats", *names],
            cwd=settings.ROOT,
        )

    def wait_for_sites(self, dialogue: Dialogue) -> None:
        """The host waits until everybody is in the green room, but not for ever."""
        seats = Seat.objects.filter(stage__dialogue=dialogue, connected=True)
        until = time.monotonic() + 30
        while seats.count() < len(plot.PLACES) and time.monotonic() < until:
            time.sleep(0.2)
        logger.info("%s sites are in the green room", seats.count())

    def watch_for_picture(self, slug: str) -> None:
        """How long after going live a viewer's player finds a segment to play."""
        began = time.monotonic()
        address = f"{self.address}/public/{slug}/hls/720p/index.m3u8"
        while time.monotonic() - began < 60:
            try:
                with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310
                    if b"#EXTINF" in answer.read():
                        self.seconds_to_picture = round(time.monotonic() - began, 2)
                        return
            except OSError:
                pass
            time.sleep(0.1)
