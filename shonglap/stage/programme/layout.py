"""Where things stand on the picture, for each scene: numbers only, no drawing."""

from __future__ import annotations

from dataclasses import dataclass

from .planes import HEIGHT, WHOLE, WIDTH, Rect

HEADER = 72
MARGIN = 20
GAP = 12
CARD_HEIGHT = 202
MOST_TILES = 12

# The lower third: a question that is shown while people speak.
CARD = Rect(40, HEIGHT - CARD_HEIGHT - 24, WIDTH - 80, CARD_HEIGHT)
INSET = Rect(WIDTH - 400 - 40, HEIGHT - 224 - 36, 400, 224)  # who answers, beside a full-screen question


@dataclass(frozen=True)
class Layout:
    """`full_bleed`: the one tile fills the picture, so header and card lie upon it."""

    tiles: tuple[Rect, ...]
    full_bleed: bool = False


def arrange(scene: str, seats: int, *, with_card: bool) -> Layout:
    """Tiles for as many seats as the scene shows; none for a slate."""
    if scene == "slate" or (seats == 0 and scene != "question"):
        return Layout(())
    if scene == "question":
        return Layout((INSET,) if seats else ())
    if scene == "solo" or seats == 1:
        return Layout((WHOLE,), full_bleed=True)
    bottom = CARD.y - GAP if with_card else HEIGHT - MARGIN
    area = Rect(MARGIN, HEADER + 8, WIDTH - 2 * MARGIN, _even(bottom - HEADER - 8))
    if scene == "two" or seats == 2:
        return Layout(_side_by_side(area))
    return Layout(_rows(area, min(seats, MOST_TILES)))


def _side_by_side(area: Rect) -> tuple[Rect, ...]:
    """Two tiles, at least as wide as 4:3 is high, in the middle of the area."""
    width = _even((area.width - GAP) // 2)
    height = _even(min(area.height, width * 3 // 4))
    width = _even(min(width, height * 16 // 9))
    y = area.y + _even((area.height - height) // 2)
    x = area.x + _even((area.width - 2 * width - GAP) // 2)
    return Rect(x, y, width, height), Rect(x + width + GAP, y, width, height)


def _rows(area: Rect, seats: int) -> tuple[Rect, ...]:
    """Rows of 16:9 tiles, as large as they fit; a last row that is not full stands in the middle."""
    columns, rows, width = max(
        ((columns, -(-seats // columns), 0) for columns in (2, 3, 4)),
        key=lambda shape: _tile_width(area, shape[0], shape[1]),
    )
    width = _tile_width(area, columns, rows)
    height = _even(width * 9 // 16)
    top = area.y + _even((area.height - rows * height - (rows - 1) * GAP) // 2)
    tiles = []
    for row in range(rows):
        here = min(columns, seats - row * columns)
        left = area.x + _even((area.width - here * width - (here - 1) * GAP) // 2)
        tiles += [
            Rect(left + column * (width + GAP), top + row * (height + GAP), width, height)
            for column in range(here)
        ]
    return tuple(tiles)


def _tile_width(area: Rect, columns: int, rows: int) -> int:
    by_width = (area.width - (columns - 1) * GAP) // columns
    by_height = ((area.height - (rows - 1) * GAP) // rows) * 16 // 9
    return _even(min(by_width, by_height))


def _even(number: int) -> int:
    return number - number % 2
