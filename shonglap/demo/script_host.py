"""The scripted host: goes through the agenda, brings sites on air, has questions answered, ends."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from shonglap.base import clock
from shonglap.base.errors import Refused
from shonglap.demo import desk, plot
from shonglap.demo.cast import Cast
from shonglap.dialogues import actions as dialogue_actions
from shonglap.dialogues.models import AgendaItem, Dialogue
from shonglap.questions import actions as question_actions
from shonglap.questions import queries as question_queries
from shonglap.questions.models import Contribution, Status
from shonglap.stage import actions as stage_actions
from shonglap.stage.models import Scene, Seat, Stage
from shonglap.web.control import acts

logger = logging.getLogger(__name__)


class Script:
    """One playing of the dialogue. `seconds` is the time on air, however many minutes the agenda says."""

    def __init__(
        self, dialogue: Dialogue, cast: Cast, seconds: float, pause: Callable[[float], None]
    ) -> None:
        self.dialogue = dialogue
        self.cast = cast
        self.seconds = seconds
        self.pause = pause
        self.moderators = desk.Desk(dialogue, cast)
        self.stage = Stage.objects.get(dialogue=dialogue)
        self.seats = {
            seat.site.office.code.removeprefix("dc-"): seat
            for seat in Seat.objects.filter(stage=self.stage, site__isnull=False).select_related(
                "site__office"
            )
            if seat.site is not None
        }

    def play(self) -> None:
        """From `go live` to `published`; raises whatever goes wrong."""
        agenda = list(self.dialogue.agenda.all())
        for scene, item in zip(plot.SCENES, agenda, strict=True):
            logger.info("on the agenda: %s", item.title_en)
            self.play_scene(scene, item)
        acts.end(self.dialogue, by=self.cast.host)

    def play_scene(self, scene: plot.Scene, item: AgendaItem) -> None:
        ends = time.monotonic() + self.seconds * scene.share / 100
        stage_actions.begin_agenda_item(self.stage, by=self.cast.host, agenda_item=item)
        self.set_on_air(scene.on_air)
        stage_actions.choose_scene(self.stage, by=self.cast.host, scene=Scene(scene.scene))
        for left in range(scene.questions, 0, -1):
            self.answer_one((ends - time.monotonic()) / left)
        self.work_until(ends)

    def set_on_air(self, districts: tuple[str, ...]) -> None:
        wanted = [self.seats[district] for district in districts if district in self.seats]
        for seat in Seat.objects.filter(stage=self.stage, on_air_order__isnull=False):
            if seat not in wanted:
                stage_actions.take_off_air(seat, by=self.cast.host)
        for seat in wanted:
            seat.refresh_from_db()
            if seat.on_air_order is None:
                stage_actions.bring_on_air(seat, by=self.cast.host)

    def answer_one(self, seconds: float) -> None:
        """Put the best supported open question on screen, answer it on air, take it down."""
        began = time.monotonic()
        question = self.next_question()
        if question is None:
            self.work_until(began + seconds)
            return
        office = question.office or self.dialogue.host_office
        acts.put_on_screen(question, by=self.cast.host)
        self.work_until(began + seconds * 0.25)
        acts.answering_now(question, by=self.cast.host, office=office)
        self.work_until(began + seconds * 0.85)
        acts.answered(question, by=self.cast.host)
        self.work_until(began + seconds)

    def next_question(self) -> Contribution | None:
        ranked = question_queries.ranked(self.dialogue)
        return next((one for one in ranked if one.status == Status.OPEN), None)

    def work_until(self, moment: float) -> None:
        """Moderators keep deciding while the programme goes on."""
        while (left := moment - time.monotonic()) > 0:
            self.moderators.work()
            self.pause(min(0.4, left))

    def close(self) -> None:
        """After the end: the desk is cleared, the rest is promised in writing, the report goes out."""
        while self.moderators.work():
            pass
        due = timezone.localdate(clock.now() + timedelta(days=10))
        question_actions.promise_rest(self.dialogue, by=self.cast.host, due_on=due)
        dialogue_actions.write_summary(
            self.dialogue, by=self.cast.host, summary_bn=plot.SUMMARY[0], summary_en=plot.SUMMARY[1]
        )
        try:
            acts.publish(self.dialogue, by=self.cast.host)
        except Refused as refusal:
            raise RuntimeError(f"the report could not be published: {refusal.message}") from refusal
