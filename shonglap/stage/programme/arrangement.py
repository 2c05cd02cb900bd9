"""From a reading of the stage to everything that can be drawn beforehand, away from the 40 ms clock."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from . import artwork, drawing
from .layout import CARD, HEADER, Layout, arrange
from .planes import HEIGHT, WHOLE, WIDTH, Bytes, Planes, Rect, from_rgb
from .sprites import Sprite
from .view import OnAir, ProgrammeView

ROUND = 12


@dataclass(frozen=True)
class Tile:
    """A seat's place on the picture with what lies on it whenever its video is drawn anew."""

    rect: Rect
    identity: str
    placeholder: tuple[Bytes, Bytes, Bytes]
    sprites: tuple[Sprite, ...]


@dataclass(frozen=True)
class Arrangement:
    """`background` holds all that stands still; `overlays` lie over tiles."""

    background: Planes
    tiles: tuple[Tile, ...]
    overlays: tuple[Sprite, ...]


def prepare(view: ProgrammeView, clock: str) -> Arrangement:
    """Draw everything but the video. Takes some milliseconds; never called on the picture's clock."""
    layout = arrange(view.scene, len(view.on_air), with_card=bool(view.card_text))
    still = drawing.background().convert("RGBA")
    overlays: tuple[Sprite, ...] = ()
    if layout.full_bleed:
        overlays = _over_video(view, clock)
    else:
        _draw_still(still, view, clock, layout)
    seats = zip(layout.tiles, view.on_air, strict=False)
    tiles = tuple(_tile(rect, seat, view, still, layout) for rect, seat in seats)
    return Arrangement(_planes(still), tiles, overlays)


def _draw_still(still: Image.Image, view: ProgrammeView, clock: str, layout: Layout) -> None:
    if not layout.tiles and view.scene != "question":
        still.alpha_composite(artwork.slate(view.language, view.topic))
        return
    still.alpha_composite(artwork.header(view.language, view.agenda_title, clock))
    if view.scene == "question":
        text = view.card_text or view.agenda_title or view.topic
        full = artwork.full_card(view.language, text, view.card_from, bool(layout.tiles))
        still.alpha_composite(full, (40, HEADER + 20))
    elif view.card_text:
        still.alpha_composite(artwork.card(view.language, view.card_text, view.card_from), (CARD.x, CARD.y))


def _over_video(view: ProgrammeView, clock: str) -> tuple[Sprite, ...]:
    time = artwork.clock_block(clock)
    sprites = [
        Sprite(artwork.corner(view.language, view.agenda_title), 32, 28),
        Sprite(time, WIDTH - 32 - time.width, 28),
    ]
    if view.card_text:
        sprites.append(Sprite(artwork.card(view.language, view.card_text, view.card_from), CARD.x, CARD.y))
    return tuple(sprites)


def _tile(rect: Rect, seat: OnAir, view: ProgrammeView, still: Image.Image, layout: Layout) -> Tile:
    sprites = [] if layout.full_bleed else _corners(rect, still)
    beside_card = layout.full_bleed and bool(view.card_text)
    strap = artwork.strap(seat, rect.width, rect.height, small=beside_card)
    if strap is not None:
        if layout.full_bleed:
            bottom = CARD.y - 12 if beside_card else HEIGHT - 40
            sprites.append(Sprite(strap, 40, bottom - strap.height))
        else:
            sprites.append(Sprite(strap, rect.x + 10, rect.bottom - strap.height - 10))
    drawn = artwork.placeholder(view.language, seat, rect.width, rect.height).convert("RGB")
    return Tile(rect, seat.identity, from_rgb(np.asarray(drawn)), tuple(sprites))


def _corners(rect: Rect, still: Image.Image) -> list[Sprite]:
    """Four bits of background that make the tile's corners round."""
    mask = drawing.box(2 * ROUND, 2 * ROUND, "#000000", radius=ROUND).getchannel("A").point(lambda a: 255 - a)
    corners = []
    for left, top in ((0, 0), (1, 0), (0, 1), (1, 1)):
        x, y = (rect.right - ROUND if left else rect.x), (rect.bottom - ROUND if top else rect.y)
        bit = still.crop((x, y, x + ROUND, y + ROUND)).convert("RGB")
        shape = mask.crop((left * ROUND, top * ROUND, (left + 1) * ROUND, (top + 1) * ROUND))
        bit.putalpha(shape)
        corners.append(Sprite(bit, x, y))
    return corners


def _planes(image: Image.Image) -> Planes:
    planes = Planes.blank()
    planes.paste(WHOLE, *from_rgb(np.asarray(image.convert("RGB"))))
    return planes
