"""Files and functions stay small enough to read, and name no machine."""

import ast
import re
import subprocess
import sys

from tests.architecture.source import Function, files, tree
from tools.prepare.folders import ROOT

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
READ_BY_PEOPLE = ("*.py", "*.ts", "*.html", "*.css", "*.scss", "script/*")


def test_no_file_is_longer_than_a_person_reads() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in files(*READ_BY_PEOPLE)
        if "migrations" not in path.parts
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def _length(function: Function) -> int:
    """Lines of the body; what the docstring says costs nothing."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": _length(node)
        for path in files("*.py")
        if "migrations" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def _registry_hosts() -> set[str]:
    """The registries as this machine's own clients name them, so that no list of them stands here."""
    ask = "from pip._internal.models.index import PyPI as p; print(p.netloc, p.file_storage_domain)"
    commands = [[sys.executable, "-c", ask], ["python3", "-c", ask], ["npm", "config", "get", "registry"],
                ["go", "env", "GOPROXY", "GOSUMDB"]]  # fmt: skip
    said = ""
    for command in commands:
        try:
            said += (
                subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT).stdout + "\n"
            )
        except FileNotFoundError:
            continue
    hosts = re.findall(r"(?:https?://)?([a-z0-9.-]+\.[a-z]{2,})", said)
    return {host for host in hosts if host.count(".") >= 1}


def test_locks_and_texts_name_no_registry() -> None:
    hosts = _registry_hosts()
    assert hosts, "neither pip nor npm nor go said where they fetch from"
    pattern = re.compile("|".join(re.escape(host) for host in sorted(hosts)).encode())
    naming = [str(path.relative_to(ROOT)) for path in files() if pattern.search(path.read_bytes())]
    assert naming == []
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_there_is_one_migration_an_app_until_the_first_release() -> None:
    extra = [
        str(path.relative_to(ROOT))
        for path in files("shonglap/*/migrations/0*.py")
        if "0001_" not in path.name
    ]
    assert extra == []
