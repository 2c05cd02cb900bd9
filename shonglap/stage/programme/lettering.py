"""Text on the picture: Bangla shaped by Raqm, wrapped between words, an ellipsis where it is too long."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path

import regex
from django.conf import settings
from PIL import ImageDraw, ImageFont

ELLIPSIS = "…"
MAIN, OTHER = "NotoSansBengali", "NotoSans"


def _folders() -> tuple[Path, ...]:
    """Our own fonts first; a machine's Noto fonts stand in for what is missing there."""
    return settings.ROOT / "assets" / "fonts", Path("/usr/share/fonts/truetype/noto")


def _path(family: str, *, bold: bool) -> Path:
    """Where the font lies. Without the Latin one the main font stands in: boxes, but a picture."""
    name = f"{family}-{'Bold' if bold else 'Regular'}.ttf"
    for folder in _folders():
        if (folder / name).exists():
            return folder / name
    if family != MAIN:
        return _path(MAIN, bold=bold)
    raise FileNotFoundError(f"The font {name} is missing from assets/fonts")


@lru_cache(maxsize=64)
def _font(family: str, bold: bool, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_path(family, bold=bold), size, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=4096)
def _covered(sign: str) -> bool:
    """Whether the main font has this sign: one that it lacks looks like one that nobody has."""
    if sign.isspace() or not sign.isprintable():
        return True
    font = _font(MAIN, False, 24)
    return bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))


@dataclass(frozen=True)
class Face:
    """A weight and a size. Signs that the Bangla font lacks are taken from its Latin sister."""

    size: int
    bold: bool = False

    @property
    def line_height(self) -> int:
        return round(self.size * 1.42)

    def length(self, text: str) -> float:
        return sum(font.getlength(run) for font, run in self._runs(text))

    def draw(self, canvas: ImageDraw.ImageDraw, x: float, middle: float, text: str, fill: str) -> None:
        """One line from `x`, its body standing around `middle`."""
        baseline = middle + self.size * 0.34
        for font, run in self._runs(text):
            canvas.text((x, baseline), run, fill=fill, font=font, anchor="ls")
            x += font.getlength(run)

    def _runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        for covered, signs in groupby(text, _covered):
            yield _font(MAIN if covered else OTHER, self.bold, self.size), "".join(signs)

    def one_line(self, text: str, width: float) -> str:
        lines = self.wrap(text, width, most=1)
        return lines[0] if lines else ""

    def wrap(self, text: str, width: float, *, most: int) -> list[str]:
        """Lines no wider than `width`; a text that needs more than `most` ends in an ellipsis."""
        lines = list(islice(self._lines(text, width), most + 1))
        if len(lines) <= most:
            return lines
        return [*lines[: most - 1], self._shortened(lines[most - 1], width)]

    def _lines(self, text: str, width: float) -> Iterator[str]:
        line = ""
        for word in text.split():
            for piece in self._pieces(word, width):
                longer = f"{line} {piece}" if line else piece
                if line and self.length(longer) > width:
                    yield line
                    longer = piece
                line = longer
        if line:
            yield line

    def _pieces(self, word: str, width: float) -> Iterator[str]:
        """The word, cut between signs that a reader sees only if no line could hold it."""
        if self.length(word) <= width:
            yield word
            return
        signs = regex.findall(r"\X", word)
        while signs:
            fitting = max(1, self._most(signs, width, ""))
            yield "".join(signs[:fitting])
            signs = signs[fitting:]

    def _shortened(self, line: str, width: float) -> str:
        signs = regex.findall(r"\X", line)
        return "".join(signs[: self._most(signs, width, ELLIPSIS)]).rstrip() + ELLIPSIS

    def _most(self, signs: list[str], width: float, end: str) -> int:
        """How many of the signs fit, with the end after them: measured few times, for shaping is slow."""

        def length(number: int) -> float:
            return self.length("".join(signs[:number]) + end)

        return max(0, bisect_right(range(len(signs) + 1), width, key=length) - 1)
