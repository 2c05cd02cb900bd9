"""Recompiles the locks. They pin by hash and name no registry: a mirror serves them as well."""

import sys

from tools.prepare import node
from tools.prepare.folders import ROOT
from tools.prepare.python import settings_for_uv, uv
from tools.prepare.running import Stop, run, say

# In this order: development.in reads runtime.txt's answers through its own -r line.
LOCKS = ("bootstrap", "runtime", "development", "node", "go")
HOW = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header",
       "--no-emit-index-url", "--no-emit-find-links", "--quiet")  # fmt: skip


def lock(name: str, arguments: list[str]) -> None:
    say(f"requirements/{name}.txt")
    run([uv() or "uv", "pip", "compile", *HOW, *arguments, f"{name}.in", "-o", f"{name}.txt"],
        cwd=ROOT / "requirements", environment=settings_for_uv(),
        failing=f"requirements/{name}.in cannot be resolved.")  # fmt: skip


def main(arguments: list[str]) -> int:
    try:
        for name in LOCKS:
            lock(name, arguments)
        say("package-lock.json")
        run(["npm", "install", "--package-lock-only"], environment=node.environment(), failing="npm failed.")
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
