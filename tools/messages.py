"""Messages for people: found in the code, written in English, said in Bangla. Without gettext's programs.

    python -m tools.messages update    brings django.po up to date: new ones empty, unused ones gone
    python -m tools.messages check     says what is missing, unused, fuzzy, wrongly formed or not marked
    python -m tools.messages compile   writes django.mo

The catalogue is sorted and names no lines, so that two branches seldom meet in it.
"""

import re
import sys
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.extraction import extract
from tools.literals import literals
from tools.prepare.folders import ROOT

PRODUCT = ROOT / "shonglap"
CATALOGUE = PRODUCT / "locale" / "bn" / "LC_MESSAGES" / "django.po"
HEADER = """\
# Bangla messages of Shonglap.
msgid ""
msgstr ""
"Project-Id-Version: Shonglap\\n"
"Language: bn\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
BANGLA = re.compile(r"[\u0980-\u09ff]")
NAMED = re.compile(r"%\((\w+)\)([sdif])|(?<!\{)\{(\w*)\}(?!\})")
Key = tuple[Any, str | None]  # the message (a pair where it has a plural) and its context


def read() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="bn")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="bn")


def messages(catalogue: Catalog) -> dict[Key, Message]:
    return {(message.id, message.context): message for message in catalogue if message.id}


def update() -> int:
    known, wanted = messages(read()), extract(PRODUCT)
    for message in wanted:
        old = known.get((message.id, message.context))
        if old and not old.fuzzy:
            message.string = old.string
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, wanted, sort_output=True, no_location=True, omit_header=True, width=100)
    missing = sum(not said(message) for message in wanted if message.id)
    print(f"{CATALOGUE.relative_to(ROOT)}: {len(wanted)} messages, {missing} without Bangla")
    return 0


def compile_catalogue() -> int:
    if CATALOGUE.exists():
        with CATALOGUE.with_suffix(".mo").open("wb") as file:
            write_mo(file, read())
    return 0


def check() -> int:
    found = [*catalogue_problems(), *template_problems()]
    for problem in found:
        print(problem)
    if found:
        print(f"{len(found)} problems. `python -m tools.messages update` adds and removes; people translate.")
    return 1 if found else 0


def catalogue_problems() -> list[str]:
    known, wanted = messages(read()), messages(extract(PRODUCT))
    problems = [
        f"not in the catalogue: {name(message)}" for key, message in wanted.items() if key not in known
    ]
    for key, message in known.items():
        if key not in wanted:
            problems.append(f"no longer used: {name(message)}")
        elif message.fuzzy:
            problems.append(f"fuzzy: {name(message)}")
        elif not said(message):
            problems.append(f"no Bangla: {name(message)}")
        elif not same_places(message):
            problems.append(f"places to fill differ: {name(message)}")
    problems += [
        f"not English: {name(message)}" for message in wanted.values() if BANGLA.search(name(message))
    ]
    return sorted(problems)


def template_problems() -> list[str]:
    return [
        f"{template.relative_to(ROOT)}:{line}: not marked for translation: {text!r}"
        for folder in sorted(PRODUCT.rglob("templates"))
        for template in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")])
        for line, text in literals(template)
    ]


def name(message: Message) -> str:
    first = message.id if isinstance(message.id, str) else message.id[0]
    return repr(first) + (f" (context {message.context})" if message.context else "")


def _forms(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def said(message: Message) -> bool:
    forms = _forms(message.string)
    return bool(forms) and all(form.strip() for form in forms)


def same_places(message: Message) -> bool:
    """Every place of the English is filled in Bangla, and no other."""
    wanted = {match.group() for form in _forms(message.id) for match in NAMED.finditer(form)}
    # A singular may leave its number out; the plural may not.
    return {match.group() for form in _forms(message.string) for match in NAMED.finditer(form)} == wanted


ACTS = {"update": update, "check": check, "compile": compile_catalogue}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ACTS:
        sys.exit(__doc__)
    sys.exit(ACTS[sys.argv[1]]())
