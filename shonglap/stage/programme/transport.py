"""MPEG-TS segments: a fresh muxer for each, yet one unbroken stream for whoever plays them in a row.

Timestamps are absolute (copyts, no mux delay) and the continuity counters of a segment are moved to go on
where the segment before stopped.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np

TICKS = 90_000  # of the MPEG clock in a second
TIME_BASE = Fraction(1, TICKS)
ORIGIN = TICKS  # the timestamp of the recording's first moment; MPEG-TS has no room before zero
PACKET = 188


@dataclass(frozen=True)
class Coded:
    """One encoded frame; `pts` in ticks of the MPEG clock. There are no B-frames, so it is the dts too."""

    pts: int
    duration: int
    key: bool
    data: bytes


@dataclass(frozen=True)
class PictureShape:
    width: int
    height: int


class Continuity:
    """Keeps the four-bit counter of each packet identifier running over segments."""

    def __init__(self) -> None:
        self._next: dict[int, int] = {}

    def run_on(self, segment: bytes) -> bytes:
        packets = np.frombuffer(bytearray(segment), np.uint8).reshape(-1, PACKET)
        pids = (packets[:, 1].astype(np.uint16) & 0x1F) << 8 | packets[:, 2]
        for pid in np.unique(pids):
            rows = np.nonzero(pids == pid)[0]
            counters = packets[rows, 3] & 0x0F
            loaded = packets[rows, 3] & 0x10 > 0  # a packet without payload repeats its counter
            if not loaded.any():
                continue
            first = int(counters[loaded][0])
            moved = (counters + (self._next.get(int(pid), 0) - first)) & 0x0F
            packets[rows, 3] = (packets[rows, 3] & 0xF0) | moved
            self._next[int(pid)] = (int(moved[loaded][-1]) + 1) & 0x0F
        return packets.tobytes()


def mux(shape: PictureShape | None, video: Sequence[Coded], audio: Sequence[Coded]) -> bytes:
    """One segment as MPEG-TS; without a shape it holds sound only."""
    file = io.BytesIO()
    options = {"mpegts_copyts": "1", "mpegts_flags": "resend_headers"}
    with av.open(file, "w", format="mpegts", options=options) as container:
        pictures = _video_stream(container, shape) if shape else None
        sounds = container.add_mux_stream("aac", rate=48_000, time_base=TIME_BASE)
        for stream, coded in sorted(
            [(pictures, one) for one in video] + [(sounds, one) for one in audio], key=lambda pair: pair[1].pts
        ):
            container.mux(_packet(stream, coded, coded.data if stream is pictures else _adts(coded.data)))
    return file.getvalue()


def _video_stream(container: av.container.OutputContainer, shape: PictureShape) -> av.VideoStream:
    return container.add_mux_stream(
        "h264", rate=25, width=shape.width, height=shape.height, time_base=TIME_BASE
    )


def _packet(stream: av.stream.Stream | None, coded: Coded, data: bytes) -> av.Packet:
    packet = av.Packet(data)
    packet.stream = stream
    packet.time_base = TIME_BASE
    packet.pts = packet.dts = coded.pts
    packet.duration = coded.duration
    packet.is_keyframe = coded.key
    return packet


def _adts(data: bytes) -> bytes:
    """An AAC frame with the header that MPEG-TS wants: LC profile, 48 kHz, one channel."""
    length = len(data) + 7
    head = (0xFF, 0xF1, 0x4C, 0x40 | length >> 11, length >> 3 & 0xFF, (length & 7) << 5 | 0x1F, 0xFC)
    return bytes(head) + data
