"""The whole public state of a dialogue, read from the public faces of the apps: only what has changed."""

from shonglap.dialogues import public as dialogues
from shonglap.dialogues.models import Dialogue
from shonglap.feed.merge import Json, without_nulls
from shonglap.questions import public as questions
from shonglap.questions.models import Status
from shonglap.stage import public as stages


class PublicState:
    """Remembers what it read and the revisions it read it at; `read` asks the database for the rest.

    A revision is read before what it stands for, so that a change in between is told twice rather than never.
    """

    def __init__(self, dialogue: Dialogue) -> None:
        self.dialogue = dialogue
        self.revisions: dict[str, int] = {}
        self.sections: Json = {}
        self.contributions: dict[str, Json] = {}
        self.on_stage: Json = {}

    def read(self) -> Json:
        """The state as the feed tells it. Three revisions and the count of votes if nothing changed."""
        if self.moved("dialogue", dialogues.revision(self.dialogue)):
            self.dialogue.refresh_from_db()
            self.revisions.pop("stage", None)  # what of the stage is public depends on the dialogue
            self.tell("dialogue", dialogues.dialogue_face(self.dialogue))
        if self.moved("stage", stages.revision(self.dialogue)):
            self.read_stage()
        self.read_contributions()
        votes = questions.tally(self.dialogue)
        self.sections["votes"] = {key: number for key, number in votes.items() if key in self.contributions}
        return {**self.sections, "stage": self.stage()}

    def moved(self, what: str, revision: int) -> bool:
        if self.revisions.get(what) == revision:
            return False
        self.revisions[what] = revision
        return True

    def tell(self, section: str, face: Json) -> None:
        self.sections[section] = without_nulls(face)

    def read_stage(self) -> None:
        self.on_stage = without_nulls(stages.stage_face(self.dialogue))
        self.tell("sites", stages.sites_face(self.dialogue))
        self.tell("stream", stages.stream_face(self.dialogue))
        progress = stages.agenda_progress(self.dialogue)
        items = dialogues.agenda_face(self.dialogue)
        planned = {"state": "planned"}  # added between the two questions
        self.tell("agenda", {item: {**face, **progress.get(item, planned)} for item, face in items.items()})

    def read_contributions(self) -> None:
        seen = self.revisions.get("contributions")
        if questions.revision(self.dialogue) == seen:
            return
        newest, changed = questions.contributions_changed_since(self.dialogue, seen or 0)
        self.revisions["contributions"] = newest
        for public_id, face in changed.items():
            if face is None:
                self.contributions.pop(public_id, None)
            else:
                self.contributions[public_id] = without_nulls(face)
        self.sections["contributions"] = dict(self.contributions)
        self.tell("declined", questions.declined_counts(self.dialogue))

    def stage(self) -> Json:
        """What the stage says, and who is answering what: the questions know that."""
        stage = dict(self.on_stage)
        for public_id, face in self.contributions.items():
            answer = face.get("answer")
            if face["status"] == Status.ANSWERING and answer:
                since = answer["began_at"]
                stage["answering"] = {"contribution": public_id, "office": answer["office"], "since": since}
        return stage
