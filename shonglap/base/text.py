"""What people type: counted as people count it, cleaned without changing its meaning."""

import unicodedata

import regex


def graphemes(text: str) -> int:
    """How many signs a reader sees (Unicode extended grapheme clusters), so Bangla conjuncts count fairly."""
    return len(regex.findall(r"\X", text))


def tidy(text: str) -> str:
    """NFC, no control or invisible direction signs, at most one blank line in a row, no outer blanks.

    Joiners (U+200C, U+200D) stay: Bangla spelling needs them.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = regex.sub(r"[\p{Cc}--[\n\t]]|[\u202a-\u202e\u2066-\u2069\ufeff]", "", text, flags=regex.V1)
    text = regex.sub(r"[^\S\n]+", " ", text)
    return regex.sub(r" ?\n ?", "\n", regex.sub(r"\n{3,}", "\n\n", text)).strip()


def room(limit: int) -> int:
    """How wide a column is for `limit` graphemes: a Bangla sign is seldom more than three code points."""
    return limit * 3


def too_long(text: str, limit: int) -> bool:
    return graphemes(text) > limit or len(text) > room(limit)
