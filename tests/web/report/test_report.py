"""The report before everybody and before the host team."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from shonglap.base import clock
from shonglap.dialogues.models import Dialogue, State
from shonglap.questions.models import Answer, Contribution
from shonglap.stage.models import AgendaMark, RecordingPart, Seat, Stage
from tests.factories import (
    make_agenda_item,
    make_contribution,
    make_dialogue,
    make_host,
    make_moderator,
    make_office,
    make_person,
    make_site,
    make_stage,
    make_vote,
)

pytestmark = pytest.mark.django_db


def recorded(state: State = State.PUBLISHED, **fields: Any) -> tuple[Dialogue, Stage]:
    """Two parts of 600 seconds with a gap of 60 between them."""
    dialogue = make_dialogue(state=state, **fields)
    stage = make_stage(dialogue, recording_ready=True)
    began = clock.now() - timedelta(hours=1)
    RecordingPart.objects.create(stage=stage, began_at=began, seconds=600)
    RecordingPart.objects.create(stage=stage, began_at=began + timedelta(seconds=660), seconds=600)
    return dialogue, stage


def answered(stage: Stage, seconds: int, **fields: Any) -> Contribution:
    """A question answered on air so many seconds after the first part began."""
    contribution = make_contribution(stage.dialogue, status="answered_on_air", **fields)
    began = stage.recording_parts.all()[0].began_at + timedelta(seconds=seconds)
    Answer.objects.create(
        contribution=contribution, office=make_office(), kind=Answer.Kind.ON_AIR,
        began_at=began, ended_at=began + timedelta(seconds=30),
    )  # fmt: skip
    return contribution


def page_of(client: Client, dialogue: Dialogue, query: str = "") -> str:
    answer = client.get(f"/en/dialogues/{dialogue.slug}/report/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_outcome_stands_in_the_report(client: Client) -> None:
    dialogue, stage = recorded()
    on_air = answered(stage, 95)
    written = make_contribution(dialogue, status="answered_in_writing", text="A written one?")
    office = make_office(name_en="Audit Office")
    Answer.objects.create(contribution=written, office=office, kind="written", text="Yes, it is.")
    promised = make_contribution(dialogue, status="promised", text="When will it be?")
    Answer.objects.create(contribution=promised, office=office, kind="promise", due_on="2017-08-31")
    merged = make_contribution(dialogue, status="merged", merged_into=on_air, text="The same again?")
    make_contribution(dialogue, status="noted", kind="praise", text="Well done!")
    make_vote(written)
    page = page_of(client, dialogue)
    for text in (
        on_air.text, "Watch the answer at 1:35", "A written one?", "Yes, it is.", "Audit Office", "1 vote",
        "will answer in writing by 31 August 2017", "The same again?", "Well done!",
        f"/en/contributions/{on_air.public_id}/",
    ):  # fmt: skip
        assert text in page
    assert merged.public_id in page


def test_declined_ones_are_counted_by_reason_and_never_shown(client: Client) -> None:
    dialogue, _stage = recorded()
    for _number in range(2):
        make_contribution(dialogue, status="declined", decline_reason="advertising", text="Buy secret soap")
    make_contribution(dialogue, status="waiting", text="Waiting secret")
    page = page_of(client, dialogue)
    assert "secret" not in page
    assert ">Advertising</td><td" in page
    assert ">2</td>" in page


def test_a_text_taken_down_after_its_answer_is_no_chapter_either(client: Client) -> None:
    dialogue, stage = recorded()
    declined = answered(stage, 10, text="What of Mr Secret?")
    Contribution.objects.filter(pk=declined.pk).update(status="declined", decline_reason="personal_data")
    assert "Secret" not in page_of(client, dialogue)


def test_nothing_personal_is_in_the_report(client: Client) -> None:
    dialogue, stage = recorded()
    answered(stage, 10, person=make_person(email="asker@secret.example"))
    make_host(dialogue)
    assert "secret.example" not in page_of(client, dialogue)


def test_a_moment_after_a_gap_is_where_the_recording_has_it(client: Client) -> None:
    dialogue, stage = recorded()
    answered(stage, 700)
    assert 'data-at="640"' in page_of(client, dialogue)


def test_chapters_come_from_agenda_and_answers_in_order(client: Client) -> None:
    dialogue, stage = recorded()
    item = make_agenda_item(dialogue, title_en="Opening words")
    answered(stage, 120, text="What of the road?")
    began = stage.recording_parts.all()[0].began_at
    AgendaMark.objects.create(stage=stage, agenda_item=item, at=began + timedelta(seconds=4))
    page = page_of(client, dialogue)
    chapters = page[page.index("report-chapters__list") : page.index("</ol>")]
    assert chapters.index("Opening words") < chapters.index("What of the road?")
    assert f"/public/{dialogue.slug}/recording.mp4#t=4" in chapters


def test_the_recording_can_be_downloaded_once_it_is_ready(client: Client) -> None:
    dialogue, stage = recorded()
    assert "Download the recording" in page_of(client, dialogue)
    Stage.objects.filter(pk=stage.pk).update(recording_ready=False)
    assert "Download the recording" not in page_of(client, dialogue)


def test_a_report_without_a_recording_still_stands(client: Client) -> None:
    dialogue = make_dialogue(state=State.PUBLISHED)
    make_contribution(dialogue, status="noted", text="Well done!")
    page = page_of(client, dialogue)
    assert "There is no recording" in page
    assert "Well done!" in page


def test_the_clock_of_the_replay_is_in_the_page(client: Client) -> None:
    dialogue, stage = recorded()
    page = page_of(client, dialogue)
    start = page.index('<script id="replay-facts" type="application/json">')
    facts = json.loads(page[page.index(">", start) + 1 : page.index("</script>", start)])
    assert [part["seconds"] for part in facts["parts"]] == [600, 600]
    assert facts["parts"][0]["began_at"] == clock.stamp(stage.recording_parts.all()[0].began_at)


def test_attendance_counts_sites_kinds_offices_and_viewers(client: Client) -> None:
    dialogue = make_dialogue(state=State.PUBLISHED)
    came, missed = make_site(dialogue, place_en="Bogura"), make_site(dialogue, place_en="Sylhet")
    stage = make_stage(dialogue)
    Seat.objects.filter(stage=stage, site=came).update(ever_connected=True)
    office = make_office(name_en="Road Police")
    for status in ("noted", "declined"):
        make_contribution(dialogue, status=status, kind="advice", office=office)
    folder = settings.PUBLIC_FOLDER / dialogue.slug / "chapters"
    folder.mkdir(parents=True)
    (folder / "attendance.json").write_text('{"peak_viewers": 32000}')
    page = page_of(client, dialogue)
    for text in ("1/2", "32000", "Bogura", f"{missed.place_en} (did not join)", "Advice", "Road Police"):
        assert text in page


@pytest.mark.parametrize(
    "content", ["not json", "[]", '{"peak_viewers": "many"}', "{}", '{"peak_viewers": 0}']
)
def test_a_broken_count_of_viewers_is_left_out(client: Client, content: str) -> None:
    dialogue = make_dialogue(state=State.PUBLISHED)
    folder = settings.PUBLIC_FOLDER / dialogue.slug / "chapters"
    folder.mkdir(parents=True)
    (folder / "attendance.json").write_text(content)
    assert "watched at the same time" not in page_of(client, dialogue)


def test_one_outcome_can_be_shown_alone(client: Client) -> None:
    dialogue, stage = recorded()
    answered(stage, 10, text="Answered one?")
    make_contribution(dialogue, status="promised", text="Promised one?")
    page = page_of(client, dialogue, "?outcome=promised")
    outcomes = page[page.index('class="report-outcomes"') :]
    assert "Promised one?" in outcomes
    assert "Answered one?" not in outcomes
    assert page_of(client, dialogue, "?outcome=nonsense&page=nonsense").count("report-outcome__text") == 2


def test_many_outcomes_come_a_page_at_a_time(client: Client) -> None:
    dialogue = make_dialogue(state=State.PUBLISHED)
    for _number in range(51):
        make_contribution(dialogue, status="noted")
    assert page_of(client, dialogue).count("report-outcome__text") == 50
    assert page_of(client, dialogue, "?page=2").count("report-outcome__text") == 1


def test_the_published_report_is_kept_by_caches(client: Client) -> None:
    dialogue, _stage = recorded()
    answer = client.get(f"/bn/dialogues/{dialogue.slug}/report/")
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies


def test_before_it_is_published_only_the_hosts_see_it(client: Client) -> None:
    dialogue, _stage = recorded(State.ENDED)
    address = f"/en/dialogues/{dialogue.slug}/report/"
    assert client.get(address).status_code == 302
    for person in (make_person(), make_moderator(dialogue)):
        client.force_login(person)
        assert client.get(address).status_code == 404
    client.force_login(make_host(dialogue))
    answer = client.get(address)
    assert "Only the host team sees this report" in answer.content.decode()
    assert "public" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("state", [State.DRAFT, State.ANNOUNCED, State.LIVE, State.CANCELLED])
def test_there_is_no_report_before_the_end(client: Client, state: State) -> None:
    dialogue = make_dialogue(state=state)
    client.force_login(make_host(dialogue))
    assert client.get(f"/en/dialogues/{dialogue.slug}/report/").status_code == 409
    client.force_login(make_person())
    assert client.get(f"/en/dialogues/{dialogue.slug}/report/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_more_outcomes_need_no_more_queries(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    dialogue, stage = recorded()
    for index in range(number):
        contribution = answered(stage, index, office=make_office())
        make_contribution(dialogue, status="merged", merged_into=contribution)
        item = make_agenda_item(dialogue)
        AgendaMark.objects.create(stage=stage, agenda_item=item, at=clock.now())
        make_site(dialogue)
    with django_assert_num_queries(19):
        page_of(client, dialogue)


def test_what_accredited_people_sent_bears_their_badge(client: Client) -> None:
    dialogue, _stage = recorded()
    make_contribution(dialogue, status="noted")
    assert "Citizen journalist" not in page_of(client, dialogue)
    make_contribution(dialogue, status="noted", accreditation="citizen_journalist")
    assert "Citizen journalist" in page_of(client, dialogue)


def test_an_outcome_that_is_none_shows_all_and_says_so(client: Client) -> None:
    dialogue, _stage = recorded()
    make_contribution(dialogue, status="noted", text="Well done!")
    page = page_of(client, dialogue, "?outcome=declined")
    assert "Well done!" in page
    assert re.search(r'aria-current="true"[^>]*>All<', page)
