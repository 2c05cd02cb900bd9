"""The encoders: one thread a rung, each with a short queue that drops frames rather than grow."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.video.frame import PictureType
from av.video.reformatter import Interpolation, VideoReformatter

from .planes import HEIGHT, Bytes
from .rungs import AUDIO, AUDIO_BITS, FRAME_TICKS, FRAMES, GOP, Rung
from .sound import RATE, Samples
from .transport import TICKS, Coded

QUEUE = 8  # frames that may wait: a third of a second
FRAME_TIME = Fraction(1, FRAMES)

# Where encoded frames go: the rung's name, the segment's index in this run, the frame.
Sink = Callable[[str, int, Coded], None]


@dataclass(frozen=True)
class Picture:
    """A composed picture, `index` frames after the run began."""

    index: int
    buffer: Bytes

    @property
    def opens_segment(self) -> bool:
        return self.index % GOP == 0


class VideoEncoder(threading.Thread):
    """Encodes one rung. `offer` never blocks; a picture that opens a segment is never dropped."""

    def __init__(self, rung: Rung, sink: Sink, *, origin: int) -> None:
        super().__init__(name=f"encoder-{rung.name}", daemon=True)
        self.rung, self.dropped = rung, 0
        self._sink, self._origin = sink, origin
        self._waiting: deque[Picture | None] = deque()
        self._news = threading.Condition()
        self._context = video_context(rung)
        self._scaler = VideoReformatter()
        self._scaled: tuple[Bytes, av.VideoFrame] | None = None

    def offer(self, picture: Picture) -> None:
        with self._news:
            if len(self._waiting) >= QUEUE and not self._make_room(picture):
                return
            self._waiting.append(picture)
            self._news.notify()

    def _make_room(self, newest: Picture) -> bool:
        """Drop one frame: the oldest that waits and opens no segment, else the newest one."""
        self.dropped += 1
        for waiting in self._waiting:
            if waiting is not None and not waiting.opens_segment:
                self._waiting.remove(waiting)
                return True
        return newest.opens_segment

    def finish(self) -> None:
        """Encode what waits, then end the thread."""
        with self._news:
            self._waiting.append(None)
            self._news.notify()

    def run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._waiting)
                picture = self._waiting.popleft()
            if picture is None:
                return self.flush()
            self.encode(picture)

    def encode(self, picture: Picture) -> None:
        frame = self._frame(picture.buffer)
        frame.pts, frame.time_base = picture.index, FRAME_TIME
        frame.pict_type = PictureType.I if picture.opens_segment else PictureType.NONE
        self._give(self._context.encode(frame))

    def flush(self) -> None:
        self._give(self._context.encode(None))

    def _give(self, packets: Iterable[av.Packet[Any]]) -> None:
        for packet in packets:
            index = int(packet.pts or 0)
            coded = Coded(self._origin + index * FRAME_TICKS, FRAME_TICKS, packet.is_keyframe, bytes(packet))
            self._sink(self.rung.name, index // GOP, coded)

    def _frame(self, buffer: Bytes) -> av.VideoFrame:
        """A frame of this rung's size; a picture that stands still is scaled once."""
        if self.rung.shape.height == HEIGHT:
            return av.VideoFrame.from_numpy_buffer(buffer, format="yuv420p")
        if self._scaled is None or self._scaled[0] is not buffer:
            whole = av.VideoFrame.from_numpy_buffer(buffer, format="yuv420p")
            shape = self.rung.shape
            scaled = self._scaler.reformat(
                whole, shape.width, shape.height, "yuv420p", interpolation=Interpolation.AREA, threads=1
            )
            self._scaled = (buffer, scaled)
        return self._scaled[1]


def video_context(rung: Rung) -> av.VideoCodecContext:
    """x264 without lookahead, B-frames or scene cuts: a frame in, its packet out; keyframes where we say."""
    context = av.CodecContext.create("libx264", "w")
    context.width, context.height, context.pix_fmt = rung.shape.width, rung.shape.height, "yuv420p"
    context.time_base, context.framerate = FRAME_TIME, Fraction(FRAMES)
    context.bit_rate = rung.bits
    context.gop_size, context.max_b_frames, context.thread_count = 10 * GOP, 0, 1
    context.options = {
        "preset": "superfast",
        "forced-idr": "1",
        "rc-lookahead": "0",
        "level": rung.level,
        "maxrate": str(rung.bits * 5 // 4),
        "bufsize": str(rung.bits * 2),
        "x264-params": (
            "scenecut=0:sync-lookahead=0:mbtree=0:force-cfr=1:open-gop=0:aud=1:log-level=none"
            ":colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m"
        ),
    }
    context.open()
    return context


class SoundEncoder:
    """AAC, called by the sound's own clock; the time of a packet is counted in samples."""

    def __init__(self, sink: Sink, *, origin: int) -> None:
        self._sink, self._origin, self._taken = sink, origin, 0
        context = av.CodecContext.create("aac", "w")
        context.sample_rate, context.layout, context.format = RATE, "mono", "fltp"
        context.bit_rate, context.time_base = AUDIO_BITS, Fraction(1, RATE)
        context.open()
        self._context = context

    def encode(self, block: Samples) -> None:
        wave = (block.astype(np.float32) / 32_768)[None, :]
        frame = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._taken, Fraction(1, RATE)
        self._taken += len(block)
        self._give(self._context.encode(frame))

    def finish(self) -> None:
        self._give(self._context.encode(None))

    def _give(self, packets: Iterable[av.Packet[Any]]) -> None:
        for packet in packets:
            sample = int(packet.pts or 0)
            if sample < 0:  # the encoder's run-up holds no sound of ours
                continue
            pts = sample * TICKS // RATE
            index = pts // (GOP * FRAME_TICKS)
            duration = int(packet.duration or 1024) * TICKS // RATE
            self._sink(AUDIO, index, Coded(self._origin + pts, duration, True, bytes(packet)))
