"""The ladder: what the programme is encoded to."""

from __future__ import annotations

from dataclasses import dataclass

from .transport import TICKS, PictureShape

FRAMES = 25  # a second
FRAME_TICKS = TICKS // FRAMES
GOP = 50  # frames in a segment: two seconds, closed
SEGMENT_SECONDS = GOP / FRAMES
AUDIO = "audio"
AUDIO_BITS = 64_000


@dataclass(frozen=True)
class Rung:
    """`codec` is the name that RFC 6381 gives to the H.264 profile and level."""

    name: str
    shape: PictureShape
    bits: int
    level: str
    codec: str


RUNGS = (
    Rung("720p", PictureShape(1280, 720), 2_200_000, "3.1", "avc1.64001f"),
    Rung("360p", PictureShape(640, 360), 700_000, "3.0", "avc1.64001e"),
)
MAIN = RUNGS[0]
NAMES = (*(rung.name for rung in RUNGS), AUDIO)
