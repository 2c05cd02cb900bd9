"""Bangla as readers know it: shaped, wrapped and cut between signs, never inside one."""

import numpy as np
import pytest
import regex
from PIL import Image, ImageDraw, features

from shonglap.stage.programme import artwork
from shonglap.stage.programme.lettering import ELLIPSIS, Face
from shonglap.stage.programme.view import OnAir

from .support import LONG, view

FACE = Face(40)
SIGNS = regex.compile(r"\X")


def ink(text: str, face: Face = FACE) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    image = Image.new("L", (700, 80))
    face.draw(ImageDraw.Draw(image), 10, 40, text, "#ffffff")
    return np.asarray(image)


def test_raqm_is_there() -> None:
    assert features.check("raqm")


@pytest.mark.parametrize(
    "joined", ["ক্ষ", "জ্ঞ", "ন্ত্র", "ক্র", "স্থ", "চ্ছ"], ids=["kssa", "jna", "ntra", "kra", "stha", "ccha"]
)
def test_a_conjunct_is_one_shape(joined: str) -> None:
    """With a non-joiner after each virama the letters stand alone; shaped, they are narrower."""
    apart = joined.replace("্", "্\u200c")
    assert not np.array_equal(ink(joined), ink(apart))
    assert FACE.length(joined) < FACE.length(apart)


def test_a_vowel_sign_that_is_written_before_its_letter_stands_before_it() -> None:
    alone, before, after = ink("ক"), ink("কি"), ink("কা")
    left = [int(np.argwhere(drawn.any(axis=0))[0][0]) for drawn in (alone, before, after)]
    middle_of_before = ink("কি")[:, : 10 + round(FACE.length("কি") / 2)].sum()
    assert middle_of_before > 0
    assert abs(left[0] - left[2]) <= 1
    assert not np.array_equal(before[:, :40], after[:, :40])


@pytest.mark.parametrize("bold", [True, False])
def test_latin_and_signs_are_drawn_too(bold: bool) -> None:
    face = Face(40, bold=bold)
    missing = ink("\uffff", face)
    for sign in "AzN0%?!…“”–":
        assert ink(sign, face).any(), sign
        assert not np.array_equal(ink(sign, face), missing), sign
    assert face.length("ঢাকা Dhaka") > face.length("ঢাকা") + face.length("Dhaka")


def test_lines_are_no_wider_than_asked_and_lose_nothing() -> None:
    lines = FACE.wrap(LONG, 500, most=50)
    assert len(lines) > 4
    assert all(FACE.length(line) <= 500 for line in lines)
    assert " ".join(lines) == LONG


def test_what_does_not_fit_ends_in_an_ellipsis_between_signs() -> None:
    lines = FACE.wrap(LONG, 500, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith(ELLIPSIS)
    assert FACE.length(lines[-1]) <= 500
    kept = (lines[0] + " " + lines[-1]).removesuffix(ELLIPSIS)
    assert LONG.startswith(kept)
    assert SIGNS.findall(LONG)[: len(SIGNS.findall(kept))] == SIGNS.findall(kept)


def test_a_word_wider_than_the_line_is_cut_between_signs() -> None:
    word = "ক্ষুদ্রাতিক্ষুদ্র" * 6
    lines = FACE.wrap(word, 300, most=50)
    assert len(lines) > 1
    assert all(FACE.length(line) <= 300 for line in lines)
    assert [sign for line in lines for sign in SIGNS.findall(line)] == SIGNS.findall(word)


def test_nothing_is_no_line() -> None:
    assert FACE.wrap("  ", 100, most=3) == []
    assert FACE.one_line("", 100) == ""


@pytest.mark.parametrize("text", ["ক", "A" * 600, LONG, LONG * 20, "শব্দ\nশব্দ", "🙂" * 50])
def test_cards_take_any_text(text: str) -> None:
    assert artwork.card("bn", text, text).width > 1000
    assert (
        artwork.full_card("bn", text, text, True).height < artwork.full_card("bn", text, text, False).height
    )


def test_short_questions_stand_in_larger_letters_than_long_ones() -> None:
    short, _ = artwork._fitting("কবে হবে?", 1000, 300, sizes=(60, 48, 36), most=8)
    long, lines = artwork._fitting(LONG * 3, 1000, 300, sizes=(60, 48, 36), most=8)
    assert (short.size, long.size) == (60, 36)
    assert lines[-1].endswith(ELLIPSIS)


def test_a_name_strap_never_leaves_its_tile() -> None:
    seat = view(seats=4, on_air=()).on_air
    assert seat == ()
    for width, height in ((1280, 720), (616, 462), (352, 198), (310, 174)):
        long = OnAir("a", name=LONG, position=LONG, place=LONG)
        strap = artwork.strap(long, width, height)
        assert strap is not None
        assert strap.width <= width - 20
        assert strap.height < height / 2


def test_a_seat_without_any_name_has_no_strap() -> None:
    assert artwork.strap(OnAir("a"), 1280, 720) is None
