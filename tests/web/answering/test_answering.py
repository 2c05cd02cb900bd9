"""An office's questions, and answering them in writing."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.dialogues.models import Dialogue, State
from shonglap.offices.models import Office
from shonglap.questions.models import Answer, Contribution, Status
from tests.factories import (
    days_from_now,
    make_contribution,
    make_dialogue,
    make_host,
    make_participation,
    make_person,
    make_posting,
)

pytestmark = pytest.mark.django_db
MY_OFFICE = "/en/my/office/"


@pytest.fixture
def dialogue() -> Dialogue:
    return make_dialogue(state=State.ENDED)


@pytest.fixture
def office(dialogue: Dialogue) -> Office:
    return make_participation(dialogue).office


@pytest.fixture
def officer(office: Office) -> Person:
    return make_posting(office=office).person


def make_promised(dialogue: Dialogue, office: Office, days: int) -> Contribution:
    contribution = make_contribution(dialogue, status=Status.PROMISED, text=f"Promised in {days} days")
    Answer.objects.create(
        contribution=contribution, office=office, kind=Answer.Kind.PROMISE, due_on=days_from_now(days)
    )
    return contribution


def page_of(contribution: Contribution) -> str:
    return f"/en/contributions/{contribution.public_id}/answer/"


class TestMyOffice:
    def test_promised_by_day_then_asked_and_nothing_else(
        self, client: Client, dialogue: Dialogue, office: Office, officer: Person
    ) -> None:
        asked = make_contribution(dialogue, office=office, text="Asked of this office")
        later, sooner = make_promised(dialogue, office, 9), make_promised(dialogue, office, 2)
        make_contribution(dialogue, office=office, status=Status.WAITING, text="Not approved yet")
        make_contribution(dialogue, text="Asked of nobody")
        make_promised(dialogue, make_participation(dialogue).office, 1)
        client.force_login(officer)
        listed = client.get(MY_OFFICE).context["page"].object_list
        assert list(listed) == [sooner, later, asked]

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, client: Client, dialogue: Dialogue, office: Office, officer: Person,
        django_assert_num_queries: Any, number: int,
    ) -> None:  # fmt: skip
        for _ in range(number):
            make_contribution(dialogue, office=office)
        client.force_login(officer)
        with django_assert_num_queries(6):
            assert client.get(MY_OFFICE).status_code == 200

    def test_the_menu_leads_there_for_officers_only(self, client: Client, officer: Person) -> None:
        for person, shown in ((officer, True), (make_person(), False)):
            client.force_login(person)
            links = client.get("/me.json?language=en").json()["links"]
            assert ("/en/my/office/" in [link["href"] for link in links]) is shown


class TestAnswering:
    def test_an_officer_answers_for_the_office(
        self, client: Client, dialogue: Dialogue, office: Office, officer: Person
    ) -> None:
        contribution = make_contribution(dialogue, office=office)
        client.force_login(officer)
        assert "Answer it in writing" in client.get(page_of(contribution)[: -len("answer/")]).content.decode()
        assert client.get(page_of(contribution)).status_code == 200
        sent = client.post(page_of(contribution), {"office": office.code, "text": "In room 4, at any time."})
        assert sent.status_code == 302
        answer = Answer.objects.get()
        assert (answer.office, answer.text) == (office, "In room 4, at any time.")
        shown = client.get(sent.headers["Location"]).content.decode()
        assert "In room 4" in shown
        assert "Answer it in writing" not in shown

    def test_a_promise_and_then_its_answer(
        self, client: Client, dialogue: Dialogue, office: Office, officer: Person
    ) -> None:
        contribution = make_contribution(dialogue, office=office)
        client.force_login(officer)
        day = days_from_now(5).isoformat()
        client.post(page_of(contribution), {"office": office.code, "due_on": day, "promise": "1"})
        contribution.refresh_from_db()
        assert contribution.status == Status.PROMISED
        Dialogue.objects.update(state=State.PUBLISHED)
        client.post(page_of(contribution), {"office": office.code, "text": "Here it is."})
        contribution.refresh_from_db()
        assert contribution.status == Status.ANSWERED_IN_WRITING

    def test_nothing_typed_is_lost(
        self, client: Client, dialogue: Dialogue, office: Office, officer: Person
    ) -> None:
        contribution, too_long = make_contribution(dialogue, office=office), "long " * 801
        client.force_login(officer)
        refused = client.post(page_of(contribution), {"office": office.code, "text": too_long})
        assert refused.status_code == 400
        assert "long long long" in refused.content.decode()
        empty = client.post(page_of(contribution), {"office": office.code, "text": " "})
        assert (empty.status_code, "Fill this in" in empty.content.decode()) == (400, True)
        past = {"office": office.code, "due_on": days_from_now(-3).isoformat(), "promise": "1"}
        refused = client.post(page_of(contribution), past)
        assert (refused.status_code, past["due_on"] in refused.content.decode()) == (400, True)
        assert not Answer.objects.exists()

    def test_the_host_team_chooses_among_the_offices(
        self, client: Client, dialogue: Dialogue, office: Office
    ) -> None:
        contribution = make_contribution(dialogue, office=office)
        client.force_login(make_host(dialogue))
        form = client.get(page_of(contribution)).context["write"]
        assert [code for code, _name in form.fields["office"].choices] == [
            office.code, dialogue.host_office.code
        ]  # fmt: skip
        refused = client.post(page_of(contribution), {"office": "another", "text": "Ours."})
        assert refused.status_code == 400

    def test_a_second_answer_is_refused(
        self, client: Client, dialogue: Dialogue, office: Office, officer: Person
    ) -> None:
        contribution = make_contribution(dialogue, office=office, status=Status.ANSWERED_IN_WRITING)
        client.force_login(officer)
        assert "has its outcome already" in client.get(page_of(contribution)).content.decode()
        again = client.post(page_of(contribution), {"office": office.code, "text": "Once more."})
        assert again.status_code == 409

    def test_nobody_else_finds_the_page(self, client: Client, dialogue: Dialogue, office: Office) -> None:
        contribution = make_contribution(dialogue, office=office)
        assert client.get(page_of(contribution)).status_code == 302
        former = make_posting(office=office, ends_on=clock.today() - timedelta(days=1)).person
        for stranger in (make_person(), contribution.person, former, make_posting().person):
            client.force_login(stranger)
            assert client.get(page_of(contribution)).status_code == 404
            sent = client.post(page_of(contribution), {"office": office.code, "text": "Mine now."})
            assert sent.status_code == 404
        assert not Answer.objects.exists()

    def test_what_waits_is_not_found(
        self, client: Client, dialogue: Dialogue, office: Office, officer: Person
    ) -> None:
        waiting = make_contribution(dialogue, office=office, status=Status.WAITING, revision=0)
        client.force_login(officer)
        assert client.get(reverse("answer", args=[waiting.public_id])).status_code == 404
