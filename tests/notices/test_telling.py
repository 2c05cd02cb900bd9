"""Who is told what, and how often."""

import pytest

from shonglap.notices import actions
from shonglap.notices.kinds import KINDS, Kind
from shonglap.notices.models import Follow, Notice
from tests.factories import make_person

pytestmark = pytest.mark.django_db

ABOUT = {"subject": "commitment:abc", "path": "/commitments/abc/"}


def test_an_event_is_told_a_person_once() -> None:
    person = make_person(language="en")
    told = actions.tell(person, "late", once="late-abc", days="3", **ABOUT)
    assert told is not None
    assert (told.language, told.facts) == ("en", {"days": "3"})
    assert actions.tell(person, "late", once="late-abc", days="3", **ABOUT) is None
    assert actions.tell(make_person(), "late", once="late-abc", days="3", **ABOUT) is not None
    assert Notice.objects.filter(person=person).count() == 1


def test_followers_are_told_and_those_who_left_are_not() -> None:
    stays, leaves, closed = make_person(), make_person(), make_person(is_active=False)
    for person in (stays, leaves, closed, stays):
        actions.follow(person, ABOUT["subject"])
    assert Follow.objects.count() == 3
    actions.unfollow(leaves, ABOUT["subject"])
    assert actions.tell_followers("late", once="late-abc", **ABOUT) == 1
    assert actions.tell_followers("late", once="late-abc", **ABOUT) == 0, "they know it already"
    assert [notice.person for notice in Notice.objects.all()] == [stays]


@pytest.mark.parametrize(
    ("email", "phone", "kept"),
    [("a@example.com", "+8801700000000", ("a@example.com", "")), ("", "+88017", ("", "+88017"))],
)
def test_without_an_account_one_is_told_in_one_way(email: str, phone: str, kept: tuple[str, str]) -> None:
    told = actions.tell_address("code", email=email, phone=phone, language="bn", facts={}, **ABOUT)
    assert told is not None
    assert (told.email, told.phone) == kept


def test_without_an_address_nobody_is_told() -> None:
    told = actions.tell_address("code", email="", phone="", language="bn", facts={}, **ABOUT)
    assert (told, Notice.objects.count()) == (None, 0)


def test_kinds_are_known_by_their_codes() -> None:
    assert all(code == kind.code for code, kind in KINDS.items())
    assert not Kind("late", "label", "title", "body").urgent, "only what cannot wait goes out at once"
