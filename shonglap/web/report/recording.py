"""The recording as the report shows it: where to play it from, its chapters, its clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shonglap.base import languages
from shonglap.base.clock import stamp
from shonglap.base.errors import NotFound
from shonglap.dialogues.models import Dialogue
from shonglap.questions.models import Answer
from shonglap.questions.rules import PUBLIC
from shonglap.stage.models import AgendaMark, RecordingPart
from shonglap.stage.public import stream_face
from shonglap.stage.queries import agenda_marks, offset_in, recording_parts, stage_of


@dataclass(frozen=True)
class Chapter:
    """A place in the recording that has a name."""

    seconds: int
    title: str
    is_answer: bool

    @property
    def shown(self) -> str:
        return clock_words(self.seconds)


@dataclass(frozen=True)
class Recording:
    parts: list[RecordingPart]
    playlist: str
    file: str | None  # the MP4, once it is ready

    @property
    def length(self) -> int:
        return round(sum(part.seconds for part in self.parts))

    @property
    def shown_length(self) -> str:
        return clock_words(self.length)

    def place_of(self, at: datetime | None) -> int | None:
        """The whole second at which to begin to play for that moment."""
        seconds = offset_in(self.parts, at) if at else None
        return None if seconds is None else int(seconds)

    def clock(self) -> list[dict[str, Any]]:
        """For the replay: which stretch of the wall clock each stretch of the recording is."""
        return [{"began_at": stamp(part.began_at), "seconds": part.seconds} for part in self.parts]


def recording_of(dialogue: Dialogue) -> Recording:
    stream = stream_face(dialogue)
    return Recording(recording_parts(dialogue), stream["playlist"], stream["recording"])


def chapters_of(dialogue: Dialogue, recording: Recording) -> list[Chapter]:
    """Where agenda items and answers began, in the order of the recording."""
    found = [agenda_chapter(mark, recording) for mark in marks_of(dialogue)]
    public = Answer.objects.filter(contribution__dialogue=dialogue, contribution__status__in=PUBLIC)
    on_air = public.filter(kind=Answer.Kind.ON_AIR)
    found += [answer_chapter(answer, recording) for answer in on_air.select_related("contribution")]
    return sorted((chapter for chapter in found if chapter), key=lambda chapter: chapter.seconds)


def marks_of(dialogue: Dialogue) -> list[AgendaMark]:
    try:
        return agenda_marks(stage_of(dialogue))
    except NotFound:
        return []


def agenda_chapter(mark: AgendaMark, recording: Recording) -> Chapter | None:
    seconds = recording.place_of(mark.at)
    title = languages.pick(mark.agenda_item, "title")
    return None if seconds is None else Chapter(seconds, title, is_answer=False)


def answer_chapter(answer: Answer, recording: Recording) -> Chapter | None:
    seconds = recording.place_of(answer.began_at)
    return None if seconds is None else Chapter(seconds, answer.contribution.text, is_answer=True)


def clock_words(seconds: float) -> str:
    """A length or a place as players show it, in the reader's digits: 4:05 or 1:04:05."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    words = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return languages.digits(words)
