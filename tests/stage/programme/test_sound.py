"""The mix: nothing waits, nothing wraps, nothing is heard that should not be."""

import numpy as np

from shonglap.stage.programme.sound import BLOCK, KNEE, LOUDEST, MOST, WAIT, JitterBuffer, Mixer, soft_limit


def full(value: int, blocks: int = WAIT) -> JitterBuffer:
    buffer = JitterBuffer()
    for _ in range(blocks):
        buffer.push(np.full(BLOCK, value, np.int16))
    return buffer


def settled(mixer: Mixer, *seats: tuple[str, JitterBuffer, bool]) -> None:
    mixer.mix(seats)  # the first block of a seat is faded in


def test_a_seat_is_heard_only_after_some_blocks_and_again_after_it_ran_dry() -> None:
    buffer = full(100, WAIT - 1)
    assert buffer.pull() is None
    buffer.push(np.full(BLOCK, 100, np.int16))
    assert all(buffer.pull() is not None for _ in range(WAIT))
    assert buffer.pull() is None
    buffer.push(np.full(BLOCK, 100, np.int16))
    assert buffer.pull() is None


def test_samples_of_any_length_become_whole_blocks_in_order() -> None:
    buffer = JitterBuffer()
    wave = np.arange(10 * BLOCK, dtype=np.int16)
    for piece in np.array_split(wave, 17):
        buffer.push(piece)
    blocks = [buffer.pull() for _ in range(10)]
    assert np.array_equal(np.concatenate([block for block in blocks if block is not None]), wave)


def test_a_line_that_caught_up_is_not_heard_late() -> None:
    buffer = full(1, MOST + 3)
    buffer.pull()
    left = 0
    while buffer.pull() is not None:
        left += 1
    assert left == WAIT - 1


def test_nobody_pulling_does_not_fill_the_memory() -> None:
    buffer = full(1, 500)
    assert len(buffer._blocks) <= 2 * MOST


def test_a_silent_source_stalls_nobody() -> None:
    mixer, speaking = Mixer(), full(1000, 5)
    settled(mixer, ("a", speaking, False), ("silent", JitterBuffer(), False))
    mixed = mixer.mix([("a", speaking, False), ("silent", JitterBuffer(), False)])
    assert np.all(mixed == 1000)


def test_seats_are_summed() -> None:
    mixer, first, second = Mixer(), full(1000), full(-300)
    settled(mixer, ("a", first, False), ("b", second, False))
    assert np.all(mixer.mix([("a", first, False), ("b", second, False)]) == 700)


def test_a_muted_seat_is_silent_and_keeps_time() -> None:
    mixer, buffer = Mixer(), full(5000, 4)
    settled(mixer, ("a", buffer, False))
    fading = mixer.mix([("a", buffer, True)])
    assert fading[0] > fading[-1]
    assert not mixer.mix([("a", buffer, True)]).any()
    assert len(buffer._blocks) == 1


def test_coming_and_going_is_faded() -> None:
    rising = Mixer().mix([("a", full(6000), False)])
    assert rising[0] < 100 < rising[-1]
    assert np.all(np.diff(rising.astype(int)) >= 0)


def test_quiet_sums_pass_unchanged_and_loud_ones_never_wrap() -> None:
    quiet = np.array([0, 5, -KNEE, KNEE], np.int32)
    assert np.array_equal(soft_limit(quiet), quiet)
    loud = np.array([8 * 32_767, -8 * 32_767, KNEE + 100, 10], np.int32)
    bent = soft_limit(loud).astype(int)
    assert bent[0] <= LOUDEST
    assert bent[1] >= -LOUDEST
    assert KNEE < bent[2] <= KNEE + 100
    assert bent[3] == 10


def test_nobody_at_all_is_a_block_of_silence() -> None:
    assert Mixer().mix([]).shape == (BLOCK,)
    assert not Mixer().mix([]).any()
