"""Merge patches as RFC 7396 has them, made and applied."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from shonglap.feed.merge import apply, difference, without_nulls

# Keys from a small set, so that two states often speak of the same thing.
KEYS = some.sampled_from("abcd")
LEAVES = some.one_of(some.text("xyক", max_size=2), some.integers(2, 5), some.booleans())
LISTS = some.lists(some.one_of(LEAVES, some.dictionaries(KEYS, LEAVES, max_size=2)), max_size=3)
VALUES = some.recursive(
    some.one_of(LEAVES, LISTS), lambda inner: some.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
STATES = some.dictionaries(KEYS, VALUES, max_size=4)
WITH_NULLS = some.recursive(
    some.one_of(LEAVES, some.none()), lambda inner: some.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)

on_any_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@on_any_machine
@given(old=STATES, new=STATES)
def test_the_difference_leads_from_the_old_to_the_new(old: Any, new: Any) -> None:
    before = deepcopy((old, new))
    patch = difference(old, new)
    assert apply(old, patch) == new
    assert (old, new) == before
    assert (patch == {}) == (old == new)


@on_any_machine
@given(states=some.lists(STATES, min_size=1, max_size=5))
def test_a_row_of_differences_leads_from_nothing_to_the_last(states: Any) -> None:
    told: Any = {}
    for before, after in zip([{}, *states], states, strict=False):
        told = apply(told, difference(before, after))
    assert told == states[-1]


@on_any_machine
@given(state=STATES, patch=some.dictionaries(KEYS, WITH_NULLS, max_size=4))
def test_applied_twice_is_applied_once_and_leaves_no_null(state: Any, patch: Any) -> None:
    once = apply(state, patch)
    assert apply(once, patch) == once
    assert without_nulls(once) == once


@pytest.mark.parametrize(
    ("state", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"a": "foo"}, {"b": None}, {"a": "foo"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        ({"a": 1}, {"a": {"b": 2}}, {"a": {"b": 2}}),
    ],
)
def test_the_examples_of_the_standard(state: Any, patch: Any, result: Any) -> None:
    assert apply(state, patch) == result


def test_only_what_changed_is_told() -> None:
    old = {"votes": {"x": 1, "y": 2}, "stage": {"scene": "solo", "on_air": [1, 2]}}
    new = {"votes": {"x": 1, "y": 3}, "stage": {"on_air": [2]}}
    assert difference(old, new) == {"votes": {"y": 3}, "stage": {"scene": None, "on_air": [2]}}


def test_what_is_unknown_is_left_out() -> None:
    assert without_nulls({"a": None, "b": {"c": None, "d": 0}, "e": [""]}) == {"b": {"d": 0}, "e": [""]}
