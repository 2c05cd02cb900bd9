"""Node, its packages, and the frontend built by Vite - each only when its sources changed."""

import os
import shutil
from pathlib import Path

from tools.prepare.folders import ROOT, content_hash, is_fresh
from tools.prepare.python import environment_for
from tools.prepare.running import Stop, output, run, say, version

OLDEST = (20, 19)
LOCK = ROOT / "package-lock.json"
WHEEL = ROOT / "requirements" / "node.txt"
MODULES = ROOT / "node_modules"
BUILT = ROOT / "frontend" / "dist"
SOURCES = [
    ROOT / "frontend" / "src",
    ROOT / "frontend" / "styles",
    ROOT / "frontend" / "fonts",
    ROOT / "frontend" / "public",
    ROOT / "vite.config.ts",
    ROOT / "tsconfig.json",
    ROOT / "package.json",
    LOCK,
]


def prepare() -> None:
    packages = content_hash([LOCK, ROOT / "package.json"])
    if not is_fresh(MODULES / ".setup", packages):
        say("Node packages: npm ci")
        run(["npm", "ci", "--no-audit", "--no-fund"], environment=environment(), failing="npm ci failed.")
        (MODULES / ".setup").write_text(packages)
    sources = content_hash(SOURCES)
    if not (is_fresh(BUILT / ".setup", sources) and (BUILT / "manifest.json").exists()):
        say("Frontend: vite build")
        run(["npm", "run", "build"], environment=environment(), failing="The frontend could not be built.")
        (BUILT / ".setup").write_text(sources)


def environment() -> dict[str, str]:
    """A PATH on which node is new enough: the machine's own, else the one that comes as a Python wheel."""
    if shutil.which("npm") and version(output(["node", "--version"])) >= OLDEST:
        return {}
    if not WHEEL.exists():
        raise Stop(_words())
    say(f"No node of version {_dotted()} or newer: using the one that comes as a Python wheel")
    try:
        folder: Path = environment_for(WHEEL)
    except Stop as stop:
        raise Stop(_words()) from stop
    return {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}


def _dotted() -> str:
    return ".".join(str(part) for part in OLDEST)


def _words() -> str:
    return (
        f"Node.js {_dotted()} or newer is needed to build the frontend. Install it from your system's "
        "packages or from nodejs.org, then run this again."
    )
