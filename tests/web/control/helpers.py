"""The control room of a dialogue, with a host and others at the browser."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from shonglap.accounts.models import Person
from shonglap.dialogues.models import Dialogue
from shonglap.stage.models import Seat, Stage
from tests import factories as make

AS_SCRIPT = {"accept": "application/json"}


def browser(person: Person | None = None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


@dataclass
class ControlRoom:
    dialogue: Dialogue
    stage: Stage
    host: Person
    client: Client

    @property
    def seat(self) -> Seat:
        return self.stage.seats.earliest("id")

    def address(self, name: str, *arguments: str) -> str:
        return reverse(name, args=[self.dialogue.slug, *arguments])

    def post(self, name: str, *arguments: str, **data: str) -> Any:
        return self.client.post(self.address(name, *arguments), data, headers=AS_SCRIPT)


def control_room(state: str = "live", sites: int = 2) -> ControlRoom:
    dialogue = make.make_dialogue(state=state)
    for number in range(sites):
        make.make_site(dialogue, position=number)
    make.make_participation(dialogue)
    host = make.make_host(dialogue)
    return ControlRoom(dialogue, make.make_stage(dialogue), host, browser(host))
