"""`python -m tools.prepare [--tests]`: see script/setup."""

import argparse
import importlib.util
import sys
from concurrent.futures import ThreadPoolExecutor

from tools.prepare import livekit, node, python, system
from tools.prepare.folders import ROOT, alone, content_hash, is_fresh
from tools.prepare.running import Stop, run, say

CATALOGUE = ROOT / "shonglap" / "locale" / "bn" / "LC_MESSAGES" / "django.po"


def compile_messages() -> None:
    if not CATALOGUE.exists():
        return
    compiled, stamp = CATALOGUE.with_suffix(".mo"), CATALOGUE.with_suffix(".setup")
    made_from = content_hash([CATALOGUE])
    if compiled.exists() and is_fresh(stamp, made_from):
        return
    run([python.LINK / "bin" / "python", "-m", "tools.messages", "compile"],
        failing="The Bangla messages could not be compiled.")  # fmt: skip
    stamp.write_text(made_from)


def prepare(*, tests: bool) -> None:
    """Everything that running (and testing) needs; the slow Go build goes on beside the rest."""
    if importlib.util.find_spec("ensurepip") is None:
        system.install_venv()
    python.prepare(tests=tests)
    with ThreadPoolExecutor(max_workers=1) as beside:
        server = beside.submit(livekit.prepare)
        system.prepare(tests=tests)
        node.prepare()
        compile_messages()
        server.result()


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/setup", description="Makes everything ready.")
    parser.add_argument("--tests", action="store_true", help="also what checks and tests need")
    chosen = parser.parse_args()
    try:
        with alone():
            prepare(tests=chosen.tests)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    say("Ready.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
