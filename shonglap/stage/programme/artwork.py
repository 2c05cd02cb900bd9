"""The overlays: what they say and how they look. Each drawing is made once and kept while it is in use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils import translation
from django.utils.translation import gettext
from PIL import Image, ImageDraw

from . import drawing
from .drawing import CREAM, DEEP, GLASS, GREEN, INK, LINE, PALE, WHITE
from .layout import CARD, HEADER, INSET
from .lettering import Face
from .planes import HEIGHT, WIDTH
from .view import OnAir

Picture = Image.Image
ROOM = 24  # between the edge of a block and its text


@dataclass(frozen=True)
class Words:
    """The programme's own words in the language of the overlays."""

    brand: str
    live: str
    soon: str
    no_picture: str
    question: str


@lru_cache(maxsize=4)
def words(language: str) -> Words:
    with translation.override(language):
        return Words(
            brand=gettext("Shonglap"),
            live=gettext("Live"),
            soon=gettext("We will be back soon"),
            no_picture=gettext("No picture at the moment"),
            question=gettext("From our viewers"),
        )


@lru_cache(maxsize=16)
def header(language: str, agenda_title: str, clock: str) -> Picture:
    """The strip above the tiles, without the background."""
    image = Image.new("RGBA", (WIDTH, HEADER))
    draw = ImageDraw.Draw(image)
    left = _signature(image, language, x=28, middle=HEADER // 2)
    face, time = Face(30), Face(30, bold=True)
    right = WIDTH - 28 - time.length(clock)
    time.draw(draw, right, HEADER / 2, clock, WHITE)
    title = face.one_line(agenda_title, right - left - 2 * ROOM)
    face.draw(draw, left + (right - left - face.length(title)) / 2, HEADER / 2, title, PALE)
    draw.rectangle((28, HEADER - 2, WIDTH - 28, HEADER - 1), fill=LINE)
    return image


@lru_cache(maxsize=16)
def corner(language: str, agenda_title: str) -> Picture:
    """Brand, live mark and agenda item in one block that lies on video."""
    face = Face(28)
    title = face.one_line(agenda_title, 620)
    signature = Image.new("RGBA", (600, 64))
    end = _signature(signature, language, x=16, middle=32)
    width = round(end + (face.length(title) + ROOM if title else 0)) + 16
    image = drawing.box(width, 64, GLASS)
    image.alpha_composite(signature.crop((0, 0, min(width, 600), 64)))
    face.draw(ImageDraw.Draw(image), end + ROOM, 32, title, WHITE)
    return image


@lru_cache(maxsize=4)
def clock_block(clock: str) -> Picture:
    face = Face(30, bold=True)
    width = round(face.length(clock)) + 40
    image = drawing.box(width, 64, GLASS)
    face.draw(ImageDraw.Draw(image), 20, 32, clock, WHITE)
    return image


def _signature(image: Picture, language: str, *, x: int, middle: int) -> int:
    """Mark, name and live badge from `x`; gives back where they end."""
    said = words(language)
    name, badge = Face(30, bold=True), drawing.live_badge(said.live)
    image.alpha_composite(drawing.mark(44), (x, middle - 21))
    name.draw(ImageDraw.Draw(image), x + 56, middle, said.brand, WHITE)
    end = x + 56 + round(name.length(said.brand)) + 18
    image.alpha_composite(badge, (end, middle - 20))
    return end + badge.width


@lru_cache(maxsize=64)
def strap(seat: OnAir, tile_width: int, tile_height: int, *, small: bool = False) -> Picture | None:
    """Who speaks: two lines where the tile has room for them, else the place alone."""
    first, second = _strap_lines(seat, tile_height)
    if not first:
        return None
    full = tile_width == WIDTH and not small
    sizes = (40, 29) if full else (28, 21) if tile_height >= 280 else (25, 0)
    upper, lower = Face(sizes[0], bold=True), Face(sizes[1] or 20)
    most = (WIDTH - 160 if full else tile_width - 24) - 2 * ROOM
    lines = [upper.one_line(first, most), lower.one_line(second, most) if second else ""]
    width = round(max(upper.length(lines[0]), lower.length(lines[1]))) + 2 * ROOM + 4
    upper_height = round(upper.size * 1.55)
    height = upper_height + (round(lower.size * 1.55) if lines[1] else 0) + (12 if full else 4)
    image = drawing.box(width, height, GLASS, radius=8, accent=drawing.FLAG_RED)
    draw = ImageDraw.Draw(image)
    top = 6 if full else 2
    upper.draw(draw, ROOM, top + upper_height / 2, lines[0], WHITE)
    lower.draw(draw, ROOM, top + upper_height + lower.size * 0.7, lines[1], PALE)
    return image


def _strap_lines(seat: OnAir, tile_height: int) -> tuple[str, str]:
    if tile_height < 280:
        return seat.place or seat.name, ""
    about = ", ".join(part for part in (seat.position, seat.place) if part)
    return (seat.name, about) if seat.name else (seat.place, seat.position)


@lru_cache(maxsize=8)
def card(language: str, text: str, author: str) -> Picture:
    """The question in the lower third: up to three lines in large letters."""
    image = drawing.box(CARD.width, CARD.height, CREAM, radius=14, accent=drawing.FLAG_GREEN)
    draw = ImageDraw.Draw(image)
    room = CARD.width - 2 * ROOM - 20
    small = Face(24, bold=True)
    face, lines = _fitting(text, room, CARD.height - 62, sizes=(38, 34, 30), most=3)
    block = len(lines) * face.line_height
    top = 8 + (CARD.height - 56 - block) / 2
    for number, line in enumerate(lines):
        face.draw(draw, ROOM + 10, top + (number + 0.5) * face.line_height, line, INK)
    small.draw(draw, ROOM + 10, CARD.height - 30, _byline(language, author, small, room), drawing.FLAG_GREEN)
    return image


@lru_cache(maxsize=8)
def full_card(language: str, text: str, author: str, with_inset: bool) -> Picture:
    """The question as the whole picture; somebody who answers may stand in the corner below."""
    width, height = WIDTH - 80, (INSET.y if with_inset else HEIGHT) - HEADER - 20 - (16 if with_inset else 36)
    image = drawing.box(width, height, CREAM, radius=16, accent=drawing.FLAG_GREEN)
    draw = ImageDraw.Draw(image)
    room = width - 2 * 56
    face, lines = _fitting(text, room, height - 140, sizes=(60, 54, 48, 42, 36), most=8)
    small = Face(30, bold=True)
    top = 30 + (height - 110 - len(lines) * face.line_height) / 2
    for number, line in enumerate(lines):
        face.draw(draw, 56, top + (number + 0.5) * face.line_height, line, INK)
    draw.rectangle((56, height - 86, 56 + 80, height - 83), fill=drawing.FLAG_RED)
    small.draw(draw, 56, height - 50, _byline(language, author, small, room), drawing.FLAG_GREEN)
    return image


def _byline(language: str, author: str, face: Face, room: float) -> str:
    return face.one_line(author or words(language).question, room)


def _fitting(
    text: str, room: float, height: float, *, sizes: tuple[int, ...], most: int
) -> tuple[Face, list[str]]:
    """The largest letters in which the whole text fits; in the smallest it may be cut."""
    for size in sizes:
        face = Face(size)
        lines = min(most, int(height // face.line_height))
        wrapped = face.wrap(text, room, most=lines)
        if len(face.wrap(text, room, most=lines + 1)) <= lines:
            break
    return face, wrapped


@lru_cache(maxsize=4)
def slate(language: str, topic: str) -> Picture:
    """What everybody sees when nobody is on air."""
    image = Image.new("RGBA", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    said, name = words(language), Face(54, bold=True)
    width = 96 + 24 + name.length(said.brand)
    left = (WIDTH - width) / 2
    image.alpha_composite(drawing.mark(96), (round(left), 150))
    name.draw(draw, left + 120, 192, said.brand, WHITE)
    topic_face, soon = Face(46, bold=True), Face(34)
    lines = topic_face.wrap(topic, WIDTH - 240, most=3)
    top = 390 - len(lines) * topic_face.line_height / 2
    for number, line in enumerate(lines):
        _centred(draw, topic_face, top + (number + 0.5) * topic_face.line_height, line, WHITE)
    draw.rectangle((WIDTH // 2 - 50, 524, WIDTH // 2 + 50, 527), fill=drawing.FLAG_RED)
    _centred(draw, soon, 580, said.soon, PALE)
    return image


@lru_cache(maxsize=32)
def placeholder(language: str, seat: OnAir, width: int, height: int) -> Picture:
    """A tile whose camera is off or whose line is down: the sound may still be there."""
    image = Image.new("RGBA", (width, height), DEEP)
    draw = ImageDraw.Draw(image)
    large, small = Face(max(26, height // 12), bold=True), Face(max(20, height // 22))
    draw.rectangle((0, 0, width - 1, height - 1), outline=GREEN, width=2)
    title = large.one_line(seat.place or seat.name, width - 2 * ROOM)
    note = small.one_line(words(language).no_picture, width - 2 * ROOM)
    large.draw(draw, (width - large.length(title)) / 2, height * 0.42, title, PALE)
    small.draw(draw, (width - small.length(note)) / 2, height * 0.42 + large.line_height, note, drawing.DIM)
    return image


def _centred(draw: ImageDraw.ImageDraw, face: Face, middle: float, text: str, fill: str) -> None:
    face.draw(draw, (WIDTH - face.length(text)) / 2, middle, text, fill)
