"""Text as people count it, cleaned without changing its meaning."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shonglap.base import text, typed
from shonglap.base.errors import Refused

BANGLA = st.text(alphabet=st.characters(min_codepoint=0x0980, max_codepoint=0x09FF))
ANYTHING = st.text(alphabet=st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("words", "count"), [("", 0), ("abc", 3), ("কি", 1), ("বাংলা", 2), ("👨‍👩‍👧", 1), ("e\u0301", 1)]
)
def test_signs_are_counted_as_people_see_them(words: str, count: int) -> None:
    assert text.graphemes(words) == count


@given(ANYTHING)
def test_there_are_never_more_signs_than_code_points(words: str) -> None:
    assert text.graphemes(words) <= len(words)


@given(BANGLA, BANGLA)
def test_two_lines_are_counted_apart(one: str, other: str) -> None:
    assert text.graphemes(f"{one}\n{other}") == text.graphemes(one) + 1 + text.graphemes(other)


@given(ANYTHING)
def test_tidy_text_stays_as_it_is(words: str) -> None:
    once = text.tidy(words)
    assert text.tidy(once) == once


@given(ANYTHING)
def test_tidy_text_can_be_stored_and_shown(words: str) -> None:
    tidied = text.tidy(words)
    tidied.encode("utf-8")
    assert "\n\n\n" not in tidied
    assert "  " not in tidied
    assert tidied == tidied.strip()
    assert unicodedata.is_normalized("NFC", tidied)
    assert not {unicodedata.category(sign) for sign in tidied.replace("\n", "")} & {"Cc", "Cs"}


@given(st.text(alphabet="abcকখগ০১২ঃং", min_size=1))
def test_what_people_mean_is_not_touched(words: str) -> None:
    words = f"ক{words}"
    assert text.tidy(words) == unicodedata.normalize("NFC", words)


def test_joiners_stay_because_bangla_needs_them() -> None:
    assert text.tidy("র\u200d্যাব") == "র\u200d্যাব"
    assert text.tidy("ক\u200cষ") == "ক\u200cষ"


@pytest.mark.parametrize("nothing", ["", " \n\t ", "\u200b\u200d", "\u202e", "\x00", "\ud800", "\ufeff"])
def test_what_nobody_can_see_is_nothing(nothing: str) -> None:
    assert text.tidy(nothing) == ""


def test_lines_are_kept_and_gaps_closed() -> None:
    assert text.tidy("এক\r\n \n\n\nদুই\rতিন \u202e চার") == "এক\n\nদুই\nতিন চার"


@given(BANGLA, st.integers(1, 50))
def test_what_is_not_too_long_fits_its_column(words: str, limit: int) -> None:
    if not text.too_long(words, limit):
        assert len(words) <= text.room(limit)
        assert text.graphemes(words) <= limit


def test_a_line_is_one_line() -> None:
    assert typed.line(" এক \n\n দুই ", "topic_bn", 20) == "এক দুই"
    assert typed.paragraphs("এক\n\nদুই", "text", 20) == "এক\n\nদুই"


@pytest.mark.parametrize(
    ("value", "code"), [("  ", "missing"), ("ক" * 21, "too_long"), ("\u200d", "missing")]
)
def test_a_fault_names_its_field(value: str, code: str) -> None:
    for check in (typed.line, typed.paragraphs):
        with pytest.raises(Refused) as refusal:
            check(value, "topic_bn", 20, needed=True)
        assert (refusal.value.code, refusal.value.field) == (code, "topic_bn")
