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
from av.container import OutputContainer
from av.stream import Stream

TICKS = 90_000  # of the MPEG clock in a second
TIME_BASE = Fraction(1, TICKS)
ORIGIN = TICKS  # the timestamp of the recording's first moment; MPEG-TS has no room before zero
PACKET = 188
BUNDLE = 8  # frames of sound in one elementary packet: a sixth of a second


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
    # Tables once at the beginning: sent ten times a second they would make the sound half as large again.
    options = {"mpegts_copyts": "1", "pat_period": "10", "sdt_period": "10"}
    with av.open(file, "w", format="mpegts", options=options) as container:
        pictures = _video_stream(container, shape) if shape else None
        sounds = container.add_mux_stream("aac", rate=48_000, time_base=TIME_BASE)
        load = [(sounds, one) for one in _bundled(audio)]
        if pictures:
            load += [(pictures, one) for one in video]
        for stream, coded in sorted(load, key=lambda pair: pair[1].pts):
            container.mux(_packet(stream, coded))
    return file.getvalue()


def _video_stream(container: OutputContainer, shape: PictureShape) -> Stream:
    return container.add_mux_stream(
        "h264", rate=25, width=shape.width, height=shape.height, time_base=TIME_BASE
    )


def _bundled(audio: Sequence[Coded]) -> list[Coded]:
    """Some frames of sound under one header: one by one, each would half fill two packets."""
    groups = [audio[first : first + BUNDLE] for first in range(0, len(audio), BUNDLE)]
    return [
        Coded(
            group[0].pts,
            sum(one.duration for one in group),
            True,
            b"".join(_adts(one.data) for one in group),
        )
        for group in groups
    ]


def _packet(stream: Stream, coded: Coded) -> av.Packet[Stream]:
    packet: av.Packet[Stream] = av.Packet(coded.data)
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
