"""Chapters of the recording from agenda and answers, and how many watched: files beside the video."""

import json
from typing import Any

from django.conf import settings

from shonglap.base.languages import both
from shonglap.dialogues.models import Dialogue
from shonglap.feed.files import put
from shonglap.feed.viewers import peak_viewers
from shonglap.questions.models import Answer
from shonglap.stage.queries import (
    agenda_marks,
    has_stage,
    offset_in,
    recording_length,
    recording_parts,
    stage_of,
)

Chapter = dict[str, Any]


def write(dialogue: Dialogue) -> None:
    """chapters.json, chapters.bn.vtt, chapters.en.vtt and attendance.json, each replaced whole."""
    folder = settings.PUBLIC_FOLDER / dialogue.slug / "chapters"
    found = chapters(dialogue)
    put(folder / "chapters.json", json.dumps({"version": 1, "chapters": found}, ensure_ascii=False).encode())
    for language in ("bn", "en"):
        put(folder / f"chapters.{language}.vtt", as_vtt(found, language).encode())
    put(folder / "attendance.json", json.dumps({"peak_viewers": peak_viewers(dialogue.slug)}).encode())


def chapters(dialogue: Dialogue) -> list[Chapter]:
    """By time; each lasts until the next of its kind begins, an answer until it ended."""
    if not has_stage(dialogue):
        return []
    parts = recording_parts(dialogue)
    length = recording_length(dialogue)
    found = [
        chapter(
            "agenda", mark.agenda_item.public_id, offset_in(parts, mark.at), both(mark.agenda_item, "title")
        )
        for mark in agenda_marks(stage_of(dialogue))
    ]
    for one, following in zip(found, [*found[1:], None], strict=True):
        one["ends"] = following["begins"] if following else length
    answers = Answer.objects.filter(contribution__dialogue=dialogue, began_at__isnull=False)
    for answer in answers.select_related("contribution").order_by("began_at", "id"):
        if answer.began_at is None:
            continue
        text = answer.contribution.text
        title = {"bn": text, "en": text}
        said = chapter("answer", answer.contribution.public_id, offset_in(parts, answer.began_at), title)
        said["ends"] = offset_in(parts, answer.ended_at) if answer.ended_at else length
        found.append(said)
    return sorted(found, key=lambda one: (one["begins"], one["kind"]))


def chapter(kind: str, public_id: str, begins: float | None, title: dict[str, str]) -> Chapter:
    return {"kind": kind, "id": public_id, "begins": round(begins or 0.0, 2), "title": title}


def as_vtt(found: list[Chapter], language: str) -> str:
    """WebVTT chapters; an answer stands inside its agenda item."""
    cues = ["WEBVTT"]
    for one in found:
        ends = max(float(one["ends"] or 0), float(one["begins"]) + 0.1)
        text = " ".join(str(one["title"][language]).split()).replace("-->", "→").replace("<", "‹")
        cues.append(f"{moment(one['begins'])} --> {moment(ends)}\n{text}")
    return "\n\n".join(cues) + "\n"


def moment(seconds: float) -> str:
    whole, rest = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{rest:03}"
