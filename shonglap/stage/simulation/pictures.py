"""A small office with somebody in it, drawn beforehand as two loops: listening and speaking."""

from __future__ import annotations

import colorsys
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from shonglap.base.languages import BANGLA_DIGITS
from shonglap.stage.programme.lettering import Face
from shonglap.stage.programme.planes import from_rgb

WIDTH, HEIGHT, FRAMES = 320, 180, 12
LOOP = 48  # frames: four seconds, after which every movement is where it began
FINE = 2  # drawn twice as large and shrunk

CLOCK = (216, 116)  # where the running counter begins; nothing of the programme's own lies there

Bytes = NDArray[np.uint8]
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Look:
    """What tells one site from another."""

    wall: Colour
    shirt: Colour
    skin: Colour
    hair: Colour
    scarf: bool

    @classmethod
    def of(cls, number: int) -> Look:
        hue = (number * 0.381966) % 1
        return cls(
            wall=_colour(hue, 0.22, 0.72),
            shirt=_colour(hue + 0.5, 0.42, 0.55),
            skin=_colour(0.07, 0.42, 0.52 + 0.1 * (number % 3)),
            hair=_colour(0.05, 0.3, 0.13),
            scarf=number % 2 == 1,
        )


def _colour(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


class Loops:
    """I420 frames of one site. `frame` adds the running counter, the only thing drawn while on air."""

    def __init__(self, number: int, place: str) -> None:
        look = Look.of(number)
        room = _room(look, place)
        self._listening = [_i420(_person(room, look, step, speaking=False)) for step in range(LOOP)]
        self._speaking = [_i420(_person(room, look, step, speaking=True)) for step in range(LOOP)]
        self._digits = [_digit(sign) for sign in "0123456789:"]

    def frame(self, count: int, *, speaking: bool) -> Bytes:
        frame = (self._speaking if speaking else self._listening)[count % LOOP].copy()
        seconds = count // FRAMES
        x, y = CLOCK
        for sign in f"{seconds // 60 % 60:02}:{seconds % 60:02}":
            digit = self._digits[10 if sign == ":" else int(sign)]
            height, width = digit.shape
            window = frame[y : y + height, x : x + width]
            np.maximum(window, digit, out=window)
            x += width
        return frame


def _room(look: Look, place: str) -> Image.Image:
    """Wall, window, shelf and the sign with the place's name; nothing of it moves."""
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), look.wall)
    draw = ImageDraw.Draw(image)
    dark: Colour = (look.wall[0] * 3 // 4, look.wall[1] * 3 // 4, look.wall[2] * 3 // 4)
    draw.rectangle((0, 250, 640, 360), fill=dark)
    draw.rectangle((416, 64, 572, 214), fill=(206, 226, 236), outline=(246, 246, 242), width=8)
    draw.line((494, 64, 494, 214), fill=(246, 246, 242), width=6)
    draw.pieslice((432, 150, 552, 262), 180, 360, fill=(126, 168, 120))
    draw.rectangle((408, 206, 580, 216), fill=(246, 246, 242))
    for book, x in enumerate(range(92, 212, 20)):
        draw.rectangle((x, 184 - 8 * (book % 3), x + 15, 226), fill=_colour(book * 0.13, 0.35, 0.5))
    draw.rectangle((80, 226, 222, 234), fill=(96, 74, 58))
    image = image.filter(ImageFilter.GaussianBlur(1.6))
    draw = ImageDraw.Draw(image)
    face = Face(32, bold=True)
    name = face.one_line(place, 154)
    draw.rounded_rectangle((50, 84, 74 + face.length(name), 138), 10, fill=(12, 68, 51))
    face.draw(draw, 62, 111, name, "#ffffff")
    x, y = CLOCK
    draw.rounded_rectangle((x * 2 - 8, y * 2 - 4, x * 2 + 108, y * 2 + 40), 8, fill=(20, 30, 28))
    return image


def _person(room: Image.Image, look: Look, step: int, *, speaking: bool) -> Image.Image:
    image = room.copy()
    draw = ImageDraw.Draw(image)
    turn = 2 * math.pi * step / LOOP
    sway = (9 if speaking else 4) * math.sin(turn)
    nod = (5 if speaking else 2) * math.sin(3 * turn)
    x, y = 320 + sway, 160 + nod
    draw.rounded_rectangle((x - 128 - sway / 2, 262, x + 128 - sway / 2, 420), 70, fill=look.shirt)
    draw.rectangle((x - 28, y + 50, x + 28, y + 116), fill=look.skin)
    if look.scarf:
        draw.ellipse((x - 84, y - 100, x + 84, y + 110), fill=look.shirt)
    draw.ellipse((x - 66, y - 84, x + 66, y + 84), fill=look.skin)
    if not look.scarf:
        draw.chord((x - 70, y - 94, x + 70, y + 50), 180, 360, fill=look.hair)
    blink = step in (20, 21)
    for side in (-26, 26):
        draw.ellipse(
            (x + side - 8, y - (0 if blink else 8), x + side + 8, y + (2 if blink else 6)), fill=(30, 24, 22)
        )
    mouth = abs(math.sin(6 * turn)) * 15 + 3 if speaking else 3
    draw.ellipse((x - 20, y + 40 - mouth / 2, x + 20, y + 42 + mouth), fill=(110, 44, 48))
    if speaking:
        lift = 34 * math.sin(2 * turn)
        draw.ellipse((x - 176, 272 - lift, x - 134, 320 - lift), fill=look.skin)
    draw.rectangle((0, 332, 640, 360), fill=(110, 82, 60))
    return image


def _i420(image: Image.Image) -> Bytes:
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    planes = from_rgb(np.asarray(small))
    return np.concatenate([plane.ravel() for plane in planes]).reshape(HEIGHT * 3 // 2, WIDTH)


def _digit(sign: str) -> Bytes:
    """The luma of a Bangla digit on the counter's dark ground."""
    image = Image.new("L", (11 if sign != ":" else 6, 18), 30)
    Face(17, bold=True).draw(ImageDraw.Draw(image), 0, 9, sign.translate(BANGLA_DIGITS), "#ebebeb")
    return np.asarray(image)
