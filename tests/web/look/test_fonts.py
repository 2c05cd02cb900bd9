"""The small Bangla font of pages says the same as the whole one, and stays small."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from shonglap.demo import plot, voices
from tools import subset_fonts

ROOT = Path(settings.ROOT)
WHOLE = ROOT / "assets" / "fonts" / "NotoSansBengali-Regular.ttf"
SHEET = ROOT / "frontend" / "styles" / "_type.scss"
MOST_BYTES = 30_000
BANGLA = re.compile(r"[\u0964\u0965\u0980-\u09ff]")
LETTER = "(?:[ক-হড়ঢ়য়ৎ]়?)"
JOINED = re.compile(rf"{LETTER}(?:্\u200d?{LETTER})+[া-ৌৗঁংঃ]*")
SIZE = 200
# Of the ink. Curves drawn with fewer points differ by up to 0.055, another shape by 0.18 and more.
SAME = 0.06

Ink = np.ndarray[tuple[int, ...], np.dtype[np.int32]]


def without_hints(path: Path) -> ImageFont.FreeTypeFont:
    """The web font has none; the whole one must not be judged by what its hints do."""
    font = TTFont(path)
    font.flavor = None
    for table in ("fpgm", "prep", "cvt ", "gasp"):
        if table in font:
            del font[table]
    for glyph in font["glyf"].glyphs.values():
        glyph.expand(font["glyf"])
        glyph.removeHinting()
    plain = BytesIO()
    font.save(plain)
    plain.seek(0)
    return ImageFont.truetype(plain, SIZE, layout_engine=ImageFont.Layout.RAQM)


WHOLE_FONT, WEB_FONT = without_hints(WHOLE), without_hints(subset_fonts.WEB_FONT)


def ink(font: ImageFont.FreeTypeFont, text: str) -> Ink:
    image = Image.new("L", (1800, 420))
    ImageDraw.Draw(image).text((250, 70), text, font=font, fill=255)
    return np.asarray(image).astype(np.int32)


def differs(text: str) -> bool:
    """Whether a reader would see another shape."""
    if WHOLE_FONT.getlength(text) != WEB_FONT.getlength(text):
        return True
    whole = ink(WHOLE_FONT, text)
    return float(np.abs(whole - ink(WEB_FONT, text)).sum()) > SAME * float(whole.sum())


def conjuncts() -> list[str]:
    return (ROOT / "tools" / "fonts" / "conjuncts.txt").read_text(encoding="utf-8").split()


def said() -> Iterator[str]:
    """What people read in Bangla: messages, names of offices and places, the demo."""
    catalogue = ROOT / "shonglap" / "locale" / "bn" / "LC_MESSAGES" / "django.po"
    with catalogue.open("rb") as file:
        for message in read_po(file):
            yield from [message.string] if isinstance(message.string, str) else message.string or []
    yield (ROOT / "shonglap" / "offices" / "data" / "bangladesh.csv").read_text(encoding="utf-8")
    yield from (line.text for line in voices.LINES)
    yield from (*plot.TOPIC, *plot.PURPOSES, *(scene.bangla for scene in plot.SCENES))


def test_a_page_in_bangla_costs_little_more_than_its_words() -> None:
    assert subset_fonts.WEB_FONT.stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("around", ["{}", "ক{}া", "{}ি", "{}ু", "র্{}ে"], ids=["alone", "aa", "i", "u", "reph"])
def test_every_conjunct_in_normal_use_is_shaped_as_in_the_whole_font(around: str) -> None:
    texts = [around.format(joined) for joined in conjuncts()]
    assert len(texts) > 200
    assert [text for text in texts if differs(text)] == []


def test_every_letter_with_every_sign_is_shaped_as_in_the_whole_font() -> None:
    letters = [chr(code) for code in (*range(0x0995, 0x09A9), *range(0x09AA, 0x09B1), 0x09B2)]
    letters += ["শ", "ষ", "স", "হ", "ড়", "ঢ়", "য়"]
    signs = ["", "া", "ি", "ী", "ু", "ূ", "ৃ", "ে", "ৈ", "ো", "ৌ", "ঁ", "ং", "ঃ", "্"]
    texts = [letter + sign for letter in letters for sign in signs]
    assert [text for text in texts if differs(text)] == []


def test_the_comparison_sees_a_conjunct_that_was_left_out() -> None:
    assert "ঢ্র" not in conjuncts()
    assert differs("ঢ্র")


def test_what_we_say_in_bangla_is_covered_and_shaped_alike() -> None:
    texts = list(said())
    letters = {sign for text in texts for sign in BANGLA.findall(text)}
    covered = {chr(code) for code in TTFont(subset_fonts.WEB_FONT).getBestCmap()}
    assert len(letters) > 60
    assert sorted(letters - covered) == []
    joined = {found for text in texts for found in JOINED.findall(text)}
    assert len(joined) > 100
    assert sorted(text for text in joined if differs(text)) == []


def ranges_in_the_sheet() -> set[int]:
    declared = re.search(r"unicode-range:\s*([^;]+);", SHEET.read_text())
    assert declared
    codes: set[int] = set()
    for part in declared[1].split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        codes |= set(range(int(first, 16), int(last or first, 16) + 1))
    return codes


def test_the_sheet_names_the_font_for_bangla_alone_and_shows_words_before_it_has_come() -> None:
    declared = ranges_in_the_sheet()
    assert set(subset_fonts.BANGLA) <= declared
    # Letters of the Latin alphabet, digits and the signs between them must not fetch it.
    assert not declared & {*range(0x20, 0x180), *range(0x2010, 0x2027)}
    assert "font-display: swap" in SHEET.read_text()
