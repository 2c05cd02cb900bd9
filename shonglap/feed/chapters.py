"""Chapters of the recording from agenda and answers, and how many watched: files beside the video."""

import json
from datetime import datetime
from html import escape
from itertools import pairwise
from typing import Any

from django.conf import settings

from shonglap.base.languages import both
from shonglap.dialogues.models import Dialogue
from shonglap.feed.files import VERSION, put_changed
from shonglap.feed.viewers import peak_viewers
from shonglap.questions.models import Answer
from shonglap.questions.rules import PUBLIC
from shonglap.stage.models import RecordingPart
from shonglap.stage.queries import agenda_marks, offset_in, recording_length, recording_parts, stage_of

Chapter = dict[str, Any]


def write(dialogue: Dialogue) -> None:
    """chapters.json, chapters.bn.vtt, chapters.en.vtt and attendance.json, each replaced whole."""
    folder = settings.PUBLIC_FOLDER / dialogue.slug / "chapters"
    found = chapters(dialogue)
    put_changed(folder / "chapters.json", as_json({"chapters": found}))
    for language in ("bn", "en"):
        put_changed(folder / f"chapters.{language}.vtt", as_vtt(found, language).encode())
    put_changed(folder / "attendance.json", as_json({"peak_viewers": peak_viewers(dialogue.slug)}))


def chapters(dialogue: Dialogue) -> list[Chapter]:
    """By time; each item of the agenda lasts until the next one begins, an answer until it ended."""
    parts, length = recording_parts(dialogue), recording_length(dialogue)
    if not parts:
        return []
    found = [*of_agenda(dialogue, parts, length), *of_answers(dialogue, parts, length)]
    return sorted(found, key=lambda one: (one["begins"], one["kind"]))


def of_agenda(dialogue: Dialogue, parts: list[RecordingPart], length: float) -> list[Chapter]:
    """An item that gave way to the next before anything was recorded of it has no place in the recording."""
    marks = agenda_marks(stage_of(dialogue))
    begins = [place(parts, mark.at) for mark in marks]
    return [
        chapter("agenda", mark.agenda_item.public_id, began, ended, both(mark.agenda_item, "title"))
        for mark, (began, ended) in zip(marks, pairwise([*begins, length]), strict=True)
        if began < ended or mark is marks[-1]
    ]


def of_answers(dialogue: Dialogue, parts: list[RecordingPart], length: float) -> list[Chapter]:
    """Only those to contributions that are public still: a text taken down is not kept here either."""
    asked = Answer.objects.filter(contribution__dialogue=dialogue, contribution__status__in=PUBLIC)
    found = []
    for answer in asked.select_related("contribution").order_by("began_at", "id"):
        if answer.began_at is None:  # in writing
            continue
        ended = place(parts, answer.ended_at) if answer.ended_at else length
        text = answer.contribution.text
        title = {"bn": text, "en": text}
        found.append(
            chapter("answer", answer.contribution.public_id, place(parts, answer.began_at), ended, title)
        )
    return found


def place(parts: list[RecordingPart], at: datetime) -> float:
    return offset_in(parts, at) or 0.0


def chapter(kind: str, public_id: str, begins: float, ends: float, title: dict[str, str]) -> Chapter:
    """What has only just begun ends where it began, until more of it is recorded."""
    begins = round(begins, 2)
    return {
        "kind": kind,
        "id": public_id,
        "begins": begins,
        "ends": max(round(ends, 2), begins),
        "title": title,
    }


def as_json(content: dict[str, Any]) -> bytes:
    return json.dumps({"version": VERSION, **content}, ensure_ascii=False).encode()


def as_vtt(found: list[Chapter], language: str) -> str:
    """WebVTT chapters; an answer stands inside its agenda item."""
    cues = ["WEBVTT"]
    for one in found:
        ends = max(one["ends"], one["begins"] + 0.1)
        text = escape(" ".join(one["title"][language].split()), quote=False)
        cues.append(f"{moment(one['begins'])} --> {moment(ends)}\n{text}")
    return "\n\n".join(cues) + "\n"


def moment(seconds: float) -> str:
    whole, rest = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{rest:03}"
