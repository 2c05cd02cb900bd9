"""The public face of the stage: the only place that decides what the world sees of it."""

from typing import Any

from shonglap.base.clock import stamp
from shonglap.dialogues.models import Dialogue, State
from shonglap.stage.models import RecordingPart, Scene, Seat, Stage
from shonglap.stage.queries import agenda_marks, seats_of, seats_on_air, strap

OVER = (State.ENDED, State.PUBLISHED)
IN_PUBLIC = (State.LIVE, *OVER)  # a rehearsal is for the sites and the host alone


def revision(dialogue: Dialogue) -> int:
    """Read from the database each time; 0 until the stage is opened."""
    return Stage.objects.filter(dialogue=dialogue).values_list("revision", flat=True).first() or 0


def stage_face(dialogue: Dialogue) -> dict[str, Any]:
    """What the picture shows. `on_screen` is the public id that the caller of `show_card` gave."""
    stage = _stage(dialogue)
    if stage is None:
        return {"scene": str(Scene.SLATE), "on_air": [], "agenda_item": None, "on_screen": None}
    return {
        "scene": str(stage.scene),
        "on_air": [_on_air_face(seat) for seat in seats_on_air(stage)],
        "agenda_item": stage.agenda_item.public_id if stage.agenda_item else None,
        "on_screen": stage.card_id or None,
    }


def _on_air_face(seat: Seat) -> dict[str, Any]:
    name, position, place = strap(seat)
    return {"id": seat.identity, "name": name, "position": position, "place": place}


def sites_face(dialogue: Dialogue) -> dict[str, dict[str, Any]]:
    """Every seat by identity: who is there, and who of them is on air."""
    stage = _stage(dialogue)
    if stage is None:
        return {}
    return {seat.identity: _site_face(seat) for seat in seats_of(stage)}


def _site_face(seat: Seat) -> dict[str, Any]:
    name, _position, place = strap(seat)
    on_air = seat.on_air_order is not None
    return {"name": name, "place": place, "on_air": on_air, "connected": seat.connected}


def agenda_progress(dialogue: Dialogue) -> dict[str, dict[str, Any]]:
    """By public id of the item: `planned`, `now` or `done`, and when it first began."""
    progress: dict[str, dict[str, Any]] = {
        item: {"state": "planned", "began_at": None}
        for item in dialogue.agenda.order_by("position", "id").values_list("public_id", flat=True)
    }
    stage = _stage(dialogue)
    for mark in agenda_marks(stage) if stage else ():
        seen = progress[mark.agenda_item.public_id]
        progress[mark.agenda_item.public_id] = {
            "state": "done",
            "began_at": seen["began_at"] or stamp(mark.at),
        }
    if stage and stage.agenda_item and dialogue.state not in OVER:
        progress[stage.agenda_item.public_id]["state"] = "now"
    return progress


def stream_face(dialogue: Dialogue) -> dict[str, Any]:
    """Where the programme plays: `off` before, `starting` until the first picture, `on`, `ended`."""
    stage = _stage(dialogue)
    folder = f"/public/{dialogue.slug}"
    first = RecordingPart.objects.filter(stage__dialogue=dialogue).order_by("began_at", "id").first()
    return {
        "state": _stream_state(dialogue, stage),
        "playlist": f"{folder}/hls/master.m3u8",
        "audio": f"{folder}/hls/audio/index.m3u8",
        "recording": f"{folder}/recording.mp4" if stage and stage.recording_ready else None,
        "began_at": stamp(first.began_at) if first else None,
    }


def _stream_state(dialogue: Dialogue, stage: Stage | None) -> str:
    if dialogue.state in OVER:
        return "ended"
    if dialogue.state != State.LIVE:
        return "off"
    return "on" if stage and stage.streaming else "starting"


def _stage(dialogue: Dialogue) -> Stage | None:
    """None also while the public has no business with it."""
    if dialogue.state not in IN_PUBLIC:
        return None
    return Stage.objects.select_related("dialogue", "agenda_item").filter(dialogue=dialogue).first()
