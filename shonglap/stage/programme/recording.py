"""The recording: all segments of the main rung in one MP4, without encoding anything again.

Segments carry the recording's own time already (see `transport.ORIGIN`), so a moment's place in the file is
the sum of earlier parts plus its distance from the beginning of its part, as `stage.queries` computes it.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer

from .journal import Segment
from .rungs import MAIN
from .transport import ORIGIN, TICKS


class Chain(io.RawIOBase):
    """Segment files read as one stream, one open at a time."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths: Iterator[Path] = iter(paths)
        self._file: io.BufferedReader | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while True:
            if self._file is None:
                path = next(self._paths, None)
                if path is None:
                    return b""
                self._file = path.open("rb")
            content = self._file.read(size)
            if content:
                return content
            self._file.close()
            self._file = None


def make_recording(folder: Path, segments: Sequence[Segment], target: Path) -> bool:
    """Write the MP4, playable from its first bytes on; False if there is nothing to make it of."""
    paths = [folder / MAIN.name / f"{one.number}.ts" for one in segments if MAIN.name in one.sizes]
    paths = [path for path in paths if path.exists()]
    if not paths:
        return False
    draft = target.with_name(f".{target.name}.draft")
    with (
        av.open(Chain(paths), "r", format="mpegts", buffer_size=1 << 18) as source,
        av.open(str(draft), "w", format="mp4", options={"movflags": "+faststart"}) as result,
    ):
        _copy(source, result)
    os.replace(draft, target)
    return True


def _copy(source: InputContainer, result: OutputContainer) -> None:
    chosen = [source.streams.video[0], source.streams.audio[0]]
    streams = {one.index: result.add_stream_from_template(one, opaque=True) for one in chosen}
    newest = dict.fromkeys(streams, -1)
    for packet in source.demux(chosen):
        if packet.dts is None or packet.pts is None:
            continue
        index = packet.stream.index
        origin = int(ORIGIN / TICKS / packet.time_base)
        packet.pts, packet.dts = packet.pts - origin, packet.dts - origin
        if packet.dts <= newest[index]:  # the seam of two parts may repeat some milliseconds of sound
            continue
        newest[index] = packet.dts
        packet.stream = streams[index]
        result.mux(packet)
