"""Speech-like sound: syllables on a pitch of one's own. Nothing is said, but everybody is told apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
SECONDS = 12
PITCHES = (108, 196, 132, 228, 96, 174, 148, 210, 120)
# The first two formants (hertz) of some vowels.
VOWELS = ((730, 1090), (530, 1840), (390, 1990), (570, 840), (440, 1020), (300, 870))

Samples = NDArray[np.int16]


def voice(number: int) -> Samples:
    """Twelve seconds of somebody talking, to be repeated; the first and last samples are silent."""
    chance = np.random.default_rng(1000 + number)
    wave = np.zeros(SECONDS * RATE, np.float32)
    at = int(0.1 * RATE)
    while at < len(wave) - RATE // 2:
        length = int(chance.uniform(0.11, 0.26) * RATE)
        if chance.random() < 0.12:
            at += int(chance.uniform(0.15, 0.45) * RATE)  # a breath
            continue
        pitch = PITCHES[number % len(PITCHES)] * chance.uniform(0.9, 1.14)
        wave[at : at + length] += _syllable(pitch, length, VOWELS[chance.integers(len(VOWELS))])
        at += int(length * 0.92)
    loud: NDArray[np.float32] = wave * np.float32(9_000 / np.abs(wave).max())
    return loud.astype(np.int16)


def _syllable(pitch: float, length: int, formants: tuple[int, int]) -> NDArray[np.float32]:
    time = np.arange(length, dtype=np.float32) / RATE
    sound = np.zeros(length, np.float32)
    for harmonic in range(1, int(3_000 / pitch)):
        hertz = pitch * harmonic
        strength = sum(1 / (1 + ((hertz - formant) / 130) ** 2) for formant in formants) + 0.02
        sound += np.float32(strength / harmonic**0.5) * np.sin(2 * np.pi * hertz * time)
    rise = np.abs(np.sin(np.linspace(0, np.pi, length, dtype=np.float32))) ** 0.7
    result: NDArray[np.float32] = (sound * rise).astype(np.float32)
    return result
