"""Simulated moderators: claim what waits, then approve, decline, merge, or have it answered in writing."""

from itertools import cycle

from shonglap.base.errors import Refused
from shonglap.demo import voices
from shonglap.demo.cast import Cast
from shonglap.dialogues.models import Dialogue
from shonglap.questions import actions, queries
from shonglap.questions.models import Contribution, DeclineReason, Status

FATES = {line.text: line.fate for line in voices.LINES}
A_STEP = 3  # items decided between two looks of the host
WRITTEN_EVERY = 6  # of the approved questions, one in so many is answered in writing at once


class Desk:
    """Two moderators taking turns. Remembers the first of each text, into which the later ones are merged."""

    def __init__(self, dialogue: Dialogue, cast: Cast) -> None:
        self.dialogue = dialogue
        self.cast = cast
        self.turns = cycle(cast.moderators)
        self.first: dict[str, Contribution] = {}
        self.approved = 0

    def work(self) -> int:
        """Decide a few waiting items; returns how many."""
        moderator = next(self.turns)
        waiting = [one for one in queries.queue(moderator, self.dialogue) if one.status == Status.WAITING]
        for item in waiting[:A_STEP]:
            try:
                self.decide(item)
            except Refused:
                continue  # a person at the moderators' screen was quicker
        return len(waiting[:A_STEP])

    def decide(self, item: Contribution) -> None:
        moderator = next(self.turns)
        text = item.text
        actions.claim(item, by=moderator)
        fate = FATES.get(text, "approve")
        if fate != "approve":
            actions.decline(item, by=moderator, reason=DeclineReason(fate))
        elif text in self.first:
            actions.merge(item, by=moderator, into=self.first[text])
        else:
            actions.approve(item, by=moderator)
            self.first[text] = item
            self.perhaps_answer(item)

    def perhaps_answer(self, item: Contribution) -> None:
        """Some questions get their answer in writing while the dialogue runs."""
        self.approved += 1
        if item.kind in ("question", "problem") and item.office and self.approved % WRITTEN_EVERY == 0:
            officer = self.cast.heads[item.office.code].person
            actions.answer_in_writing(
                item, by=officer, office=item.office, text=voices.WRITTEN_ANSWERS[item.language]
            )
