"""Every rule has a test in which it says no, every public face one in which it keeps a secret."""

import ast

import pytest

from tests.architecture.source import Function, names_in, of_apps, public_functions, written_for

RULES = [
    (app, rule.name)
    for app, path in of_apps("rules")
    for rule in public_functions(path)
    if rule.name.startswith("can_")
]


def _is_number(function: Function) -> bool:
    """A number alone, such as a revision, tells nobody's secret."""
    return isinstance(function.returns, ast.Name) and function.returns.id in {"int", "bool"}


FACES = [
    (app, face.name)
    for app, path in of_apps("public")
    for face in public_functions(path)
    if not _is_number(face)
]


def _arguments(function: Function) -> set[str]:
    given = function.args
    return {argument.arg for argument in [*given.posonlyargs, *given.args, *given.kwonlyargs]}


# What a person does; what machines report (a webhook, a measure) has nobody to name.
ACTS = [
    (app, path.stem, act)
    for app, path in of_apps("actions")
    for act in public_functions(path)
    if "by" in _arguments(act)
]


def _says_no(test: Function, rule: str) -> bool:
    """`assert not can_x(...)` or `assert can_x(...) is False`, as a whole or as a part."""
    return any(
        rule in names_in(part)
        for statement in ast.walk(test)
        if isinstance(statement, ast.Assert)
        for part in ast.walk(statement.test)
        if (isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not))
        or (
            isinstance(part, ast.Compare)
            and any(isinstance(other, ast.Constant) and other.value is False for other in part.comparators)
        )
    )


@pytest.mark.parametrize(("app", "rule"), RULES)
def test_every_rule_has_a_test_that_says_no(app: str, rule: str) -> None:
    assert any(_says_no(test, rule) for test in written_for(app)), (
        f"no test in tests/{app} sees {rule} refuse"
    )


def _keeps_a_secret(test: Function, face: str) -> bool:
    """Called a leak test, asking a helper about secrets, or seeing that a thing is `not in` the face."""
    if face not in names_in(test):
        return False
    absent = any(isinstance(part, ast.NotIn) for part in ast.walk(test))
    return absent or any("leak" in name or "secret" in name for name in {test.name, *names_in(test)})


@pytest.mark.parametrize(("app", "face"), FACES)
def test_every_public_face_has_a_leak_test(app: str, face: str) -> None:
    assert any(_keeps_a_secret(test, face) for test in written_for(app)), (
        f"no leak test of {face} in tests/{app}"
    )


def test_acts_name_their_arguments() -> None:
    """`approve(contribution, by=person)`: after the thing acted on, nothing goes by position."""
    by_position = [
        f"{app}.{file}.{act.name}"
        for app, file, act in ACTS
        if len(act.args.posonlyargs) + len(act.args.args) > 1 or act.args.vararg
    ]
    assert ACTS
    assert by_position == []
