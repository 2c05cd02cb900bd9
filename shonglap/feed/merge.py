"""JSON merge patch (RFC 7396): what changed between two states, and a state with the changes applied."""

from typing import Any

Json = dict[str, Any]


def difference(old: Json, new: Json) -> Json:
    """The smallest patch that turns `old` into `new`: null removes, lists are replaced whole.

    Empty if nothing changed. States hold no null (see `without_nulls`).
    """
    patch: Json = {key: None for key in old if key not in new}
    for key, value in new.items():
        if key not in old:
            patch[key] = value
        elif old[key] != value:
            before = old[key]
            nested = isinstance(before, dict) and isinstance(value, dict)
            patch[key] = difference(before, value) if nested else value
    return patch


def apply(state: Json, patch: Json) -> Json:
    """A new state; neither argument is changed."""
    result = dict(state)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict):
            before = result.get(key)
            result[key] = apply(before if isinstance(before, dict) else {}, value)
        else:
            result[key] = value
    return result


def without_nulls(value: Any) -> Any:
    """A merge patch cannot carry null as a value: what is unknown is left out of a state instead."""
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one is not None}
    return value
