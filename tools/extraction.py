"""Finds what is marked for translation, in Python and in templates."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

# Function -> where its arguments stand, as Babel wants it.
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
LEFT_OUT = {"migrations", "node_modules"}


def extract(folder: Path) -> Catalog:
    """Everything under a folder, as a catalogue without translations."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    catalogue = Catalog(locale="bn")
    for file in sorted(folder.rglob("*")):
        if LEFT_OUT & set(file.parts):
            continue
        if file.suffix == ".py":
            _add(catalogue, file.read_text())
        elif file.suffix in {".html", ".txt"} and "templates" in file.parts:
            _add(catalogue, python_of(file))
    return catalogue


def python_of(template: Path) -> str:
    """Django turns a template into something like Python; its indentation means nothing."""
    like_python = templatize(template.read_text(), origin=str(template))
    return "\n".join(line.strip() for line in like_python.splitlines())


def _add(catalogue: Catalog, source: str) -> None:
    for function, arguments in _calls(source):
        where = KEYWORDS[function] or (1,)
        given = arguments if isinstance(arguments, tuple) else (arguments,)
        context: str | None = None
        texts: list[Any] = []
        for place in where:
            index = place[0] if isinstance(place, tuple) else place
            value = given[index - 1] if len(given) >= index else None
            if isinstance(place, tuple):
                context = value
            else:
                texts.append(value)
        if all(texts):
            catalogue.add(tuple(texts) if len(texts) > 1 else texts[0], context=context)


def _calls(source: str) -> Iterator[tuple[str, Any]]:
    file = io.BytesIO(source.encode())
    for _line, function, arguments, _comments in extract_python(file, KEYWORDS, [], {"encoding": "utf-8"}):
        yield str(function), arguments
