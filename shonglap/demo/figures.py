"""What a playing of the demo came to: counted from files and rows, not from what the players believe."""

import json
from typing import Any

from django.conf import settings

from shonglap.demo.crowd import Seen
from shonglap.dialogues.models import Dialogue
from shonglap.questions import queries
from shonglap.questions.models import Contribution, Vote
from shonglap.record.models import Entry
from shonglap.stage.models import Seat

RUNGS = ("720p", "360p", "audio")


def figures(dialogue: Dialogue, seen: Seen, *, seconds_to_picture: float | None) -> dict[str, Any]:
    """The keys that `script/demo --check` promises; `errors` is empty only if all is well."""
    errors = list(seen.errors)
    programme = read(settings.RUN_FOLDER / f"programme-{dialogue.slug}.json")
    ticks, gaps = feed_ticks(dialogue.slug)
    found = {
        "sites_on_air": sites_on_air(dialogue),
        "segments": {rung: segments(dialogue.slug, rung) for rung in RUNGS},
        "frames": programme.get("frames", 0),
        "frames_dropped": programme.get("frames_dropped", 0),
        "ticks": ticks,
        "tick_gaps": gaps + seen.gaps,
        "contributions": Contribution.objects.filter(dialogue=dialogue).count(),
        "votes": Vote.objects.filter(dialogue=dialogue).count(),
        "outcomes": queries.outcome_counts(dialogue),
        "seconds_to_picture": seconds_to_picture,
    }
    errors += lost(dialogue, seen) + wrong(found)
    return {**found, "retries": seen.retries, "errors": errors}


def sites_on_air(dialogue: Dialogue) -> int:
    """Sites whose camera was in the conference and that the host brought on air at least once."""
    brought = Entry.objects.filter(act="stage.bring_on_air", dialogue=dialogue.slug)
    connected = Seat.objects.filter(stage__dialogue=dialogue, site__isnull=False, ever_connected=True)
    return connected.filter(identity__in=brought.values("subject")).count()


def read(path: Any) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, ValueError):
        return {}


def segments(slug: str, rung: str) -> int:
    return len(list((settings.PUBLIC_FOLDER / slug / "hls" / rung).glob("*.ts")))


def feed_ticks(slug: str) -> tuple[int, int]:
    """How many ticks there are, and how many numbers are missing between the first and the last."""
    names = (path.stem for path in (settings.PUBLIC_FOLDER / slug / "feed").glob("[0-9]*.json"))
    numbers = sorted(int(name) for name in names if name.isdigit())
    if not numbers:
        return 0, 0
    return len(numbers), numbers[-1] - numbers[0] + 1 - len(numbers)


def lost(dialogue: Dialogue, seen: Seen) -> list[str]:
    """Acknowledged and not in the database: must never happen."""
    kept = set(Contribution.objects.filter(dialogue=dialogue).values_list("client_token", flat=True))
    missing = {
        "contributions": len(seen.asked - kept),
        "votes": len(counted_for(dialogue, seen) - votes_in(dialogue)),
    }
    return [f"{number} acknowledged {what} are lost" for what, number in missing.items() if number]


def counted_for(dialogue: Dialogue, seen: Seen) -> set[tuple[int, str]]:
    """Each acknowledged vote with what it counts for now: that may have been merged into another since."""
    merged = Contribution.objects.filter(dialogue=dialogue, merged_into__isnull=False)
    into = dict(merged.values_list("public_id", "merged_into__public_id"))
    return {(person, into.get(contribution, contribution)) for person, contribution in seen.voted}


def votes_in(dialogue: Dialogue) -> set[tuple[int, str]]:
    return set(Vote.objects.filter(dialogue=dialogue).values_list("person", "contribution__public_id"))


def wrong(found: dict[str, Any]) -> list[str]:
    problems = [f"no segments of {rung}" for rung, number in found["segments"].items() if not number]
    if len(set(found["segments"].values())) > 1:
        problems.append(f"the rungs differ: {found['segments']}")
    if found["sites_on_air"] < 8:
        problems.append(f"only {found['sites_on_air']} sites were on air")
    if found["tick_gaps"]:
        problems.append(f"{found['tick_gaps']} ticks are missing")
    if found["seconds_to_picture"] is None:
        problems.append("no picture was seen")
    return problems
