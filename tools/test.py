"""script/test: checks, then every test on SQLite and on PostgreSQL.

With arguments only pytest runs, on SQLite: `script/test tests/questions -k vote`. `--postgres` before them
runs those on PostgreSQL instead.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

from tools import check
from tools.layers import domain_apps
from tools.postgres import temporary_postgres
from tools.prepare.folders import ROOT

HEAVY = "media or browser"
ENOUGH = 95  # per cent of the lines of each domain app
PYTEST = [sys.executable, "-m", "pytest"]
QUICK = ["-n", "2", "-m", f"not ({HEAVY})", "--ignore=tests/architecture"]
MEASURED = ["--cov=shonglap", "--cov-report="]


def pytest(*arguments: str, environment: Mapping[str, str] | None = None) -> bool:
    """One run. A run that finds no test has failed: somebody lost them."""
    said = {**os.environ, **(environment or {})}
    if not environment:
        said.pop("DATABASE_URL", None)
    status = subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=said, check=False).returncode
    if status == 5:
        print("No test was found here, and there must be some.")
    return status == 0


def covered() -> bool:
    """Whether the tests on SQLite went through enough of each domain app."""
    enough = True
    for app in domain_apps():
        share = float(coverage_report(app, "--format=total", "--precision=1"))
        print(f"{app}: {share} % of the lines are tested")
        if share < ENOUGH:
            enough = False
            print(f"Under {ENOUGH} %:\n{coverage_report(app, '--skip-covered', '--show-missing')}")
    return enough


def coverage_report(app: str, *options: str) -> str:
    command = [sys.executable, "-m", "coverage", "report", f"--include=shonglap/{app}/*", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def on_postgres() -> bool:
    """What may differ there: every quick test, and the whole journeys of those with media."""
    with temporary_postgres() as address:
        database = {"DATABASE_URL": address}
        quick = pytest(*QUICK, environment=database)
        return pytest("-m", "journey", environment=database) and quick


def everything() -> int:
    steps: dict[str, Callable[[], bool]] = {
        "checks": lambda: check.main([]) == 0,
        "tests on SQLite": lambda: pytest(*QUICK, *MEASURED),
        "tests with media and browser on SQLite": lambda: pytest("-m", HEAVY, *MEASURED, "--cov-append"),
        "coverage of the domain apps": covered,
        "tests on PostgreSQL": on_postgres,
    }
    results = []
    for name, step in steps.items():
        print(f"\n=== {name}", flush=True)
        began = time.monotonic()
        passed = step()
        results.append((name, passed, time.monotonic() - began))
        if name == "checks" and not passed:
            break
    print("\n=== in short")
    for name, passed, seconds in results:
        print(f"{'ok    ' if passed else 'FAILED'} {name} ({seconds:.0f} s)")
    return 0 if all(passed for _, passed, _ in results) else 1


def main(arguments: list[str]) -> int:
    if not arguments:
        return everything()
    if arguments[0] == "--postgres":
        with temporary_postgres() as address:
            return 0 if pytest(*arguments[1:], environment={"DATABASE_URL": address}) else 1
    return 0 if pytest(*arguments) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
