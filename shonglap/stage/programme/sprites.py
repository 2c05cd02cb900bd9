"""Drawn things that lie on the picture: premultiplied once, then blended cheaply and only where asked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .planes import Planes, Rect, from_rgb, halved

Words = NDArray[np.uint16]


@dataclass(frozen=True)
class Layer:
    """One plane of a sprite: result = (under * keep + add) >> 8."""

    add: Words
    keep: Words

    @classmethod
    def of(cls, samples: NDArray[np.uint8], alpha: NDArray[np.float32]) -> Layer:
        keep = np.rint((1 - alpha) * 256)
        add = samples.astype(np.float32) * (256 - keep) + 127 * (keep < 256)
        return cls(np.minimum(add, 65535).astype(np.uint16), keep.astype(np.uint16))


class Sprite:
    """An RGBA picture with its place on the programme."""

    def __init__(self, image: Image.Image, x: int, y: int) -> None:
        image = _even(image.convert("RGBA"))
        pixels = np.asarray(image)
        alpha = (pixels[..., 3] / 255).astype(np.float32)
        luma, cb, cr = from_rgb(pixels[..., :3])
        half = halved(alpha)
        self.rect = Rect(x - x % 2, y - y % 2, image.width, image.height)
        self._layers = (Layer.of(luma, alpha), Layer.of(cb, half), Layer.of(cr, half))

    def blend(self, picture: Planes, within: Rect) -> None:
        """Lay the sprite on the picture, only inside `within`: what lies outside has it already."""
        part = self.rect.overlap(within)
        if part is None:
            return
        for plane, layer, step in zip(
            (picture.y, picture.u, picture.v), self._layers, (1, 2, 2), strict=True
        ):
            under = plane[part.y // step : part.bottom // step, part.x // step : part.right // step]
            rows = slice((part.y - self.rect.y) // step, (part.bottom - self.rect.y) // step)
            columns = slice((part.x - self.rect.x) // step, (part.right - self.rect.x) // step)
            np.copyto(under, (under * layer.keep[rows, columns] + layer.add[rows, columns]) >> 8, "unsafe")


def _even(image: Image.Image) -> Image.Image:
    """The picture with even sides; what is added is transparent."""
    width, height = image.width + image.width % 2, image.height + image.height % 2
    if (width, height) == image.size:
        return image
    larger = Image.new("RGBA", (width, height))
    larger.paste(image)
    return larger
