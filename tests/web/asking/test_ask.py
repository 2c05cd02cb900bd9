"""The ask page: what arrives, and that nothing typed is ever lost."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shonglap.dialogues.models import Dialogue, State
from shonglap.offices.models import Office
from shonglap.questions.models import Contribution, Picture
from shonglap.web.asking import limits
from tests.factories import make_contribution, make_dialogue, make_office, make_person
from tests.web.asking.conftest import address, picture

pytestmark = pytest.mark.django_db

TEXT = "আমাদের এলাকার রাস্তা কবে ঠিক হবে?"


def typed(**changes: Any) -> dict[str, Any]:
    facts = {"kind": "problem", "text": TEXT, "language": "bn", "office": "", "client_token": "form-0001"}
    return {**facts, **changes}


def signed_in(client: Client, **fields: Any) -> Client:
    client.force_login(make_person(**fields))
    return client


def drafts_stored() -> list[Path]:
    return list((Path(settings.PRIVATE_FOLDER) / "drafts").glob("*.jpg"))


def test_the_page_is_for_everybody_to_see(client: Client, dialogue: Dialogue, office: Office) -> None:
    response = client.get(address("ask", dialogue.slug))
    assert response.status_code == 200
    page = response.content.decode()
    assert office.name_en in page
    assert 'data-longest="600"' in page
    assert "no-store" in response.headers["Cache-Control"]
    assert "style=" not in page
    assert 'name="client_token"' in page


def test_sending_leads_to_what_happens_next(client: Client, dialogue: Dialogue, office: Office) -> None:
    signed_in(client)
    response = client.post(address("ask", dialogue.slug), typed(office=office.code, pictures=[picture()]))
    contribution = Contribution.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"] == address("sent", contribution.public_id)
    assert (contribution.text, contribution.kind, contribution.office) == (TEXT, "problem", office)
    assert Picture.objects.get().contribution == contribution
    page = client.get(response.headers["Location"]).content.decode()
    assert TEXT in page
    assert address("my_questions") in page
    assert "drafts" not in client.session or not client.session["drafts"]


def test_sent_twice_is_counted_once(client: Client, dialogue: Dialogue) -> None:
    signed_in(client)
    first, second = (client.post(address("ask", dialogue.slug), typed()) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": ""}, "Write what you want to send"),
        ({"text": "কেন?"}, "Write a little more"),
        ({"text": "ক" * 601}, "too long"),
        ({"kind": "poem"}, "Select a valid choice"),
        ({"language": "fr"}, "Select a valid choice"),
        ({"office": "nowhere"}, "Select a valid choice"),
        ({"client_token": ""}, "This field is required"),
        ({"client_token": "short"}, "Open the page again"),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_what_is_refused_comes_back_as_it_was_typed(
    client: Client, dialogue: Dialogue, changes: dict[str, str], words: str, known: bool
) -> None:
    if known:
        signed_in(client)
    elif changes.get("client_token") == "short":
        pytest.skip("is looked at when it is sent")
    sent = typed(**changes)
    response = client.post(address("ask", dialogue.slug), sent)
    page = response.content.decode()
    assert response.status_code in (400, 409)
    assert "There is a problem" in page
    assert words in page
    assert sent["text"] in page
    assert not Contribution.objects.exists()


def test_an_office_taken_out_of_the_dialogue_is_no_choice(client: Client, dialogue: Dialogue) -> None:
    signed_in(client)
    response = client.post(address("ask", dialogue.slug), typed(office=make_office().code))
    assert response.status_code == 400


BAD_FILES = [
    ("virus.exe", b"MZ\x90", "not a picture"),
    ("broken.jpg", picture().read()[:200], "damaged"),
    ("huge.jpg", b"\xff\xd8" + b"0" * 8_000_001, "larger than 8 MB"),
    ("empty.jpg", b"", "not a picture"),
]


@pytest.mark.parametrize(("name", "data", "words"), BAD_FILES)
def test_bad_files_are_refused_by_name_and_nothing_else_is_lost(
    client: Client, dialogue: Dialogue, name: str, data: bytes, words: str
) -> None:
    signed_in(client)
    file = SimpleUploadedFile(name, data, "image/jpeg")
    response = client.post(address("ask", dialogue.slug), typed(pictures=[file]))
    page = response.content.decode()
    assert response.status_code == 400
    assert words in page
    assert name in page
    assert TEXT in page
    assert not Contribution.objects.exists()


def test_three_pictures_are_too_many(client: Client, dialogue: Dialogue) -> None:
    signed_in(client)
    files = [picture(f"{number}.jpg") for number in range(3)]
    response = client.post(address("ask", dialogue.slug), typed(pictures=files))
    assert response.status_code == 400
    assert "two pictures at most" in response.content.decode()


def test_good_pictures_survive_an_error_elsewhere_and_are_sent_with_the_next_try(
    client: Client, dialogue: Dialogue
) -> None:
    signed_in(client)
    response = client.post(address("ask", dialogue.slug), typed(text="short", pictures=[picture()]))
    assert response.status_code == 400
    kept = client.session["drafts"][dialogue.slug]["pictures"]
    shown = address("draft_picture", dialogue.slug, kept[0]["id"])
    assert shown in response.content.decode()
    assert client.get(shown).headers["Content-Type"] == "image/jpeg"
    client.post(address("ask", dialogue.slug), typed())
    assert Contribution.objects.get().pictures.count() == 1
    assert not drafts_stored()


def test_kept_pictures_can_be_left_out_and_count_towards_two(client: Client, dialogue: Dialogue) -> None:
    signed_in(client)
    two = [picture("a.jpg"), picture("b.jpg")]
    client.post(address("ask", dialogue.slug), typed(text="short", pictures=two))
    response = client.post(address("ask", dialogue.slug), typed(pictures=[picture("c.jpg")]))
    assert response.status_code == 400
    kept = client.session["drafts"][dialogue.slug]["pictures"]
    assert len(kept) == len(drafts_stored()) == 2
    sent = typed(pictures=[picture("c.jpg")], leave_out=[kept[0]["id"]])
    assert client.post(address("ask", dialogue.slug), sent).status_code == 302
    assert Contribution.objects.get().pictures.count() == 2
    assert not drafts_stored()


def test_a_strangers_draft_picture_is_not_found(client: Client, dialogue: Dialogue) -> None:
    signed_in(client)
    client.post(address("ask", dialogue.slug), typed(text="short", pictures=[picture()]))
    name = client.session["drafts"][dialogue.slug]["pictures"][0]["id"]
    assert Client().get(address("draft_picture", dialogue.slug, name)).status_code == 404


class TestBeforeSigningIn:
    def test_everything_typed_is_kept_through_signing_in(
        self, client: Client, dialogue: Dialogue, office: Office
    ) -> None:
        sent = typed(office=office.code, pictures=[picture()])
        response = client.post(address("ask", dialogue.slug), sent)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(address("sign_in"))
        assert "next=%2Fen%2Fdialogues%2F" in response.headers["Location"]
        client.force_login(make_person())
        page = client.get(address("ask", dialogue.slug)).content.decode()
        assert TEXT in page
        assert "You are signed in" in page
        assert f'value="{office.code}" selected' in page
        assert 'value="form-0001"' in page
        kept = client.session["drafts"][dialogue.slug]["pictures"]
        assert address("draft_picture", dialogue.slug, kept[0]["id"]) in page
        client.post(address("ask", dialogue.slug), typed(office=office.code))
        contribution = Contribution.objects.get()
        assert (contribution.text, contribution.pictures.count()) == (TEXT, 1)

    def test_errors_are_told_before_and_the_draft_is_there_after_a_reload(
        self, client: Client, dialogue: Dialogue
    ) -> None:
        assert client.post(address("ask", dialogue.slug), typed(text="কেন?")).status_code == 400
        assert "কেন?" in client.get(address("ask", dialogue.slug)).content.decode()

    def test_only_a_few_drafts_are_kept(self, client: Client) -> None:
        dialogues = [make_dialogue(state=State.LIVE) for _ in range(4)]
        for dialogue in dialogues:
            client.post(address("ask", dialogue.slug), typed(pictures=[picture()]))
        assert list(client.session["drafts"]) == [dialogue.slug for dialogue in dialogues[1:]]
        assert len(drafts_stored()) == 3

    def test_pictures_of_forgotten_drafts_are_swept(self, client: Client, dialogue: Dialogue) -> None:
        client.post(address("ask", dialogue.slug), typed(pictures=[picture()]))
        old = drafts_stored()[0]
        os.utime(old, (0, time.time() - 25 * 3600))
        from shonglap.web.asking import drafts

        drafts._swept["at"] = 0.0
        Client().post(address("ask", dialogue.slug), typed(client_token="form-0002"))
        assert not old.exists()
        page = client.get(address("ask", dialogue.slug))
        assert (page.status_code, old.stem in page.content.decode()) == (200, False)

    def test_an_endless_text_is_not_kept_whole(self, client: Client, dialogue: Dialogue) -> None:
        client.post(address("ask", dialogue.slug), typed(text="ক" * 100_000))
        assert len(client.session["drafts"][dialogue.slug]["text"]) == 6000


class TestWrongState:
    @pytest.mark.parametrize("state", [State.ENDED, State.PUBLISHED, State.CANCELLED])
    def test_a_closed_dialogue_says_so(self, client: Client, state: State) -> None:
        dialogue = make_dialogue(state=state)
        page = client.get(address("ask", dialogue.slug))
        assert page.status_code == 200
        assert "Nothing more can be sent" in page.content.decode()
        for known in (False, True):
            if known:
                signed_in(client)
            response = client.post(address("ask", dialogue.slug), typed())
            assert response.status_code == 409
            assert TEXT in response.content.decode()

    def test_a_draft_dialogue_is_not_found(self, client: Client) -> None:
        draft = make_dialogue(state=State.DRAFT)
        assert client.get(address("ask", draft.slug)).status_code == 404
        assert client.post(address("ask", draft.slug), typed()).status_code == 404


class TestLimits:
    def test_the_eleventh_within_an_hour(self, client: Client, dialogue: Dialogue) -> None:
        person = make_person()
        client.force_login(person)
        for _ in range(10):
            make_contribution(dialogue, person=person)
        response = client.post(address("ask", dialogue.slug), typed())
        assert response.status_code == 429
        assert TEXT in response.content.decode()

    def test_one_address_has_a_wide_but_final_limit(
        self, client: Client, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(limits.A_WINDOW, "ask", 2)
        signed_in(client)
        where, here = address("ask", dialogue.slug), {"REMOTE_ADDR": "203.0.113.9"}
        sent = [typed(client_token=f"form-{number}-x") for number in range(4)]
        answers = [client.post(where, one, **here) for one in sent[:3]]  # type: ignore[arg-type]
        assert [answer.status_code for answer in answers] == [302, 302, 429]
        assert client.post(where, sent[3], REMOTE_ADDR="203.0.113.10").status_code == 302

    def test_in_a_flood_of_the_nameless_words_are_kept_and_pictures_are_not(
        self, client: Client, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(limits.A_WINDOW, "keep", 2)
        where, here = address("ask", dialogue.slug), {"REMOTE_ADDR": "203.0.113.9"}
        for status, stored in ((400, 1), (400, 2), (429, 2)):
            wrong = typed(kind="nonsense", pictures=[picture()])
            answer = Client().post(where, wrong, **here)  # type: ignore[arg-type]
            assert (answer.status_code, len(drafts_stored())) == (status, stored)
            assert TEXT in answer.content.decode()

    @pytest.mark.parametrize(
        ("direct", "told", "found"),
        [
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # a stranger's word is not believed
            ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
            ("127.0.0.1", "", ""),
            ("127.0.0.1", "nonsense", ""),
            ("::1", "2001:db8::1", "2001:db8::1"),
        ],
    )
    def test_whose_address_counts(self, rf: Any, direct: str, told: str, found: str) -> None:
        request = rf.get("/", REMOTE_ADDR=direct, HTTP_X_FORWARDED_FOR=told)
        assert limits.address_of(request) == found

    @pytest.mark.parametrize(
        ("address", "counts_as"),
        [
            ("203.0.113.9", "203.0.113.9"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::7", "2001:db8:1:3::/64"),
            ("no:address", "no:address"),
        ],
    )
    def test_a_line_has_one_count_however_many_addresses(self, address: str, counts_as: str) -> None:
        assert limits.network_of(address) == counts_as

    def test_the_count_begins_anew_with_the_window(self) -> None:
        assert [limits.counted("a", "ask", window) for window in (7, 7, 8)] == [1, 2, 1]


def test_without_the_forms_secret_nothing_is_taken(dialogue: Dialogue) -> None:
    client = signed_in(Client(enforce_csrf_checks=True))
    assert client.post(address("ask", dialogue.slug), typed()).status_code == 403
    assert not Contribution.objects.exists()


def test_only_its_sender_sees_that_it_was_sent(client: Client, dialogue: Dialogue) -> None:
    contribution = make_contribution(dialogue)
    assert client.get(address("sent", contribution.public_id)).status_code == 302
    signed_in(client)
    assert client.get(address("sent", contribution.public_id)).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(client: Client, dialogue: Dialogue, method: str) -> None:
    assert getattr(client, method)(address("ask", dialogue.slug)).status_code == 405
