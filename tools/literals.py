"""Finds words in templates that nobody marked for translation."""

import re
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, Token, TokenType

# Attributes that people read or hear.
SPOKEN = {"alt", "title", "placeholder", "label", "aria-label", "aria-description", "aria-roledescription"}
SILENT = {"script", "style", "code"}
# A stand-in for tags of the template: no letter, no space.
FILLED = "\ue000"
WORD = re.compile(r"[^\W\d_]{2,}")
ADDRESS = re.compile(r"\S*(://|@)\S*|&\w+;")
BLOCKS = {"blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans", "comment": "endcomment",
          "verbatim": "endverbatim"}  # fmt: skip


def literals(template: Path) -> list[tuple[int, str]]:
    """(line, words) of each text outside translate tags. `translate="no"` on an element says: a name.

    So does `lang`: words in a language of their own, such as the names in a language switch.
    """
    plain = _without_tags(template.read_text())
    if template.suffix != ".html":
        return [(number, line.strip()) for number, line in enumerate(plain.split("\n"), 1) if _speaks(line)]
    reader = _Reader()
    reader.feed(plain)
    reader.close()
    return reader.found


def _without_tags(source: str) -> str:
    """The template with its tags, variables and translated blocks replaced, line by line the same."""
    parts: list[str] = []
    until = ""
    for token in Lexer(source).tokenize():
        text = _text_of(token)
        word, ends = _block(token)
        if until:
            until = "" if word == until else until
            parts.append("\n" * text.count("\n"))
        elif ends:
            until = ends
            parts.append(FILLED + "\n" * text.count("\n"))
        elif token.token_type == TokenType.TEXT:
            parts.append(text)
        else:
            parts.append(FILLED + "\n" * text.count("\n"))
    return "".join(parts)


def _block(token: Token) -> tuple[str, str]:
    """The tag's word, and the word of the tag up to which nothing is said to people."""
    words = token.contents.split() if token.token_type == TokenType.BLOCK else []
    if words[:1] == ["block"] and "class" in words[1]:
        return "block", "endblock"
    word = words[0] if words else ""
    return word, BLOCKS.get(word, "")


def _text_of(token: Token) -> str:
    return str(token.contents)


def _speaks(text: str | None) -> bool:
    return bool(text and WORD.search(ADDRESS.sub(" ", text)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self.silent: list[str] = []  # the elements in which words are no words for people

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent:
            if tag == self.silent[0]:
                self.silent.append(tag)
        elif tag in SILENT or (tag != "html" and self._is_a_name(attrs)):
            self.silent.append(tag)
        self._look_at(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[0]:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        for offset, line in enumerate(data.split("\n")):
            if _speaks(line):
                self.found.append((self.getpos()[0] + offset, line.strip().replace(FILLED, "…")))

    @staticmethod
    def _is_a_name(attrs: list[tuple[str, str | None]]) -> bool:
        return ("translate", "no") in attrs or any(name == "lang" for name, _ in attrs)

    def _look_at(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        spoken = SPOKEN | (
            {"value"} if tag == "input" and given.get("type") in {"submit", "button"} else set()
        )
        for name, value in attrs:
            if name.strip(FILLED) in spoken and _speaks((value or "").replace(FILLED, " ")):
                self.found.append((self.getpos()[0], f"{name}={value}".replace(FILLED, "…")))
        if tag == "meta" and given.get("name") == "description" and _speaks(given.get("content")):
            self.found.append((self.getpos()[0], str(given.get("content"))))
