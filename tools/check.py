"""script/check: everything that is quick. Prints what fails and why; silent about the rest.

Arguments choose by name: `script/check ruff mypy`.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.prepare import node
from tools.prepare.folders import ROOT

PYTHON = sys.executable
BIN = Path(sys.executable).parent
CHECKS: dict[str, list[str]] = {
    "mypy": [PYTHON, "-m", "mypy"],
    "ruff": [str(BIN / "ruff"), "check"],
    "format": [str(BIN / "ruff"), "format", "--check"],
    "layers": [str(BIN / "lint-imports")],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "messages": [PYTHON, "-m", "tools.messages", "check"],
    "licences": [PYTHON, "-m", "tools.licences", "check"],
    "types": ["npm", "run", "--silent", "types"],
    "architecture": [PYTHON, "-m", "pytest", "tests/architecture"],
}


def environment(folder: str) -> dict[str, str]:
    """Checks touch no data: theirs is a folder that goes away."""
    return {
        **os.environ,
        **node.environment(),
        "SHONGLAP_SECRET_KEY": "only-for-checks",
        "SHONGLAP_DATA": folder,
    }


def run(name: str, said: dict[str, str]) -> tuple[bool, str]:
    began = time.monotonic()
    done = subprocess.run(
        CHECKS[name], cwd=ROOT, env=said, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    seconds = f"({time.monotonic() - began:.1f} s)"
    if done.returncode:
        return False, f"--- {name} {seconds}: {' '.join(CHECKS[name])}\n{done.stdout.strip()}"
    last = done.stdout.strip().splitlines()[-1:] if name == "architecture" else []
    return True, " ".join([f"ok  {name} {seconds}", *last])


def main(names: list[str]) -> int:
    unknown = set(names) - set(CHECKS)
    if unknown:
        print(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}")
        return 2
    passed = True
    with tempfile.TemporaryDirectory(prefix="shonglap-check-") as folder, ThreadPoolExecutor(2) as pool:
        said = environment(folder)
        for fine, words in pool.map(lambda name: run(name, said), names or CHECKS):
            passed = passed and fine
            print(words, flush=True)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
