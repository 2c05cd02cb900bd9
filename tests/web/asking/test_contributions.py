"""One contribution's page, votes over the web, my questions, and the small answers for scripts."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from shonglap.base import clock, pictures
from shonglap.dialogues.models import Dialogue, State
from shonglap.questions.models import Answer, Contribution, Picture, Status, Vote
from shonglap.stage.models import RecordingPart
from shonglap.web.asking import limits, pending
from tests.factories import (
    make_contribution,
    make_dialogue,
    make_moderator,
    make_office,
    make_person,
    make_stage,
    make_vote,
)
from tests.web.asking.conftest import address

pytestmark = pytest.mark.django_db

JSON = {"HTTP_ACCEPT": "application/json"}


def make_answered(dialogue: Dialogue, **fields: Any) -> Contribution:
    contribution = make_contribution(dialogue, status=Status.ANSWERED_ON_AIR, **fields)
    Answer.objects.create(
        contribution=contribution, kind=Answer.Kind.ON_AIR, office=make_office(name_en="Police HQ"),
        began_at=clock.now() - timedelta(minutes=10), ended_at=clock.now(), text="In short: yes",
    )  # fmt: skip
    return contribution


class TestPage:
    @pytest.mark.parametrize("status", sorted(set(Status) - {Status.WAITING}))
    def test_every_public_status_has_its_words(
        self, client: Client, dialogue: Dialogue, status: Status
    ) -> None:
        target = make_contribution(dialogue) if status == Status.MERGED else None
        contribution = make_contribution(
            dialogue, status=status, merged_into=target, decline_reason="abusive"
        )
        response = client.get(address("contribution", contribution.public_id))
        assert response.status_code == 200
        page = response.content.decode()
        assert (contribution.text in page) == (status != Status.DECLINED)
        if status == Status.DECLINED:
            assert "Abusive" in page

    def test_what_waits_is_for_its_author_alone(self, client: Client, dialogue: Dialogue) -> None:
        contribution = make_contribution(dialogue, status=Status.WAITING, revision=0)
        assert client.get(address("contribution", contribution.public_id)).status_code == 404
        client.force_login(contribution.person)
        page = client.get(address("contribution", contribution.public_id))
        assert page.status_code == 200
        assert "Nobody else can see it yet" in page.content.decode()

    def test_nonsense_is_not_found(self, client: Client) -> None:
        assert client.get("/en/contributions/nosuchthing/").status_code == 404

    def test_the_answer_is_linked_to_its_moment_once_the_report_is_public(self, client: Client) -> None:
        dialogue = make_dialogue(state=State.PUBLISHED)
        contribution = make_answered(dialogue)
        began = clock.now() - timedelta(minutes=12)
        RecordingPart.objects.create(stage=make_stage(dialogue), began_at=began, seconds=900)
        page = client.get(address("contribution", contribution.public_id)).content.decode()
        assert "Police HQ answered it on air" in page
        assert "In short: yes" in page
        assert f"{address('report', dialogue.slug)}#t=1" in page  # some 120 seconds in

    def test_before_that_it_says_where_the_recording_will_be(
        self, client: Client, dialogue: Dialogue
    ) -> None:
        page = client.get(address("contribution", make_answered(dialogue).public_id)).content.decode()
        assert "#t=" not in page
        assert "The recording will be in the report" in page

    def test_pictures_are_public_files_once_public(self, client: Client, dialogue: Dialogue) -> None:
        contribution = make_contribution(dialogue)
        picture = Picture.objects.create(contribution=contribution, width=4, height=3)
        page = client.get(address("contribution", contribution.public_id)).content.decode()
        assert f"/public/{dialogue.slug}/pictures/{picture.public_id}.jpg" in page

    def test_private_pictures_are_for_author_and_moderators(self, client: Client, dialogue: Dialogue) -> None:
        contribution = make_contribution(dialogue, status=Status.WAITING)
        picture = Picture.objects.create(contribution=contribution, width=4, height=3)
        pictures.store(b"jpeg", pictures.private_path(picture.public_id))
        shown = address("private_picture", picture.public_id)
        assert client.get(shown).status_code == 404
        client.force_login(make_person())
        assert client.get(shown).status_code == 404
        for person in (contribution.person, make_moderator(dialogue)):
            client.force_login(person)
            assert client.get(shown).content == b"jpeg"
        pictures.forget(picture.public_id)
        assert client.get(shown).status_code == 404
        assert client.get(address("private_picture", "nosuchthing")).status_code == 404


class TestVoting:
    def test_one_press_one_vote_and_back(self, client: Client, dialogue: Dialogue) -> None:
        contribution = make_contribution(dialogue)
        client.force_login(make_person())
        vote, page = (address(name, contribution.public_id) for name in ("vote", "contribution"))
        for _ in range(2):
            response = client.post(vote)
            assert (response.status_code, response.headers["Location"]) == (302, page)
        assert Vote.objects.count() == 1
        assert "You support it too" in client.get(page).content.decode()
        assert client.post(vote, {"withdraw": "1"}).status_code == 302
        assert not Vote.objects.exists()

    def test_scripts_get_json(self, client: Client, dialogue: Dialogue) -> None:
        target = make_contribution(dialogue)
        merged = make_contribution(dialogue, status=Status.MERGED, merged_into=target)
        client.force_login(make_person())
        response = client.post(address("vote", merged.public_id), **JSON)  # type: ignore[arg-type]
        assert response.json() == {"id": target.public_id, "voted": True}
        response = client.post(address("vote", merged.public_id), {"withdraw": "1"}, **JSON)  # type: ignore[arg-type]
        assert response.json() == {"id": target.public_id, "voted": False}

    @pytest.mark.parametrize("known", [True, False])
    def test_closed_ones_take_none(self, client: Client, dialogue: Dialogue, known: bool) -> None:
        contribution = make_answered(dialogue)
        if known:
            client.force_login(make_person())
        response = client.post(address("vote", contribution.public_id), **JSON)  # type: ignore[arg-type]
        assert response.status_code == 409
        assert response.json()["error"] == "closed"
        assert client.post(address("vote", contribution.public_id)).status_code == 409

    @pytest.mark.parametrize("known", [True, False])
    def test_what_waits_is_not_found(self, client: Client, dialogue: Dialogue, known: bool) -> None:
        contribution = make_contribution(dialogue, status=Status.WAITING, revision=0)
        if known:
            client.force_login(contribution.person)
        assert client.post(address("vote", contribution.public_id)).status_code == 404
        assert client.post(address("vote", "nosuchthing")).status_code == 404

    def test_a_vote_before_signing_in_is_counted_on_return(self, client: Client, dialogue: Dialogue) -> None:
        contribution, back = make_contribution(dialogue), address("dialogue", dialogue.slug)
        response = client.post(address("vote", contribution.public_id), {"back": back})
        assert response.headers["Location"].startswith(address("sign_in"))
        assert not Vote.objects.exists()
        client.force_login(make_person())
        response = client.get(address("vote", contribution.public_id))
        assert response.headers["Location"] == back
        assert Vote.objects.count() == 1
        client.get(address("vote", contribution.public_id))
        assert Vote.objects.count() == 1

    def test_scripts_are_told_where_to_sign_in(self, client: Client, dialogue: Dialogue) -> None:
        contribution = make_contribution(dialogue)
        response = client.post(address("vote", contribution.public_id), **JSON)  # type: ignore[arg-type]
        assert response.status_code == 401
        assert response.json()["sign_in"].startswith(address("sign_in"))
        assert client.session[pending.KEY]["id"] == contribution.public_id

    def test_a_link_alone_counts_nothing(self, client: Client, dialogue: Dialogue) -> None:
        pressed, other = make_contribution(dialogue), make_contribution(dialogue)
        client.post(address("vote", pressed.public_id))
        client.force_login(make_person())
        response = client.get(address("vote", other.public_id))
        assert response.headers["Location"] == address("contribution", other.public_id)
        assert not Vote.objects.exists()

    def test_a_vote_pressed_yesterday_is_forgotten(
        self, client: Client, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        contribution = make_contribution(dialogue)
        client.post(address("vote", contribution.public_id))
        client.force_login(make_person())
        monkeypatch.setattr(pending, "WAITS", -1)
        client.get(address("vote", contribution.public_id))
        assert not Vote.objects.exists()

    def test_what_closed_while_signing_in_is_said(self, client: Client, dialogue: Dialogue) -> None:
        contribution = make_contribution(dialogue)
        client.post(address("vote", contribution.public_id))
        Contribution.objects.update(status=Status.ANSWERED_ON_AIR)
        client.force_login(make_person())
        response = client.get(address("vote", contribution.public_id), follow=True)
        assert response.status_code == 200
        assert "no longer taken" in response.content.decode()

    @pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
    def test_nobody_is_led_elsewhere(self, client: Client, dialogue: Dialogue, back: str) -> None:
        contribution = make_contribution(dialogue)
        client.force_login(make_person())
        response = client.post(address("vote", contribution.public_id), {"back": back})
        assert response.headers["Location"] == address("contribution", contribution.public_id)

    def test_without_the_forms_secret_no_vote(self, dialogue: Dialogue) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_person())
        assert client.post(address("vote", make_contribution(dialogue).public_id)).status_code == 403

    def test_above_the_address_limit_429(
        self, client: Client, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(limits.A_WINDOW, "vote", 0)
        contribution = make_contribution(dialogue)
        client.force_login(make_person())
        response = client.post(address("vote", contribution.public_id), REMOTE_ADDR="203.0.113.9", **JSON)  # type: ignore[arg-type]
        assert (response.status_code, response.json()["error"]) == (429, "too_many")
        assert not Vote.objects.exists()


class TestMyQuestions:
    def test_asks_for_a_name_first(self, client: Client) -> None:
        assert client.get(address("my_questions")).status_code == 302

    def test_says_what_became_of_each(self, client: Client, dialogue: Dialogue) -> None:
        person = make_person()
        target = make_answered(dialogue)
        make_contribution(dialogue, person=person, status=Status.WAITING)
        make_contribution(dialogue, person=person, status=Status.DECLINED, decline_reason="advertising")
        make_contribution(dialogue, person=person, status=Status.MERGED, merged_into=target)
        promised = make_contribution(dialogue, person=person, status=Status.PROMISED)
        Answer.objects.create(
            contribution=promised, kind=Answer.Kind.PROMISE, office=make_office(name_en="ACC"),
            due_on=clock.today().replace(month=3, day=26),
        )  # fmt: skip
        make_contribution(dialogue, text="somebody else's words")
        client.force_login(person)
        page = client.get(address("my_questions")).content.decode()
        assert "The moderators will look at it soon" in page
        assert "It was declined: Advertising" in page
        assert "Police HQ answered it on air" in page
        assert "ACC has promised a written answer by 26 March" in page
        assert "somebody else" not in page

    @pytest.mark.parametrize("number", [1, 3])
    def test_in_a_fixed_number_of_questions_to_the_database(
        self, client: Client, number: int, django_assert_num_queries: Any
    ) -> None:
        person, dialogue = make_person(), make_dialogue(state=State.PUBLISHED)
        for _ in range(number):
            make_answered(dialogue, person=person)
        client.force_login(person)
        with django_assert_num_queries(7):
            client.get(address("my_questions"))

    def test_a_long_list_has_pages(self, client: Client, dialogue: Dialogue) -> None:
        person = make_person()
        for _ in range(21):
            make_contribution(dialogue, person=person)
        client.force_login(person)
        assert client.get(address("my_questions") + "?page=2").status_code == 200
        assert client.get(address("my_questions") + "?page=nonsense").status_code == 200


class TestSmallAnswers:
    def test_me_of_the_nameless(self, client: Client, dialogue: Dialogue) -> None:
        response = client.get(address("me", dialogue.slug))
        told = response.json()
        assert (told["signed_in"], told["votes"], told["mine"], told["name"]) == (False, [], [], "")
        assert told["csrf"]
        assert "no-store" in response.headers["Cache-Control"]
        assert "private" in response.headers["Cache-Control"]

    def test_me_is_mine_alone(self, client: Client, dialogue: Dialogue) -> None:
        person = make_person(display_name="Karim")
        vote = make_vote(make_contribution(dialogue), person=person)
        mine = make_contribution(dialogue, person=person, status=Status.WAITING)
        make_contribution(person=person)  # of another dialogue
        make_vote(make_contribution(dialogue, text="somebody else's words", status=Status.WAITING))
        client.force_login(person)
        told = client.get(address("me", dialogue.slug)).json()
        assert (told["name"], told["votes"]) == ("Karim", [vote.contribution.public_id])
        assert [(one["id"], one["status"]) for one in told["mine"]] == [(mine.public_id, "waiting")]
        assert told["limits"]["left_this_hour"] == 9
        assert "somebody else" not in json.dumps(told)
        assert "secret.example" not in json.dumps(told)

    def test_similar_leaks_nothing_that_waits(self, client: Client, dialogue: Dialogue) -> None:
        text = "আমাদের গ্রামের রাস্তা কবে পাকা হবে?"
        shown = make_contribution(dialogue, text=text)
        make_contribution(dialogue, text=text + " hidden words", status=Status.WAITING)
        make_vote(shown)
        response = client.get(address("similar", dialogue.slug), {"text": "গ্রামের রাস্তা পাকা হবে কবে"})
        assert response.json() == {
            "similar": [
                {
                    "id": shown.public_id,
                    "text": text,
                    "language": "bn",
                    "votes": 1,
                    "page": address("contribution", shown.public_id),
                    "vote": address("vote", shown.public_id),
                }
            ]
        }

    def test_similar_of_nothing_much_or_of_a_closed_dialogue(
        self, client: Client, dialogue: Dialogue
    ) -> None:
        for query in ({}, {"text": ""}, {"text": "\x00\u202e"}, {"text": "x" * 100_000}):
            assert client.get(address("similar", dialogue.slug), query).json() == {"similar": []}
        over = make_dialogue(state=State.ENDED)
        text = make_contribution(over, text="When will the road be paved?").text
        assert client.get(address("similar", over.slug), {"text": text}).json() == {"similar": []}

    def test_of_a_dialogue_that_is_not_public(self, client: Client) -> None:
        draft = make_dialogue(state=State.DRAFT)
        for name in ("me", "similar"):
            response = client.get(address(name, draft.slug), **JSON)  # type: ignore[arg-type]
            assert (response.status_code, response.json()["error"]) == (404, "not_found")


class TestWaysOn:
    def test_who_voted_finds_the_way_back_to_what_is_live(self, client: Client, dialogue: Dialogue) -> None:
        contribution = make_contribution(dialogue)
        page = client.get(address("contribution", contribution.public_id)).content.decode()
        assert address("watch", dialogue.slug) in page
        Dialogue.objects.update(state=State.PUBLISHED)
        page = client.get(address("contribution", contribution.public_id)).content.decode()
        assert address("watch", dialogue.slug) not in page

    def test_who_sent_nothing_yet_is_shown_where_to(self, client: Client) -> None:
        client.force_login(make_person())
        page = client.get(address("my_questions")).content.decode()
        assert "You have not sent anything yet." in page
        assert page.count(f'href="{address("dialogues")}"') == 2, "in the page, and at its foot"
