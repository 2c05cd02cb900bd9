"""The schema is strict, says the same of changes as of states, and knows the words of the product."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db.models import Choices
from jsonschema import Draft202012Validator

from shonglap.dialogues.models import AgendaItem, State
from shonglap.feed import composer
from shonglap.offices.models import Accreditation
from shonglap.questions import rules
from shonglap.questions.models import Answer, DeclineReason, Kind
from shonglap.stage.models import Scene
from tests.feed import samples
from tests.feed.reading import SCHEMA, Json, wrong
from tools.prepare.folders import ROOT

KNOWN: Json = SCHEMA["$defs"]
CHANGES = [name for name in KNOWN if name.endswith("Change")]
DOCUMENT = (ROOT / "docs" / "feed.md").read_text(encoding="utf-8")


def test_it_is_a_schema_itself() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("head", samples.head(1)),
        ("tick", samples.tick(1)),
        ("tick", samples.tick(2)),
        ("tick", samples.tick(3, {})),
        ("snapshot", samples.snapshot(1)),
        ("attendance", {"version": 1, "peak_viewers": 0}),
        ("chapters", {"version": 1, "chapters": []}),
    ],
)
def test_samples_are_fine_also_without_saying_what_they_are(kind: str, content: Json) -> None:
    assert wrong(kind, content) == []
    Draft202012Validator(SCHEMA).validate(content)


def objects_in(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from objects_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from objects_in(one)


@pytest.mark.parametrize(
    ("kind", "sample"),
    [("head", samples.head(1)), ("tick", samples.tick(1)), ("snapshot", samples.snapshot(1))],
)
def test_an_unknown_member_anywhere_is_refused(kind: str, sample: Json) -> None:
    content = json.loads(json.dumps(sample))  # nothing in it twice
    found = list(objects_in(content))
    assert len(found) > (0 if kind == "head" else 30)
    for one in found:
        one["email"] = "citizen@secret.example"
        assert wrong(kind, content)
        del one["email"]
    assert wrong(kind, content) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("contributions", samples.QUESTION, "status"), "waiting"),
        (("contributions", samples.QUESTION, "status"), "declined"),
        (("contributions", samples.QUESTION, "office"), None),
        (("contributions", "17"), samples.state()["contributions"][samples.MERGED]),
        (("stage", "on_air", 0, "id"), "host-h2345678abcd-wxyz"),
        (("sites", "programme"), samples.state()["sites"][samples.SITE]),
        (("stream", "playlist"), "https://elsewhere.example/master.m3u8"),
        (("dialogue", "state"), "draft"),
        (("dialogue", "starts_at"), "2017-04-16T11:00:00.000+06:00"),
        (("votes", samples.QUESTION), 0),
        (("declined", "because"), 1),
    ],
)
def test_what_must_not_be_told_is_refused(path: tuple[Any, ...], value: Any) -> None:
    snapshot = json.loads(json.dumps(samples.snapshot(1)))
    place: Any = snapshot["state"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert wrong("snapshot", snapshot)


def test_a_change_may_take_away_what_may_be_missing_and_nothing_else() -> None:
    gone = {"contributions": {samples.QUESTION: None, samples.MERGED: {"merged_into": None}}}
    assert wrong("tick", samples.tick(2, gone)) == []
    for one in ({"stage": None}, {"contributions": {samples.QUESTION: {"text": None}}}):
        assert wrong("tick", samples.tick(2, one))


def as_change(known: Json) -> Json:
    """What a merge patch may hold for that part of the state."""
    needed = set(known.get("required", ()))
    change: Json = {"type": "object", "additionalProperties": False}
    for members in ("properties", "patternProperties"):
        if members in known:
            change[members] = {
                name: member(value, always=name in needed) for name, value in known[members].items()
            }
    return change


def member(value: Json, *, always: bool) -> Json:
    reference = f"{value.get('$ref', '')}Change"
    change = {"$ref": reference} if reference.rsplit("/", 1)[-1] in KNOWN else value
    return change if always else {"anyOf": [change, {"type": "null"}]}


@pytest.mark.parametrize("name", CHANGES)
def test_changes_are_described_as_the_state_is(name: str) -> None:
    described = {key: value for key, value in KNOWN[name].items() if key != "description"}
    assert described == as_change(KNOWN[name.removesuffix("Change")])


def test_no_object_of_ours_is_open() -> None:
    for one in objects_in(KNOWN):
        if one.get("type") == "object":
            assert one["additionalProperties"] is False


@pytest.mark.parametrize(
    ("kind", "name", "choices"),
    [
        ("contribution", "kind", Kind),
        ("answer", "kind", Answer.Kind),
        ("agendaItem", "kind", AgendaItem.Kind),
        ("stage", "scene", Scene),
    ],
)
def test_the_words_are_the_words_of_the_product(kind: str, name: str, choices: type[Choices]) -> None:
    assert set(KNOWN[kind]["properties"][name]["enum"]) == set(choices.values)


def test_the_states_and_reasons_are_those_that_are_public() -> None:
    assert set(KNOWN["contribution"]["properties"]["status"]["enum"]) == set(rules.PUBLIC)
    assert set(KNOWN["dialogue"]["properties"]["state"]["enum"]) == set(State.values) - {"draft"}
    assert set(KNOWN["author"]["properties"]["accredited"]["enum"]) == {"", *Accreditation.Kind.values}
    (reasons,) = KNOWN["declined"]["patternProperties"]
    assert all(re.search(reasons, reason) for reason in DeclineReason.values)


# --- docs/feed.md

EXAMPLES = [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```", DOCUMENT, re.M | re.S)]


def test_the_examples_of_the_document_are_valid() -> None:
    assert len(EXAMPLES) >= 5
    for example in EXAMPLES:
        Draft202012Validator(SCHEMA).validate(example)


def test_the_document_names_every_section_and_word() -> None:
    words = {name for known in (KNOWN["state"], KNOWN["head"], KNOWN["tick"]) for name in known["properties"]}
    for name in ("contribution", "answer", "agendaItem", "stage", "stream", "dialogue", "site"):
        words |= set(KNOWN[name]["properties"])
    assert [word for word in sorted(words) if f"`{word}`" not in DOCUMENT] == []


def test_the_document_tells_the_numbers_of_the_composer() -> None:
    lengths = f"{composer.LIVELY:g}, {composer.QUIET:g} or {composer.ASLEEP:g} seconds"
    assert lengths in DOCUMENT
    assert f"every {composer.SNAPSHOT_EVERY} ticks" in DOCUMENT


def test_samples_do_not_change_under_the_tests() -> None:
    before = deepcopy(samples.state())
    samples.state(9)["votes"].clear()
    assert samples.state() == before
