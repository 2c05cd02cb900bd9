"""LiveKit's news, signed as LiveKit signs it: forged, repeated, late and out of order."""

import pytest

from shonglap.base.errors import Refused
from shonglap.stage import actions, livekit
from shonglap.stage.models import Seat
from tests.stage.helpers import fresh, news, opened, revision, signature, tell

pytestmark = pytest.mark.django_db


def test_joining_and_leaving_show_at_the_seat() -> None:
    seat = opened().first
    tell(seat, "joined")
    joined = fresh(seat)
    assert (joined.connected, joined.ever_connected, joined.quality) == (True, True, "unknown")
    assert joined.connected_at is not None
    tell(seat, "left")
    left = fresh(seat)
    assert (left.connected, left.ever_connected, left.quality) == (False, True, "lost")


@pytest.mark.parametrize(
    ("body", "authorization"),
    [
        ("{}", ""),
        ("{}", "nonsense"),
        ("not json", signature("not json")),
        ("{}", signature("{}", secret="another-secret-another-secret-0123")),
        ("{}", signature("{ }")),
        ("{}", signature("{}", within=-3600)),
    ],
)
def test_what_livekit_did_not_sign_is_refused(body: str, authorization: str) -> None:
    with pytest.raises(Refused, match="forged_webhook"):
        actions.receive_webhook(body.encode(), authorization)


def test_a_signature_for_another_body_is_refused() -> None:
    seat = opened().first
    good, bad = news(seat, "participant_joined"), news(seat, "participant_joined", session="PA_9")
    with pytest.raises(Refused, match="forged_webhook"):
        actions.receive_webhook(bad.encode(), signature(good))
    assert fresh(seat).connected is False


def test_a_token_without_a_hash_is_refused() -> None:
    """A token for joining the room is signed by the same key."""
    seat = opened().first
    body = news(seat, "participant_joined")
    with pytest.raises(Refused, match="forged_webhook"):
        actions.receive_webhook(body.encode(), livekit.programme_token("room", "programme"))


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Refused, match="forged_webhook"):
        actions.receive_webhook(b"\xff\xfe", signature("x"))


def test_the_same_news_twice_is_once() -> None:
    scene = opened()
    tell(scene.first, "joined")
    before = revision(scene)
    tell(scene.first, "joined")
    assert revision(scene) == before


def test_a_late_left_of_an_old_session_does_not_disconnect_the_new_one() -> None:
    seat = opened().first
    tell(seat, "joined", session="PA_1", began=1000)
    tell(seat, "joined", session="PA_2", began=2000)
    tell(seat, "left", session="PA_1", began=1000)
    assert fresh(seat).connected is True
    tell(seat, "left", session="PA_2", began=2000)
    assert fresh(seat).connected is False


def test_a_late_joined_after_its_own_left_does_not_connect() -> None:
    seat = opened().first
    tell(seat, "left", session="PA_1", began=1000)
    tell(seat, "joined", session="PA_1", began=1000)
    assert fresh(seat).connected is False


def test_a_replayed_old_joined_does_not_connect_again() -> None:
    seat = opened().first
    tell(seat, "joined", session="PA_1", began=1000)
    tell(seat, "left", session="PA_1", began=1000)
    tell(seat, "joined", session="PA_2", began=2000)
    tell(seat, "left", session="PA_2", began=2000)
    tell(seat, "joined", session="PA_1", began=1000)
    assert fresh(seat).connected is False


def test_a_left_of_the_same_moment_but_another_session_is_not_about_this_one() -> None:
    seat = opened().first
    tell(seat, "joined", session="PA_2", began=1000)
    tell(seat, "left", session="PA_1", began=1000)
    assert fresh(seat).connected is True


def test_a_connection_that_never_came_about_is_no_connection() -> None:
    seat = opened().first
    tell(seat, "joined", session="PA_1", began=1000)
    tell(seat, "connection_aborted", session="PA_1", began=1000)
    assert fresh(seat).connected is False


def test_older_servers_only_give_seconds() -> None:
    seat = opened().first
    body = news(seat, "participant_joined").replace('"joinedAtMs": "1000"', '"joinedAt": "7"')
    actions.receive_webhook(body.encode(), f"Bearer {signature(body)}")
    assert fresh(seat).session_began_ms == 7000


def test_news_of_other_rooms_strangers_and_other_things_is_nothing() -> None:
    scene = opened()
    stranger = Seat(stage=scene.stage, identity="programme")
    before = revision(scene)
    tell(scene.first, "joined", room="another-room")
    tell(stranger, "joined")
    body = news(scene.first, "room_started")
    actions.receive_webhook(body.encode(), signature(body))
    assert revision(scene) == before


def test_who_comes_in_by_an_old_token_after_removal_is_sent_out_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(livekit, "send_out", lambda room, identity: sent.append((room, identity)))
    seat = opened().first
    Seat.objects.update(removed=True)
    tell(seat, "joined")
    assert sent == [(f"dialogue-{seat.stage.dialogue.slug}", seat.identity)]
    tell(seat, "left")
    assert len(sent) == 1


def test_the_programme_puts_right_what_a_lost_webhook_left_wrong() -> None:
    scene = opened()
    identity = scene.first.identity
    actions.note_connected(identity, True)
    assert fresh(scene.first).connected is True
    before = revision(scene)
    actions.note_connected(identity, True)
    actions.note_connected("nobody", True)
    assert revision(scene) == before
    actions.note_connected(identity, False)
    assert fresh(scene.first).quality == "lost"


def test_the_line_is_as_good_as_the_programme_hears() -> None:
    scene = opened()
    identity = scene.first.identity
    actions.note_quality(identity, "poor")
    assert fresh(scene.first).quality == "poor"
    before = revision(scene)
    for who, quality in ((identity, "poor"), (identity, "splendid"), ("nobody", "good")):
        actions.note_quality(who, quality)
    assert revision(scene) == before


def test_leaving_takes_the_hand_down() -> None:
    scene = opened()
    tell(scene.first, "joined")
    actions.raise_hand(scene.first, by=scene.host, raised=True)
    tell(scene.first, "left")
    assert fresh(scene.first).hand_raised_at is None
