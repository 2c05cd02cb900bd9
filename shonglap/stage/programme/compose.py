"""The picture, one every 40 ms: paste what is new, blend what lies on it, give out a copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import av
import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter

from .arrangement import Arrangement, Tile
from .planes import Bytes, Planes, Rect

STALE = 3.0  # seconds without a frame after which a frozen picture gives way to the placeholder
MOST_CROPPED = 0.30  # share of a picture that may be cut away to fill its tile


@dataclass(frozen=True)
class Frame:
    """A seat's newest frame. Every frame that arrives is a new object; `at` is monotonic time."""

    buffer: Bytes
    at: float


class Composer:
    """Keeps one canvas and touches only what changed since the last picture."""

    def __init__(self) -> None:
        self._canvas = Planes.blank()
        self._arrangement: Arrangement | None = None
        self._shown: dict[int, Frame | None] = {}
        self._scalers: dict[tuple[int, int, int, int], VideoReformatter] = {}
        self._given = self._canvas.buffer

    def compose(self, arrangement: Arrangement, frames: Mapping[str, Frame], now: float) -> Bytes:
        """The picture at `now`. The same array comes back while nothing moves; nobody may write to it."""
        fresh = arrangement is not self._arrangement
        if fresh:
            self._arrangement, self._shown = arrangement, {}
            self._canvas.buffer[:] = arrangement.background.buffer
        changed = [
            self._draw(number, tile, arrangement, frames.get(tile.identity), now)
            for number, tile in enumerate(arrangement.tiles)
        ]
        if fresh or any(changed):
            self._given = self._canvas.buffer.copy()
        return self._given

    def _draw(
        self, number: int, tile: Tile, arrangement: Arrangement, frame: Frame | None, now: float
    ) -> bool:
        if frame is not None and now - frame.at > STALE:
            frame = None
        if number in self._shown and self._shown[number] is frame:
            return False
        self._shown[number] = frame
        if frame is None:
            self._canvas.paste(tile.rect, *tile.placeholder)
        else:
            self._paste_video(tile.rect, frame.buffer)
        for sprite in (*tile.sprites, *arrangement.overlays):
            sprite.blend(self._canvas, tile.rect)
        return True

    def _paste_video(self, rect: Rect, buffer: Bytes) -> None:
        source_width, source_height = buffer.shape[1], buffer.shape[0] * 2 // 3
        width, height, fills = fitted(source_width, source_height, rect)
        scaled = self._scale(buffer, width, height)
        if fills:
            left, top = (width - rect.width) // 4 * 2, (height - rect.height) // 4 * 2
            self._canvas.paste(rect, *_window(scaled, Rect(left, top, rect.width, rect.height)))
            return
        for plane, dark in zip(self._canvas.cut(rect), (16, 128, 128), strict=True):
            plane[:] = dark
        x, y = rect.x + (rect.width - width) // 4 * 2, rect.y + (rect.height - height) // 4 * 2
        self._canvas.paste(Rect(x, y, width, height), *_window(scaled, Rect(0, 0, width, height)))

    def _scale(self, buffer: Bytes, width: int, height: int) -> av.VideoFrame:
        frame = av.VideoFrame.from_numpy_buffer(buffer, format="yuv420p")
        key = (frame.width, frame.height, width, height)
        if key not in self._scalers:
            if len(self._scalers) > 64:
                self._scalers.clear()
            self._scalers[key] = VideoReformatter()
        kind = Interpolation.BICUBIC if width > frame.width else Interpolation.AREA
        return self._scalers[key].reformat(frame, width, height, "yuv420p", interpolation=kind, threads=1)


def fitted(source_width: int, source_height: int, rect: Rect) -> tuple[int, int, bool]:
    """The size to scale to, and whether it fills the tile (and is cropped) or stands inside it."""
    across, down = rect.width / source_width, rect.height / source_height
    fills = 1 - min(across, down) / max(across, down) <= MOST_CROPPED
    factor = max(across, down) if fills else min(across, down)
    width, height = _even(source_width * factor), _even(source_height * factor)
    if fills:
        return max(width, rect.width), max(height, rect.height), True
    return max(2, min(width, rect.width)), max(2, min(height, rect.height)), False


def _window(frame: av.VideoFrame, part: Rect) -> tuple[Bytes, Bytes, Bytes]:
    planes = [
        np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)  # type: ignore[call-overload]
        for plane in frame.planes
    ]
    rows, columns = slice(part.y, part.bottom), slice(part.x, part.right)
    half_rows, half_columns = slice(part.y // 2, part.bottom // 2), slice(part.x // 2, part.right // 2)
    return planes[0][rows, columns], planes[1][half_rows, half_columns], planes[2][half_rows, half_columns]


def _even(number: float) -> int:
    whole = round(number)
    return whole + whole % 2
