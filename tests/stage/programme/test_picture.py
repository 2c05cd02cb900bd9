"""Planes, sprites, layout and the composer: the right pixels, and only where something changed."""

import numpy as np
import pytest
from PIL import Image

from shonglap.stage.programme.arrangement import Arrangement, Tile, prepare
from shonglap.stage.programme.compose import STALE, Composer, Frame, fitted
from shonglap.stage.programme.layout import CARD, HEADER, INSET, arrange
from shonglap.stage.programme.planes import HEIGHT, WHOLE, WIDTH, Bytes, Planes, Rect, from_rgb
from shonglap.stage.programme.sprites import Sprite

from .support import view


def plain(width: int, height: int, luma: int) -> Bytes:
    planes = Planes.blank(width, height)
    planes.y[:] = luma
    return planes.buffer


def bare(*rects: Rect, overlays: tuple[Sprite, ...] = ()) -> Arrangement:
    tiles = tuple(Tile(rect, f"site-{number}", _grey(rect, 50), ()) for number, rect in enumerate(rects))
    return Arrangement(Planes.blank(), tiles, overlays)


def _grey(rect: Rect, luma: int) -> tuple[Bytes, Bytes, Bytes]:
    half = np.full((rect.height // 2, rect.width // 2), 128, np.uint8)
    return np.full((rect.height, rect.width), luma, np.uint8), half, half


def test_odd_places_are_refused() -> None:
    with pytest.raises(ValueError, match="even numbers"):
        Rect(1, 0, 10, 10)


def test_rectangles_overlap_or_do_not() -> None:
    assert Rect(0, 0, 100, 100).overlap(Rect(90, 80, 50, 50)) == Rect(90, 80, 10, 20)
    assert Rect(0, 0, 100, 100).overlap(Rect(100, 0, 50, 50)) is None


@pytest.mark.parametrize(
    ("rgb", "expected"),
    [((255, 255, 255), (235, 128, 128)), ((0, 0, 0), (16, 128, 128)), ((255, 0, 0), (81, 90, 240))],
)
def test_colours_are_those_of_bt601(rgb: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    planes = from_rgb(np.full((4, 4, 3), rgb, np.uint8))
    assert tuple(int(plane[0, 0]) for plane in planes) == expected


def test_a_sprite_blends_by_its_alpha_and_only_inside() -> None:
    picture = Planes.blank()
    picture.y[:] = 100
    sprite = Sprite(Image.new("RGBA", (20, 10), (255, 255, 255, 128)), 100, 100)
    sprite.blend(picture, Rect(100, 100, 10, 10))
    assert abs(int(picture.y[104, 104]) - 168) <= 1
    assert picture.y[104, 112] == 100
    sprite.blend(picture, Rect(110, 100, 100, 100))
    assert abs(int(picture.y[104, 112]) - 168) <= 1
    assert picture.y[104, 121] == 100


def test_what_is_opaque_covers_and_what_is_clear_leaves_all_as_it_was() -> None:
    picture = Planes.blank()
    picture.y[:] = 77
    Sprite(Image.new("RGBA", (8, 8), (255, 255, 255, 255)), 0, 0).blend(picture, WHOLE)
    Sprite(Image.new("RGBA", (8, 8), (255, 255, 255, 0)), 20, 0).blend(picture, WHOLE)
    assert picture.y[2, 2] == 235
    assert picture.y[2, 22] == 77


@pytest.mark.parametrize("scene", ["solo", "two", "grid", "question", "slate"])
@pytest.mark.parametrize("with_card", [True, False])
@pytest.mark.parametrize("seats", range(10))
def test_tiles_lie_on_the_picture_and_on_nothing_else(scene: str, seats: int, with_card: bool) -> None:
    layout = arrange(scene, seats, with_card=with_card)
    assert len(layout.tiles) <= seats
    for number, tile in enumerate(layout.tiles):
        assert tile.overlap(WHOLE) == tile
        assert not any(tile.overlap(other) for other in layout.tiles[:number])
        if not layout.full_bleed:
            assert tile.y >= HEADER
            assert scene == "question" or not with_card or tile.overlap(CARD) is None


@pytest.mark.parametrize(
    ("scene", "seats", "tiles"),
    [("solo", 5, 1), ("two", 5, 2), ("two", 1, 1), ("grid", 8, 8), ("grid", 1, 1), ("question", 3, 1),
     ("question", 0, 0), ("slate", 4, 0), ("solo", 0, 0)],
)  # fmt: skip
def test_each_scene_shows_as_many_as_it_has_room_for(scene: str, seats: int, tiles: int) -> None:
    assert len(arrange(scene, seats, with_card=False).tiles) == tiles


def test_grid_tiles_keep_the_shape_of_a_camera() -> None:
    for seats in range(3, 10):
        tile = arrange("grid", seats, with_card=False).tiles[0]
        assert abs(tile.width / tile.height - 16 / 9) < 0.06


@pytest.mark.parametrize(
    ("source", "fills"),
    [((1280, 720), True), ((320, 180), True), ((640, 480), True), ((720, 1280), False), ((2400, 600), False)],
)
def test_near_shapes_fill_their_tile_and_others_stand_in_it(source: tuple[int, int], fills: bool) -> None:
    rect = Rect(0, 0, 640, 360)
    width, height, filled = fitted(*source, rect)
    assert filled is fills
    assert abs(width / height - source[0] / source[1]) < 0.03
    if fills:
        assert (width, height) >= (rect.width, rect.height)
    else:
        assert width <= rect.width
        assert height <= rect.height


def test_a_portrait_picture_stands_between_dark_sides() -> None:
    rect = Rect(200, 100, 640, 360)
    buffer = Composer().compose(bare(rect), {"site-0": Frame(plain(360, 640, 200), 1.0)}, 1.0)
    picture = Planes(buffer)
    assert picture.y[280, 520] == 200
    assert picture.y[280, 204] == 16
    assert picture.y[280, 836] == 16


def test_only_what_is_new_is_drawn_and_a_still_picture_is_given_again() -> None:
    composer, arrangement = Composer(), bare(Rect(0, 0, 640, 360), Rect(640, 360, 640, 360))
    first_frame = Frame(plain(320, 180, 120), 1.0)
    first = composer.compose(arrangement, {"site-0": first_frame}, 1.0)
    assert composer.compose(arrangement, {"site-0": first_frame}, 1.04) is first
    second = composer.compose(arrangement, {"site-0": Frame(plain(320, 180, 180), 1.1)}, 1.1)
    assert second is not first
    assert (Planes(first).y[180, 320], Planes(second).y[180, 320]) == (120, 180)
    assert Planes(second).y[540, 960] == 50


def test_a_frozen_picture_gives_way_to_the_placeholder() -> None:
    composer, arrangement = Composer(), bare(Rect(0, 0, 640, 360))
    frames = {"site-0": Frame(plain(320, 180, 120), 1.0)}
    assert Planes(composer.compose(arrangement, frames, 1.0 + STALE - 0.1)).y[100, 100] == 120
    assert Planes(composer.compose(arrangement, frames, 1.0 + STALE + 0.1)).y[100, 100] == 50
    frames["site-0"] = Frame(plain(320, 180, 130), 5.0)
    assert Planes(composer.compose(arrangement, frames, 5.0)).y[100, 100] == 130


def test_overlays_do_not_pile_up_while_video_moves() -> None:
    glass = Sprite(Image.new("RGBA", (400, 80), (0, 0, 0, 128)), 100, 100)
    composer, arrangement = Composer(), bare(WHOLE, overlays=(glass,))
    for number in range(5):
        buffer = composer.compose(arrangement, {"site-0": Frame(plain(320, 180, 200), number)}, number)
    assert abs(int(Planes(buffer).y[140, 200]) - 108) <= 2
    assert Planes(buffer).y[300, 200] == 200


@pytest.mark.parametrize("scene", ["solo", "two", "grid", "question", "slate"])
@pytest.mark.parametrize("language", ["bn", "en"])
def test_every_scene_can_be_prepared_and_shows_something(scene: str, language: str) -> None:
    for card in ("", "কবে হবে?"):
        arrangement = prepare(view(scene, 4, language=language, card_text=card), "১২:০০")
        buffer = Composer().compose(arrangement, {}, 0.0)
        assert buffer.shape == (HEIGHT * 3 // 2, WIDTH)
        assert Planes(buffer).y.max() > 200


def test_nobody_on_air_is_the_slate_whatever_the_scene() -> None:
    slate = Composer().compose(prepare(view("slate", 0), "১২:০০"), {}, 0.0)
    for scene in ("solo", "two", "grid"):
        assert np.array_equal(Composer().compose(prepare(view(scene, 0), "১২:০০"), {}, 0.0), slate)


def test_a_card_changes_its_place_only() -> None:
    without = Planes(Composer().compose(prepare(view("question", 1, card_text="ক"), "১২:০০"), {}, 0.0))
    other = Planes(Composer().compose(prepare(view("question", 1, card_text="খ"), "১২:০০"), {}, 0.0))
    changed = np.argwhere(without.y != other.y)
    assert len(changed)
    assert changed[:, 0].min() > HEADER
    assert changed[:, 0].max() < INSET.y
