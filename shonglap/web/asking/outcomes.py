"""What became of a contribution, in words that a citizen understands."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shonglap.base.languages import date_words, pick
from shonglap.dialogues.models import Dialogue, State
from shonglap.questions.models import Answer, Contribution, DeclineReason, Status
from shonglap.questions.public import newest_answer
from shonglap.stage.models import RecordingPart
from shonglap.stage.queries import offset_in, recording_parts

WORDS: dict[str, str | Promise] = {
    Status.WAITING: _("The moderators will look at it soon. Nobody else can see it yet."),
    Status.OPEN: _("Everybody can see it and vote for it. It waits for its answer."),
    Status.ANSWERING: _("It is being answered on air right now."),
    Status.ANSWERED_ON_AIR: _("%(office)s answered it on air."),
    Status.ANSWERED_IN_WRITING: _("%(office)s answered in writing."),
    Status.PROMISED: _("%(office)s has promised a written answer by %(day)s."),
    Status.MERGED: _("It says the same as another one. What is answered there is answered here too."),
    Status.NOTED: _("It is published. It asks nothing, so it needs no answer."),
    Status.DECLINED: _("It was declined: %(reason)s."),
}


@dataclass(frozen=True)
class Outcome:
    status: str
    words: str
    answer: Answer | None
    hear: str  # the place in the recording, once that is public
    into: "Outcome | None"  # of what it was merged into


class Recordings:
    """The recordings that one page speaks of, each looked up once."""

    def __init__(self) -> None:
        self._parts: dict[int, list[RecordingPart]] = {}

    def offset(self, dialogue: Dialogue, at: datetime) -> float | None:
        if dialogue.pk not in self._parts:
            self._parts[dialogue.pk] = recording_parts(dialogue)
        return offset_in(self._parts[dialogue.pk], at)


def outcome_of(contribution: Contribution, recordings: Recordings | None = None) -> Outcome:
    recordings = recordings or Recordings()
    answer = newest_answer(contribution)
    target = contribution.merged_into
    return Outcome(
        status=contribution.status,
        words=words_for(contribution, answer),
        answer=answer,
        hear=place_in_recording(contribution, answer, recordings),
        into=outcome_of(target, recordings) if target else None,
    )


def words_for(contribution: Contribution, answer: Answer | None) -> str:
    facts = {"office": "", "day": "", "reason": ""}
    if answer is not None:
        facts["office"] = pick(answer.office, "name")
        facts["day"] = date_words(answer.due_on) if answer.due_on else ""
    if contribution.decline_reason:
        facts["reason"] = str(DeclineReason(contribution.decline_reason).label)
    return str(WORDS[contribution.status]) % facts


def place_in_recording(contribution: Contribution, answer: Answer | None, recordings: Recordings) -> str:
    """The report page, playing from where the answer began."""
    if answer is None or answer.began_at is None or contribution.dialogue.state != State.PUBLISHED:
        return ""
    seconds = recordings.offset(contribution.dialogue, answer.began_at)
    report = reverse("report", args=[contribution.dialogue.slug])
    return report if seconds is None else f"{report}#t={int(seconds)}"
