"""Sound, hand, note, name strap, and being sent out."""

from typing import Any

import pytest

from shonglap.base.errors import NotAllowed, Refused
from shonglap.record.models import Entry
from shonglap.stage import actions, livekit
from tests import factories as make
from tests.stage.helpers import fresh, opened, revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What LiveKit was told to do; it does everything."""
    told: list[tuple[Any, ...]] = []

    def set_muted(room: str, identity: str, *, muted: bool) -> bool:
        told.append(("mute" if muted else "unmute", room, identity))
        return True

    def send_out(room: str, identity: str) -> bool:
        told.append(("send_out", room, identity))
        return True

    monkeypatch.setattr(livekit, "set_muted", set_muted)
    monkeypatch.setattr(livekit, "send_out", send_out)
    return told


def test_muting_is_ours_first_and_then_livekits(orders: list[tuple[Any, ...]]) -> None:
    scene = opened()
    assert actions.mute(scene.first, by=scene.host, muted=True) is True
    assert fresh(scene.first).muted is True
    assert orders == [("mute", f"dialogue-{scene.dialogue.slug}", scene.first.identity)]
    assert actions.mute(scene.first, by=scene.host, muted=True) is True
    assert len(orders) == 1
    actions.mute(scene.first, by=scene.host, muted=False)
    assert orders[-1][0] == "unmute"
    assert Entry.objects.filter(public=False, act__in=("stage.mute", "stage.unmute")).count() == 2


def test_muting_stands_when_livekit_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(livekit, "set_muted", lambda *_args, **_facts: False)
    scene = opened()
    assert actions.mute(scene.first, by=scene.host, muted=True) is False
    assert fresh(scene.first).muted is True


def test_livekit_is_not_told_what_was_refused(orders: list[tuple[Any, ...]]) -> None:
    scene = opened()
    with pytest.raises(NotAllowed):
        actions.mute(scene.first, by=make.make_person(), muted=True)
    with pytest.raises(NotAllowed):
        actions.remove_from_stage(scene.first, by=make.make_person())
    assert orders == []


def test_who_is_removed_is_off_air_and_stays_out(orders: list[tuple[Any, ...]]) -> None:
    scene = opened()
    officer = make.make_posting(office=scene.first.site.office).person  # type: ignore[union-attr]
    actions.bring_on_air(scene.first, by=scene.host)
    assert actions.remove_from_stage(scene.first, by=scene.host) is True
    actions.remove_from_stage(scene.first, by=scene.host)
    seat = fresh(scene.first)
    assert (seat.removed, seat.on_air_order) == (True, None)
    assert orders[0][0] == "send_out"
    assert Entry.objects.filter(act="stage.remove", public=False).count() == 1
    with pytest.raises(Refused, match="removed"):
        actions.token_for_seat(scene.first, by=officer)
    actions.let_back_in(scene.first, by=scene.host)
    assert actions.token_for_seat(scene.first, by=officer)


def test_letting_back_in_who_never_left_is_nothing() -> None:
    scene = opened()
    before = revision(scene)
    actions.let_back_in(scene.first, by=scene.host)
    assert revision(scene) == before


def test_a_note_is_tidied_kept_and_taken_away() -> None:
    scene = opened()
    actions.write_note(scene.first, by=scene.host, note="  Stand\tready \r\n")
    assert fresh(scene.first).host_note == "Stand\tready".replace("\t", " ")
    actions.write_note(scene.first, by=scene.host, note="")
    assert fresh(scene.first).host_note == ""


def test_a_note_counts_signs_as_readers_do() -> None:
    scene = opened()
    actions.write_note(scene.first, by=scene.host, note="ক্ষি" * 200)
    with pytest.raises(Refused, match="too_long") as refused:
        actions.write_note(scene.first, by=scene.host, note="a" * 301)
    assert refused.value.field == "note"


def test_a_raised_hand_keeps_the_time_it_went_up() -> None:
    scene = opened()
    officer = make.make_posting(office=scene.first.site.office).person  # type: ignore[union-attr]
    actions.raise_hand(scene.first, by=officer, raised=True)
    since, before = fresh(scene.first).hand_raised_at, revision(scene)
    actions.raise_hand(scene.first, by=officer, raised=True)
    assert fresh(scene.first).hand_raised_at == since
    assert revision(scene) == before
    actions.raise_hand(scene.first, by=scene.host, raised=False)
    assert fresh(scene.first).hand_raised_at is None


def test_only_those_at_the_seat_raise_its_hand_and_only_while_the_door_is_open() -> None:
    scene = opened()
    stranger = make.make_posting().person
    with pytest.raises(NotAllowed):
        actions.raise_hand(scene.first, by=stranger, raised=True)
    with pytest.raises(NotAllowed):
        actions.name_speaker(scene.first, by=stranger, speaker_en="Me")
    ended = opened(state="ended")
    with pytest.raises(Refused, match="wrong_state"):
        actions.raise_hand(ended.first, by=ended.host, raised=True)


def test_a_speaker_has_a_name_in_one_language_at_least() -> None:
    scene = opened()
    actions.name_speaker(scene.first, by=scene.host, speaker_bn=" রহিমা  বেগম ", position_bn="সচিব")
    assert fresh(scene.first).speaker_bn == "রহিমা বেগম"
    with pytest.raises(Refused, match="too_long"):
        actions.name_speaker(scene.first, by=scene.host, speaker_en="x" * 121)
