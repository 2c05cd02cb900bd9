"""The hand of the programme: colours, soft shapes and the brand mark. Restrained on purpose."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from django.conf import settings
from PIL import Image, ImageDraw

from .lettering import Face
from .planes import HEIGHT, WIDTH

DEEP, GREEN, LINE = "#05221a", "#0c4433", "#2f7d5f"
CREAM, INK, PALE, WHITE = "#fbf8ef", "#0d2b22", "#cfe3d8", "#ffffff"
DIM = "#86b3a0"
FLAG_GREEN, FLAG_RED = "#0f6b4c", "#e23640"
GLASS = (5, 34, 26, 214)  # dark and see-through, for what lies on video
SMOOTH = 4  # shapes are drawn so many times larger and shrunk, because Pillow draws hard edges


@lru_cache(maxsize=1)
def background() -> Image.Image:
    """A dark green gradient, dithered so that it shows no bands."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    share = np.clip(rows / HEIGHT * 0.75 + columns / WIDTH * 0.25, 0, 1)[..., None]
    first, last = (np.array(_numbers(colour), np.float32) for colour in (GREEN, DEEP))
    noise = np.random.default_rng(1971).uniform(-0.5, 0.5, (HEIGHT, WIDTH, 1))
    return Image.fromarray(np.clip(first + (last - first) * share + noise, 0, 255).astype(np.uint8))


def box(
    width: int, height: int, fill: str | tuple[int, int, int, int], *, radius: int = 12, accent: str = ""
) -> Image.Image:
    """A block with soft corners; the accent is a bar on its left side."""
    return _box(width, height, fill, radius, accent).copy()


@lru_cache(maxsize=64)
def _box(
    width: int, height: int, fill: str | tuple[int, int, int, int], radius: int, accent: str
) -> Image.Image:
    mask = Image.new("L", (width * SMOOTH, height * SMOOTH))
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, width * SMOOTH - 1, height * SMOOTH - 1), radius * SMOOTH, fill=255
    )
    mask = mask.resize((width, height), Image.Resampling.LANCZOS)
    colour = _numbers(fill) if isinstance(fill, str) else fill[:3]
    strength = 255 if isinstance(fill, str) else fill[3]
    image = Image.new("RGBA", (width, height), (*colour, 255))
    if accent:
        ImageDraw.Draw(image).rectangle((0, 0, 9, height), fill=accent)
    alpha = np.asarray(mask).astype(np.uint16) * strength // 255
    if accent:
        alpha[:, :10] = np.asarray(mask)[:, :10]
    image.putalpha(Image.fromarray(alpha.astype(np.uint8)))
    return image


@lru_cache(maxsize=8)
def mark(size: int) -> Image.Image:
    """The brand mark as pages show it by night: `frontend/public/favicon.svg`, drawn once by a browser."""
    with Image.open(settings.ROOT / "assets" / "mark.png") as drawn:
        return drawn.convert("RGBA").resize((size, size), Image.Resampling.LANCZOS)


def live_badge(word: str) -> Image.Image:
    face = Face(24, bold=True)
    width = round(face.length(word)) + 52
    image = box(width, 40, FLAG_RED, radius=8)
    draw = ImageDraw.Draw(image)
    dot = Image.new("L", (14 * SMOOTH, 14 * SMOOTH))
    ImageDraw.Draw(dot).ellipse((0, 0, 14 * SMOOTH - 1, 14 * SMOOTH - 1), fill=255)
    image.paste(WHITE, (14, 13), dot.resize((14, 14), Image.Resampling.LANCZOS))
    face.draw(draw, 36, 20, word, WHITE)
    return image


def _numbers(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
