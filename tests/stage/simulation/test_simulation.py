"""Simulated sites: pleasant to look at, told apart by ear, and let in like anybody else."""

import numpy as np
import pytest

from shonglap.base import clock
from shonglap.base.errors import NotFound, Refused
from shonglap.dialogues.models import State
from shonglap.stage.models import Scene, Seat
from shonglap.stage.simulation import stage as simulated
from shonglap.stage.simulation.pictures import FRAMES, HEIGHT, LOOP, WIDTH, Loops
from shonglap.stage.simulation.voices import RATE, SECONDS, voice
from tests.factories import make_dialogue, make_guest, make_host, make_posting, make_site, make_stage


@pytest.fixture(scope="module")
def loops() -> Loops:
    return Loops(1, "চট্টগ্রাম")


def test_the_picture_moves_more_while_speaking(loops: Loops) -> None:
    def movement(speaking: bool) -> float:
        first, second = (loops.frame(count, speaking=speaking).astype(int) for count in (3, 9))
        return float(np.abs(first - second).mean())

    assert loops.frame(0, speaking=True).shape == (HEIGHT * 3 // 2, WIDTH)
    assert 0 < movement(False) < movement(True)


def test_the_counter_runs(loops: Loops) -> None:
    now, later = (loops.frame(count, speaking=False) for count in (0, 5 * LOOP))
    assert 5 * LOOP // FRAMES > 0
    assert not np.array_equal(now[:HEIGHT], later[:HEIGHT])


def test_sites_look_and_sound_different(loops: Loops) -> None:
    other = Loops(2, "রংপুর")
    assert not np.array_equal(loops.frame(0, speaking=False), other.frame(0, speaking=False))
    assert not np.array_equal(voice(1), voice(2))


def test_a_voice_is_loud_enough_has_pauses_and_can_be_repeated() -> None:
    wave = voice(0).astype(int)
    assert len(wave) == SECONDS * RATE
    assert 8_000 <= np.abs(wave).max() <= 10_000
    loudness = np.abs(wave).reshape(-1, RATE // 50).mean(axis=1)
    assert (loudness < 50).mean() > 0.05
    assert np.abs(wave[:100]).max() == np.abs(wave[-100:]).max() == 0


@pytest.mark.django_db
def test_places_are_the_seats_in_their_order() -> None:
    dialogue = make_dialogue(state=State.LIVE, slug="a")
    for name in ("ঢাকা", "সিলেট", "খুলনা"):
        make_site(dialogue, place_bn=name)
    stage = make_stage(dialogue)
    assert [place.name for place in simulated.places("a", [], 2)] == ["ঢাকা", "সিলেট"]
    last = stage.seats.get(site__place_bn="খুলনা")
    assert [place.identity for place in simulated.places("a", [last.identity], 8)] == [last.identity]
    with pytest.raises(NotFound):
        simulated.places("another", [], 8)


@pytest.mark.django_db
def test_each_kind_of_seat_finds_somebody_who_may_sit_there() -> None:
    dialogue = make_dialogue(state=State.LIVE)
    contact = make_posting()
    make_site(dialogue, contact=contact, office=contact.office)
    make_site(dialogue)
    make_guest(dialogue)
    stage = make_stage(dialogue)
    with pytest.raises(NotFound):
        simulated.token(stage.seats.filter(guest__isnull=False).get().identity)
    make_host(dialogue)
    assert all(simulated.token(seat.identity).count(".") == 2 for seat in stage.seats.all())


@pytest.mark.django_db
def test_nobody_is_let_in_before_the_stage_is_open() -> None:
    dialogue = make_dialogue(state=State.ANNOUNCED)
    make_host(dialogue)
    make_site(dialogue)
    seat = make_stage(dialogue).seats.get()
    with pytest.raises(Refused):
        simulated.token(seat.identity)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scene", "speakers"),
    [(Scene.SOLO, {0}), (Scene.TWO, {0, 1}), (Scene.GRID, {0, 1, 2}), (Scene.SLATE, set())],
)
def test_those_in_the_picture_speak_in_turn(scene: Scene, speakers: set[int]) -> None:
    dialogue = make_dialogue(state=State.LIVE, slug="a")
    for _ in range(4):
        make_site(dialogue)
    stage = make_stage(dialogue, scene=scene)
    seats = list(stage.seats.all())
    for order, seat in enumerate(seats):
        Seat.objects.filter(pk=seat.pk).update(on_air_order=order + 1, muted=order == 3)
    heard = set()
    for turn in range(12):
        with clock.shifted(turn * simulated.TURN):
            floor = simulated.floor("a")
        heard.add(floor.speaker)
        assert floor.on_air == {seat.identity for seat in seats}
    assert heard - {""} == {seats[number].identity for number in speakers}
