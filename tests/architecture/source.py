"""Reading the project's own source, for the tests beside this file."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.prepare.folders import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(*patterns: str) -> tuple[Path, ...]:
    """What is committed or about to be, and is there; nothing that is ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = {ROOT / name for name in listed.split("\0") if name}
    return tuple(sorted(path for path in paths if path.is_file()))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def public_functions(path: Path) -> list[Function]:
    """The functions that other files may call."""
    return [
        node
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
    ]


def of_apps(name: str) -> Iterator[tuple[str, Path]]:
    """(app, file) of `name`.py in each app, or of every file in the folder it became."""
    for app in sorted((ROOT / "shonglap").iterdir()):
        if (app / f"{name}.py").exists():
            yield app.name, app / f"{name}.py"
        for path in sorted((app / name).glob("*.py")):
            yield app.name, path


@cache
def written_for(app: str) -> tuple[Function, ...]:
    """Every function in an app's tests."""
    found: list[Function] = []
    for path in sorted((ROOT / "tests" / app).rglob("*.py")):
        found += [
            node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
    return tuple(found)


@cache
def names_in(node: ast.AST) -> set[str]:
    """Every name that is read in it, with and without a dot before it."""
    plain = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return plain | {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
