"""I420 pictures as numpy planes: one buffer of (height * 3 / 2) rows, three views on it.

BT.601, limited range: what browsers send by WebRTC, and what the encoded stream says of itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

WIDTH, HEIGHT = 1280, 720


@dataclass(frozen=True)
class Rect:
    """A place on the picture. All numbers are even, so that colour samples stay with their pixels."""

    x: int
    y: int
    width: int
    height: int

    def __post_init__(self) -> None:
        if any(number % 2 for number in (self.x, self.y, self.width, self.height)):
            raise ValueError(f"a rectangle on an I420 picture needs even numbers: {self}")

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def overlap(self, other: Rect) -> Rect | None:
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(x, y, right - x, bottom - y) if right > x and bottom > y else None


WHOLE = Rect(0, 0, WIDTH, HEIGHT)


class Planes:
    """Views on one I420 buffer. Width and height are multiples of four, as its layout needs."""

    def __init__(self, buffer: Bytes) -> None:
        self.buffer = buffer
        self.height, self.width = buffer.shape[0] * 2 // 3, buffer.shape[1]
        flat = buffer.reshape(-1)
        luma, chroma = self.width * self.height, self.width * self.height // 4
        half = (self.height // 2, self.width // 2)
        self.y = flat[:luma].reshape(self.height, self.width)
        self.u = flat[luma : luma + chroma].reshape(half)
        self.v = flat[luma + chroma :].reshape(half)

    @classmethod
    def blank(cls, width: int = WIDTH, height: int = HEIGHT) -> Planes:
        planes = cls(np.empty((height * 3 // 2, width), np.uint8))
        planes.y[:], planes.u[:], planes.v[:] = 16, 128, 128
        return planes

    def copy(self) -> Planes:
        return Planes(self.buffer.copy())

    def paste(self, rect: Rect, y: Bytes, u: Bytes, v: Bytes) -> None:
        """Put a picture of exactly the rectangle's size there."""
        half_x, half_y = rect.x // 2, rect.y // 2
        self.y[rect.y : rect.bottom, rect.x : rect.right] = y
        self.u[half_y : rect.bottom // 2, half_x : rect.right // 2] = u
        self.v[half_y : rect.bottom // 2, half_x : rect.right // 2] = v

    def cut(self, rect: Rect) -> tuple[Bytes, Bytes, Bytes]:
        """Views on the three planes inside the rectangle."""
        rows, columns = slice(rect.y, rect.bottom), slice(rect.x, rect.right)
        half_rows = slice(rect.y // 2, rect.bottom // 2)
        half_columns = slice(rect.x // 2, rect.right // 2)
        return (
            self.y[rows, columns],
            self.u[half_rows, half_columns],
            self.v[half_rows, half_columns],
        )


def from_rgb(rgb: Bytes) -> tuple[Bytes, Bytes, Bytes]:
    """Y, U and V planes of an RGB picture with even sides."""
    red, green, blue = (rgb[..., index].astype(np.float32) for index in range(3))
    luma = 16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255
    cb = 128 + (-37.797 * red - 74.203 * green + 112.0 * blue) / 255
    cr = 128 + (112.0 * red - 93.786 * green - 18.214 * blue) / 255
    return _rounded(luma), _rounded(halved(cb)), _rounded(halved(cr))


def halved(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean of each square of four samples."""
    rows = plane[0::2] + plane[1::2]
    return ((rows[:, 0::2] + rows[:, 1::2]) / 4).astype(np.float32)


def _rounded(plane: NDArray[np.float32]) -> Bytes:
    return np.clip(np.rint(plane), 0, 255).astype(np.uint8)
