"""Words for people are found wherever they stand, and their absence is noticed."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tools import messages
from tools.extraction import extract
from tools.literals import literals

TEMPLATE = """\
{% extends "web/base.html" %}
{% block page_class %}page-watch{% endblock %}
{% block content %}
<h1 class="large">{% translate "Ask a question" %}</h1>
    {% blocktranslate count number=n trimmed %}
      {{ number }} vote
    {% plural %}
      {{ number }} votes
    {% endblocktranslate %}
<a lang="bn" href="/bn/">বাংলা</a> <b translate="no">WebVTT</b> &nbsp; 12:30
<script type="application/json" id="words">{"send": "{% translate "Send" %}"}</script>
"""


def find(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    file = tmp_path / "templates" / "page.html"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    return literals(file)


def test_messages_are_found_in_python_and_templates(tmp_path: Path) -> None:
    find(tmp_path, TEMPLATE)
    (tmp_path / "views.py").write_text(
        "class A:\n    def b(self):\n        x = _('Sent'), ngettext('one', 'many', 3)\n"
        "        return pgettext('month', 'May')\n"
    )
    found = {(message.id, message.context) for message in extract(tmp_path) if message.id}
    assert found == {
        ("Ask a question", None),
        (("%(number)s vote", "%(number)s votes"), None),
        ("Send", None),
        ("Sent", None),
        (("one", "many"), None),
        ("May", "month"),
    }


def test_marked_and_silent_words_are_no_literals(tmp_path: Path) -> None:
    assert find(tmp_path, TEMPLATE) == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>Welcome</p>",
        "<p>{{ name }} স্বাগতম</p>",
        '<img alt="A bridge" src="{{ address }}">',
        '<input type="submit" value="Send">',
        '<meta name="description" content="Live talks">',
        "{% if a %}Yes{% else %}{% translate 'No' %}{% endif %}",
    ],
)
def test_unmarked_words_are_found_with_their_line(tmp_path: Path, text: str) -> None:
    assert [line for line, _ in find(tmp_path, "<p>\n</p>\n" + text)] == [3]


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "views.py").write_text("_('Hello, %(name)s'), _('Bye')")
    monkeypatch.setattr(messages, "PRODUCT", tmp_path)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "CATALOGUE", tmp_path / "locale" / "django.po")
    messages.update()
    return tmp_path / "locale" / "django.po"


def say(catalogue: Path, message: str, bangla: str) -> None:
    text = catalogue.read_text()
    assert f'msgid "{message}"' in text
    catalogue.write_text(
        text.replace(f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{bangla}"')
    )


def test_a_missing_and_an_unused_message_are_problems(catalogue: Path) -> None:
    say(catalogue, "Hello, %(name)s", "%(name)s, স্বাগতম")
    assert messages.catalogue_problems() == ["no Bangla: 'Bye'"]
    say(catalogue, "Bye", "বিদায়")
    assert messages.catalogue_problems() == []
    (messages.PRODUCT / "views.py").write_text("_('Bye')")
    assert messages.catalogue_problems() == ["no longer used: 'Hello, %(name)s'"]
    messages.update()
    assert messages.catalogue_problems() == []
    assert "বিদায়" in catalogue.read_text()


def test_places_to_fill_must_be_the_same(catalogue: Path) -> None:
    say(catalogue, "Bye", "বিদায়")
    say(catalogue, "Hello, %(name)s", "%(nam)s, স্বাগতম")
    assert messages.catalogue_problems() == ["places to fill differ: 'Hello, %(name)s'"]


def test_a_fuzzy_message_is_a_problem(monkeypatch: pytest.MonkeyPatch, catalogue: Path) -> None:
    guessed = Catalog(locale="bn")
    guessed["Bye"] = Message("Bye", "বিদায়", flags={"fuzzy"})
    monkeypatch.setattr(messages, "read", lambda: guessed)
    assert "fuzzy: 'Bye'" in messages.catalogue_problems()


def test_what_is_compiled_is_what_django_reads(catalogue: Path) -> None:
    import gettext

    say(catalogue, "Bye", "বিদায়")
    messages.compile_catalogue()
    with catalogue.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Bye") == "বিদায়"
