"""Who finds what, in how many questions to the database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from shonglap.base.errors import NotFound
from shonglap.dialogues.models import Dialogue, State
from shonglap.questions import actions, public, queries
from shonglap.questions.likeness import KEPT_DIALOGUES, Likeness
from shonglap.questions.models import Answer, Contribution, Picture, Status
from tests.factories import (
    make_contribution,
    make_dialogue,
    make_host,
    make_moderator,
    make_office,
    make_participation,
    make_person,
    make_vote,
)

pytestmark = pytest.mark.django_db

Count = Callable[[int], Any]


@pytest.fixture
def dialogue() -> Dialogue:
    return make_dialogue(state=State.LIVE)


def make_full(dialogue: Dialogue, **fields: Any) -> Contribution:
    """With everything that its face shows."""
    contribution = make_contribution(dialogue, office=make_office(), **fields)
    Picture.objects.create(contribution=contribution, width=1, height=1)
    Answer.objects.create(contribution=contribution, office=make_office(), kind=Answer.Kind.WRITTEN, text="x")
    return contribution


def test_ranked_by_votes_then_age_and_only_what_is_public(dialogue: Dialogue) -> None:
    first, second, third = (make_contribution(dialogue) for _ in range(3))
    make_contribution(dialogue, status=Status.WAITING)
    make_contribution(dialogue, status=Status.DECLINED)
    make_contribution()
    make_vote(third)
    assert list(queries.ranked(dialogue)) == [third, first, second]
    assert [one.votes_counted for one in queries.ranked(dialogue)] == [1, 0, 0]  # type: ignore[attr-defined]


def test_queue_is_oldest_first_and_only_for_the_host_team(dialogue: Dialogue) -> None:
    waiting = make_contribution(dialogue, status=Status.WAITING)
    review = make_contribution(dialogue, review_after=True)
    make_contribution(dialogue)
    assert list(queries.queue(make_moderator(dialogue), dialogue)) == [waiting, review]
    for stranger in (make_person(), AnonymousUser()):
        with pytest.raises(NotFound):
            queries.queue(stranger, dialogue)


def test_the_public_finds_what_is_or_was_public(dialogue: Dialogue) -> None:
    seen = [make_contribution(dialogue), make_contribution(dialogue, status=Status.DECLINED, revision=2)]
    for contribution in seen:
        assert queries.contribution_for_public(contribution.public_id) == contribution
    for hidden in (
        make_contribution(dialogue, status=Status.WAITING, revision=0),
        make_contribution(dialogue, status=Status.DECLINED, revision=0),
        make_contribution(make_dialogue(state=State.DRAFT)),
    ):
        with pytest.raises(NotFound):
            queries.contribution_for_public(hidden.public_id)
        with pytest.raises(NotFound):
            queries.contribution_for(make_person(), hidden.public_id)
        assert queries.contribution_for(hidden.person, hidden.public_id) == hidden
    with pytest.raises(NotFound):
        queries.contribution_for_public("nosuchthing")


def test_a_moderator_finds_those_of_the_own_dialogue(dialogue: Dialogue) -> None:
    waiting = make_contribution(dialogue, status=Status.WAITING)
    assert queries.contribution_for_moderator(make_host(dialogue), waiting.public_id) == waiting
    stranger = make_moderator(make_dialogue(state=State.LIVE))
    with pytest.raises(NotFound):
        queries.contribution_for_moderator(stranger, waiting.public_id)


def test_mine_is_all_of_mine_newest_first(dialogue: Dialogue) -> None:
    person = make_person()
    sent = [make_contribution(dialogue, person=person, status=status) for status in ("waiting", "declined")]
    make_contribution(dialogue)
    assert list(queries.mine(person)) == sent[::-1]
    assert list(queries.mine(AnonymousUser())) == []


def test_my_votes(dialogue: Dialogue) -> None:
    person = make_person()
    vote = make_vote(make_contribution(dialogue), person=person)
    make_vote(make_contribution(dialogue))
    make_vote(make_contribution(), person=person)
    assert queries.my_votes(person, dialogue) == {vote.contribution.public_id}
    assert queries.my_votes(AnonymousUser(), dialogue) == set()


def test_counts_and_what_has_no_outcome(dialogue: Dialogue) -> None:
    for status in ("waiting", "open", "answering", "noted", "noted", "declined"):
        make_contribution(dialogue, status=status)
    assert queries.outcome_counts(dialogue) == {
        "waiting": 1, "open": 1, "answering": 1, "noted": 2, "declined": 1,
    }  # fmt: skip
    left = [contribution.status for contribution in queries.without_outcome(dialogue)]
    assert left == ["waiting", "open", "answering"]


def test_offices_to_ask_in_the_hosts_order(dialogue: Dialogue) -> None:
    second, first = make_participation(dialogue, position=2), make_participation(dialogue, position=1)
    assert queries.offices_to_ask(dialogue) == [first.office, second.office]


def test_desk_state_moves_with_claims_and_decisions(dialogue: Dialogue) -> None:
    moderator = make_moderator(dialogue)
    waiting = make_contribution(dialogue, status=Status.WAITING)
    states = [queries.desk_state(dialogue, 30)]
    actions.claim(waiting, by=moderator)
    states.append(queries.desk_state(dialogue, 30))
    actions.approve(waiting, by=moderator)
    states.append(queries.desk_state(dialogue, 30))
    assert len({str(state) for state in states}) == 3
    assert (states[0][0], states[-1]) == (1, (0, []))


@pytest.mark.parametrize("number", [1, 3])
class TestNumberOfQuestions:
    def test_ranked(self, number: int, dialogue: Dialogue, django_assert_num_queries: Count) -> None:
        for _ in range(number):
            make_full(dialogue)
        with django_assert_num_queries(3):
            assert len([public.contribution_face(one) for one in queries.ranked(dialogue)]) == number

    def test_queue(self, number: int, dialogue: Dialogue, django_assert_num_queries: Count) -> None:
        moderator = make_moderator(dialogue)
        for _ in range(number):
            one = make_full(dialogue, status=Status.WAITING)
            actions.claim(one, by=moderator)
        with django_assert_num_queries(4):
            assert len([str(one.claimed_by) for one in queries.queue(moderator, dialogue)]) == number

    def test_mine(self, number: int, dialogue: Dialogue, django_assert_num_queries: Count) -> None:
        person, target = make_person(), make_full(dialogue)
        for _ in range(number):
            make_full(dialogue, person=person, status=Status.MERGED, merged_into=target)
        with django_assert_num_queries(4):
            for one in queries.mine(person):
                assert one.merged_into is not None
                assert public.newest_answer(one.merged_into)
                assert one.merged_into.dialogue.slug

    def test_without_outcome(self, number: int, dialogue: Dialogue, django_assert_num_queries: Count) -> None:
        for _ in range(number):
            make_full(dialogue)
        with django_assert_num_queries(3):
            assert len(list(queries.without_outcome(dialogue))) == number

    def test_changed_since(self, number: int, dialogue: Dialogue, django_assert_num_queries: Count) -> None:
        for _ in range(number):
            make_full(dialogue)
        with django_assert_num_queries(4):
            assert len(public.contributions_changed_since(dialogue, 0)[1]) == number


class TestSimilar:
    ROAD = "আমাদের গ্রামের রাস্তা কবে পাকা হবে?"
    NURSES = "হাসপাতালে নার্স নেই কেন, কবে নিয়োগ হবে?"
    BIRTH = "Why does a birth certificate take three months in our union?"

    @pytest.fixture
    def texts(self, dialogue: Dialogue) -> dict[str, Contribution]:
        return {text: make_contribution(dialogue, text=text) for text in (self.ROAD, self.NURSES, self.BIRTH)}

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("আমাদের গ্রামের রাস্তাটা কবে পাকা করা হবে", ROAD),
            ("গ্রামের রাস্তা পাকা কবে হবে", ROAD),
            ("হাসপাতালে নার্স নিয়োগ কবে", NURSES),
            ("why birth certificate takes three months", BIRTH),
        ],
    )
    def test_finds_the_same_matter_in_other_words(
        self, dialogue: Dialogue, texts: dict[str, Contribution], typed: str, expected: str
    ) -> None:
        assert queries.similar(dialogue, typed)[:1] == [texts[expected]]

    @pytest.mark.parametrize(
        "typed", ["", "রাস্তা", "কৃষকের সার ও বীজ সময়মতো পাওয়া যায় না", "teachers are often absent"]
    )
    def test_and_nothing_where_there_is_nothing(
        self, dialogue: Dialogue, texts: dict[str, Contribution], typed: str
    ) -> None:
        assert queries.similar(dialogue, typed) == []

    def test_only_what_can_be_supported(self, dialogue: Dialogue) -> None:
        for status in ("waiting", "declined", "answered_on_air"):
            make_contribution(dialogue, text=self.ROAD, status=status)
        make_contribution(text=self.ROAD)
        assert queries.similar(dialogue, self.ROAD) == []

    def test_one_may_be_left_out_and_the_number_is_bounded(self, dialogue: Dialogue) -> None:
        same = [make_contribution(dialogue, text=self.ROAD) for _ in range(5)]
        assert len(queries.similar(dialogue, self.ROAD)) == 3
        found = queries.similar(dialogue, self.ROAD, limit=5, leave_out=same[0].public_id)
        assert same[0] not in found

    def test_follows_the_board(self, dialogue: Dialogue) -> None:
        waiting = make_contribution(dialogue, text=self.ROAD, status=Status.WAITING)
        assert queries.similar(dialogue, self.ROAD) == []
        actions.approve(waiting, by=make_moderator(dialogue))
        assert queries.similar(dialogue, self.ROAD) == [waiting]

    def test_the_memory_is_bounded(self) -> None:
        likeness = Likeness()
        for dialogue in range(KEPT_DIALOGUES + 5):
            likeness.nearest(str(dialogue), 1, [(1, self.ROAD)], self.ROAD, limit=3, enough=50)
        assert len(likeness._kept) == KEPT_DIALOGUES
