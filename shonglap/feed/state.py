"""The whole public state of a dialogue, read from the public faces of the apps: only what has changed."""

from typing import Any

from shonglap.dialogues import public as dialogues
from shonglap.dialogues.models import Dialogue
from shonglap.feed.merge import Json, without_nulls
from shonglap.questions import public as questions
from shonglap.questions.models import Status
from shonglap.stage import public as stages


class PublicState:
    """Remembers what it read and the revisions it read it at; `read` asks the database for the rest."""

    def __init__(self, dialogue: Dialogue) -> None:
        self.dialogue = dialogue
        self.revisions: dict[str, int] = {}
        self.sections: Json = {"contributions": {}}
        self.contributions: dict[str, Json] = {}
        self.on_stage: Json = {}

    def read(self) -> Json:
        """The state as the feed tells it. Three small queries and the count of votes if nothing changed."""
        if self.moved("dialogue", dialogues.revision(self.dialogue)):
            self.dialogue.refresh_from_db()
            self.revisions.pop("stage", None)  # the agenda's progress and the stream depend on both
            self.sections["dialogue"] = dialogues.dialogue_face(self.dialogue)
        if self.moved("stage", stages.revision(self.dialogue)):
            self.read_stage()
        self.sections["stream"] = stages.stream_face(self.dialogue)
        self.read_contributions()
        self.sections["votes"] = questions.tally(self.dialogue)
        return dict(without_nulls({"version": 1, **self.sections, "stage": self.stage()}))

    def moved(self, what: str, revision: int) -> bool:
        if self.revisions.get(what) == revision:
            return False
        self.revisions[what] = revision
        return True

    def read_stage(self) -> None:
        self.on_stage = stages.stage_face(self.dialogue)
        self.sections["sites"] = stages.sites_face(self.dialogue)
        progress = stages.agenda_progress(self.dialogue)
        self.sections["agenda"] = {
            item: {**face, **progress.get(item, {"state": "planned"})}
            for item, face in dialogues.agenda_face(self.dialogue).items()
        }

    def read_contributions(self) -> None:
        seen = self.revisions.get("contributions", 0)
        newest, changed = questions.contributions_changed_since(self.dialogue, seen)
        if newest == seen and "declined" in self.sections:
            return
        self.revisions["contributions"] = newest
        for public_id, face in changed.items():
            if face is None:
                self.contributions.pop(public_id, None)
            else:
                self.contributions[public_id] = face
        self.sections["contributions"] = dict(self.contributions)
        self.sections["declined"] = questions.declined_counts(self.dialogue)

    def stage(self) -> Json:
        """What the stage says, and who is answering what: the questions know that."""
        stage: dict[str, Any] = dict(self.on_stage)
        for public_id, face in self.contributions.items():
            answer = face.get("answer")
            if face["status"] == Status.ANSWERING and answer:
                since = answer["began_at"]
                stage["answering"] = {"contribution": public_id, "office": answer["office"], "since": since}
        return stage
