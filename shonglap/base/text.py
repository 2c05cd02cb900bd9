"""What people type: counted as people count it, cleaned without changing its meaning."""

import unicodedata

import regex


def graphemes(text: str) -> int:
    """How many signs a reader sees (Unicode extended grapheme clusters), so Bangla conjuncts count fairly."""
    return len(regex.findall(r"\X", text))


# Control signs, halves of surrogate pairs, and signs that turn the direction of what stands around them.
UNWANTED = regex.compile(
    r"[[\p{Cc}--[\n\t]]\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", regex.V1
)
VISIBLE = regex.compile(r"[\p{L}\p{N}\p{P}\p{S}]")


def tidy(text: str) -> str:
    """NFC, no control or direction signs, at most one blank line in a row, no outer blanks.

    Joiners (U+200C, U+200D) stay: Bangla spelling needs them. What nobody can see is nothing.
    """
    text = UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not VISIBLE.search(text):
        return ""
    text = unicodedata.normalize("NFC", regex.sub(r"[^\S\n]+", " ", text))
    return regex.sub(r"\n{3,}", "\n\n", regex.sub(r" ?\n ?", "\n", text)).strip()


def room(limit: int) -> int:
    """How wide a column is for `limit` graphemes: a Bangla sign is seldom more than three code points."""
    return limit * 3


def too_long(text: str, limit: int) -> bool:
    return graphemes(text) > limit or len(text) > room(limit)
