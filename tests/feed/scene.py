"""A live dialogue with people who act in it, and composers whose clock a test moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.dialogues.models import AgendaItem, Dialogue, State
from shonglap.feed.composer import Composer
from shonglap.feed.state import PublicState
from shonglap.offices.models import Office
from shonglap.questions import actions
from shonglap.questions.models import Contribution, Status
from shonglap.stage.models import Seat, Stage
from tests import factories as make
from tests.feed.reading import Feed, Json


@dataclass
class Scene:
    dialogue: Dialogue
    stage: Stage
    host: Person
    office: Office
    items: list[AgendaItem]

    @property
    def feed(self) -> Feed:
        return Feed(settings.PUBLIC_FOLDER / self.dialogue.slug / "feed")

    @property
    def seats(self) -> list[Seat]:
        return list(Seat.objects.filter(stage=self.stage).order_by("id"))

    def asked(self, text: str = "When will it be?") -> Contribution:
        """Sent and still waiting."""
        return make.make_contribution(self.dialogue, status=Status.WAITING, revision=0, text=text)

    def approved(self, text: str = "When will it be?") -> Contribution:
        contribution = self.asked(text)
        actions.approve(contribution, by=self.host)
        return contribution

    def truth(self) -> Json:
        """The public state as the database has it, read without any memory."""
        return PublicState(Dialogue.objects.get(pk=self.dialogue.pk)).read()


def live(state: State = State.LIVE) -> Scene:
    """Two sites, a guest and two items on the agenda."""
    dialogue = make.make_dialogue(state=state)
    office = make.make_participation(dialogue).office
    for _ in range(2):
        make.make_site(dialogue)
    make.make_guest(dialogue)
    items = [make.make_agenda_item(dialogue) for _ in range(2)]
    return Scene(dialogue, make.make_stage(dialogue), make.make_host(dialogue), office, items)


@contextmanager
def after(seconds: float) -> Iterator[None]:
    with clock.shifted(timedelta(seconds=seconds)):
        yield


class Walk:
    """Composes turn after turn, each time as late as the composer itself asked for."""

    def __init__(self, composer: Composer, shift: timedelta = timedelta(0)) -> None:
        self.composer = composer
        self.shift = shift

    def turn(self, turns: int = 1) -> None:
        for _ in range(turns):
            with clock.shifted(self.shift):
                self.shift += max(self.composer.due - clock.now(), timedelta(0))
            with clock.shifted(self.shift):
                assert self.composer.compose()


def composer_of(scene: Scene, holder: str = "one") -> Composer:
    return Composer(Dialogue.objects.get(pk=scene.dialogue.pk), holder)


def walk(scene: Scene, turns: int, holder: str = "one") -> Walk:
    made = Walk(composer_of(scene, holder))
    made.turn(turns)
    return made
