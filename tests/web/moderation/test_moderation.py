"""The moderators' desk over the web."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from shonglap.accounts.models import Person
from shonglap.base import clock
from shonglap.dialogues.models import Dialogue, State
from shonglap.questions import actions
from shonglap.questions.models import Contribution, Status
from tests.factories import (
    make_contribution,
    make_dialogue,
    make_moderator,
    make_office,
    make_participation,
    make_person,
)
from tests.web.asking.conftest import address

pytestmark = pytest.mark.django_db

JSON: Any = {"HTTP_ACCEPT": "application/json"}
ACTS = ("claim", "release", "approve", "decline", "merge", "address")


@pytest.fixture
def dialogue() -> Dialogue:
    return make_dialogue(state=State.LIVE)


@pytest.fixture
def moderator(dialogue: Dialogue, client: Client) -> Person:
    person = make_moderator(dialogue, display_name="Rahima")
    client.force_login(person)
    return person


def make_waiting(dialogue: Dialogue, **fields: Any) -> Contribution:
    return make_contribution(dialogue, status=Status.WAITING, revision=0, **fields)


def of(name: str, contribution: Contribution) -> str:
    return address(f"moderate_{name}", contribution.dialogue.slug, contribution.public_id)


def every_address(contribution: Contribution) -> list[tuple[str, str]]:
    slug = contribution.dialogue.slug
    reads = [address(name, slug) for name in ("moderate", "moderate_state", "moderate_queue")]
    reads += [of("item", contribution), of("others", contribution)]
    writes = [address("moderate_next", slug), *(of(act, contribution) for act in ACTS)]
    return [("get", where) for where in reads] + [("post", where) for where in writes]


class TestDoors:
    def test_the_nameless_are_sent_to_sign_in(self, client: Client, dialogue: Dialogue) -> None:
        for method, where in every_address(make_waiting(dialogue)):
            assert getattr(client, method)(where).status_code == 302, where

    def test_strangers_find_nothing(self, client: Client, dialogue: Dialogue) -> None:
        waiting = make_waiting(dialogue)
        for person in (make_person(), make_moderator(make_dialogue(state=State.LIVE)), waiting.person):
            client.force_login(person)
            for method, where in every_address(waiting):
                assert getattr(client, method)(where).status_code == 404, where
        waiting.refresh_from_db()
        assert (waiting.status, waiting.claimed_by) == (Status.WAITING, None)

    def test_reading_changes_nothing_and_writing_needs_post(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        waiting = make_waiting(dialogue)
        for act in ACTS:
            assert client.get(of(act, waiting)).status_code == 405
        client.get(of("item", waiting))
        waiting.refresh_from_db()
        assert waiting.claimed_by is None

    def test_without_the_forms_secret_nothing_is_decided(self, dialogue: Dialogue) -> None:
        client, waiting = Client(enforce_csrf_checks=True), make_waiting(dialogue)
        client.force_login(make_moderator(dialogue))
        for act in ACTS:
            assert client.post(of(act, waiting)).status_code == 403

    def test_an_item_of_another_dialogue_is_not_found(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        other = make_dialogue(state=State.LIVE)
        make_moderator(other)
        client.force_login(make_person(is_staff=True))
        where = address("moderate_item", dialogue.slug, make_waiting(other).public_id)
        assert client.get(where).status_code == 404


class TestQueue:
    def test_shows_the_oldest_first_and_who_looks_at_what(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        first, second = (
            make_waiting(dialogue, text="The first of all"),
            make_waiting(dialogue, text="Later one"),
        )
        make_contribution(dialogue, review_after=True, text="Seen already")
        actions.claim(second, by=make_moderator(dialogue, display_name="Selim"))
        page = client.get(address("moderate", dialogue.slug)).content.decode()
        places = [page.index(text) for text in ("The first of all", "Later one", "Seen already")]
        assert places == sorted(places)
        assert "Selim is looking at this" in page
        assert "Public, to review" in page
        assert of("item", first) in page

    def test_an_empty_one_says_so(self, client: Client, moderator: Person, dialogue: Dialogue) -> None:
        assert "Nothing waits" in client.get(address("moderate", dialogue.slug)).content.decode()
        assert client.post(address("moderate_next", dialogue.slug)).headers["Location"] == address(
            "moderate", dialogue.slug
        )

    def test_what_is_public_has_a_list_of_its_own(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        make_waiting(dialogue, text="hidden words")
        shown = make_contribution(dialogue)
        page = client.get(address("moderate", dialogue.slug) + "?show=public").content.decode()
        assert shown.text in page
        assert "hidden words" not in page

    @pytest.mark.parametrize("number", [1, 3])
    def test_in_a_fixed_number_of_questions_to_the_database(
        self,
        client: Client,
        moderator: Person,
        dialogue: Dialogue,
        number: int,
        django_assert_num_queries: Any,
    ) -> None:
        for _ in range(number):
            make_waiting(dialogue, office=make_office())
        with django_assert_num_queries(10):
            client.get(address("moderate_queue", dialogue.slug))

    def test_state_moves_with_everything_that_the_queue_shows(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        def state(**query: str) -> dict[str, Any]:
            told: dict[str, Any] = client.get(address("moderate_state", dialogue.slug), query).json()
            return told

        other = make_moderator(dialogue)
        seen = [state()["revision"]]
        waiting = make_waiting(dialogue)
        seen.append(state()["revision"])
        actions.claim(waiting, by=other)
        seen.append(state()["revision"])
        assert state(item=waiting.public_id)["held"] is True
        with clock.shifted(timedelta(minutes=3)):
            assert state()["revision"] == seen[1]
        actions.approve(waiting, by=other)
        told = state(item=waiting.public_id)
        assert (told["waiting"], told["undecided"], told["held"]) == (0, False, False)
        assert len({*seen, told["revision"]}) == 4
        assert state()["revision"] == told["revision"]


class TestItem:
    def test_opening_claims_it(self, client: Client, moderator: Person, dialogue: Dialogue) -> None:
        waiting = make_waiting(dialogue)
        assert "Open it to decide" in client.get(of("item", waiting)).content.decode()
        response = client.post(of("claim", waiting))
        assert response.headers["Location"] == of("item", waiting)
        waiting.refresh_from_db()
        assert waiting.claimed_by == moderator
        page = client.get(of("item", waiting)).content.decode()
        assert "Approve" in page
        assert "Decline" in page

    def test_others_see_who_holds_it_and_no_buttons(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        waiting = make_waiting(dialogue)
        actions.claim(waiting, by=make_moderator(dialogue, display_name="Selim"))
        page = client.get(of("item", waiting)).content.decode()
        assert "Selim is looking at this" in page
        assert of("approve", waiting) not in page
        for where, sent in ((of("claim", waiting), {}), (of("approve", waiting), {"seen": "waiting"})):
            response = client.post(where, sent)
            assert response.status_code == 409
            assert "Selim is looking at this" in response.content.decode()
            told = client.post(where, sent, **JSON)
            assert (told.status_code, told.json()["error"]) == (409, "claimed_by_another")

    def test_holding_longer_by_script(self, client: Client, moderator: Person, dialogue: Dialogue) -> None:
        waiting = make_waiting(dialogue)
        assert client.post(of("claim", waiting), **JSON).json()["ok"] is True

    def test_back_to_the_queue_lets_it_go(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        waiting = make_waiting(dialogue)
        actions.claim(waiting, by=moderator)
        response = client.post(of("release", waiting))
        assert response.headers["Location"] == address("moderate", dialogue.slug)
        waiting.refresh_from_db()
        assert waiting.claimed_by is None


class TestDecisions:
    def test_after_a_decision_the_next_free_one_opens(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        first, held, free = (make_waiting(dialogue) for _ in range(3))
        actions.claim(held, by=make_moderator(dialogue))
        response = client.post(address("moderate_next", dialogue.slug))
        assert response.headers["Location"] == of("item", first)
        response = client.post(of("approve", first), {"seen": "waiting"})
        assert response.headers["Location"] == of("item", free)
        free.refresh_from_db()
        first.refresh_from_db()
        assert (first.status, free.claimed_by) == (Status.OPEN, moderator)
        page = client.get(response.headers["Location"]).content.decode()
        assert "Approved." in page

    def test_declining_needs_a_reason(self, client: Client, moderator: Person, dialogue: Dialogue) -> None:
        waiting = make_waiting(dialogue)
        actions.claim(waiting, by=moderator)
        for reason in ("", "I do not like it"):
            response = client.post(of("decline", waiting), {"reason": reason, "seen": "waiting"})
            assert response.status_code == 400
            assert "Choose a reason" in response.content.decode()
        client.post(of("decline", waiting), {"reason": "off_topic", "seen": "waiting"})
        waiting.refresh_from_db()
        assert (waiting.status, waiting.decline_reason) == (Status.DECLINED, "off_topic")

    def test_from_an_old_screen_nothing_is_decided(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        waiting = make_waiting(dialogue)
        actions.approve(waiting, by=make_moderator(dialogue))
        response = client.post(of("decline", waiting), {"reason": "abusive", "seen": "waiting"})
        assert response.status_code == 409
        assert "decided already" in response.content.decode()
        waiting.refresh_from_db()
        assert waiting.status == Status.OPEN

    def test_a_review_that_another_has_done_is_not_undone_from_an_old_screen(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        review = make_contribution(dialogue, review_after=True)
        actions.approve(review, by=make_moderator(dialogue))
        sent = {"reason": "abusive", "seen": "open+review"}
        assert client.post(of("decline", review), sent).status_code == 409
        review.refresh_from_db()
        assert review.status == Status.OPEN

    def test_merging_with_what_a_search_found(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        text = "When will the road to Pirganj be repaired?"
        waiting, target = make_waiting(dialogue, text=text), make_contribution(dialogue, text=text)
        answered = make_contribution(dialogue, text="Answered: salaries", status=Status.ANSWERED_ON_AIR)
        actions.claim(waiting, by=moderator)
        assert target.public_id in client.get(of("item", waiting)).content.decode()
        found = client.get(of("others", waiting), {"words": "salaries"}).content.decode()
        assert answered.public_id in found
        assert target.public_id not in found
        assert client.get(of("item", waiting), {"words": "nothing"}).status_code == 200
        for into in ("", "nosuchthing", waiting.public_id, make_contribution().public_id):
            response = client.post(of("merge", waiting), {"into": into, "seen": "waiting"})
            assert response.status_code == 400, into
        client.post(of("merge", waiting), {"into": target.public_id, "seen": "waiting"})
        waiting.refresh_from_db()
        assert (waiting.status, waiting.merged_into) == (Status.MERGED, target)

    def test_addressing_keeps_it_open_on_the_screen(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        office, waiting = make_participation(dialogue).office, make_waiting(dialogue)
        actions.claim(waiting, by=moderator)
        response = client.post(of("address", waiting), {"office": office.code, "seen": "waiting"})
        assert response.headers["Location"] == of("item", waiting)
        waiting.refresh_from_db()
        assert (waiting.office, waiting.status, waiting.claimed_by) == (office, Status.WAITING, moderator)
        for code in ("nowhere", make_office().code):
            sent = {"office": code, "seen": "waiting"}
            assert client.post(of("address", waiting), sent).status_code == 400

    def test_taking_something_out_of_public(
        self, client: Client, moderator: Person, dialogue: Dialogue
    ) -> None:
        shown = make_contribution(dialogue)
        page = client.get(of("item", shown)).content.decode()
        assert "Take it out of public" in page
        client.post(of("decline", shown), {"reason": "personal_data", "seen": "open"})
        shown.refresh_from_db()
        assert shown.status == Status.DECLINED
        assert client.get(of("item", shown)).status_code == 200

    def test_nothing_is_decided_once_published(self, client: Client) -> None:
        dialogue = make_dialogue(state=State.PUBLISHED)
        client.force_login(make_moderator(dialogue))
        shown = make_contribution(dialogue)
        assert of("decline", shown) not in client.get(of("item", shown)).content.decode()
        response = client.post(of("decline", shown), {"reason": "abusive", "seen": "open"})
        assert response.status_code == 409
