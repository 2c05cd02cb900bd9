"""What comes from the system's own packages. Installed only as root on Debian and its kin, and said first."""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from tools.prepare.running import Stop, run, say

POSTGRES_FOLDERS = "/usr/lib/postgresql"


def has_fribidi() -> bool:
    """Pillow's Raqm opens it while running; without it Bangla letters stand in the wrong order."""
    for name in ("libfribidi.so.0", "libfribidi.so", "libfribidi.dylib"):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def chromium() -> Path | None:
    """The browser that the tests drive."""
    named = os.environ.get("SHONGLAP_CHROMIUM")
    for name in ([named] if named else []) + ["chromium", "chromium-browser", "google-chrome"]:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None


def postgres_folder() -> Path | None:
    """The folder of PostgreSQL's own programs (initdb, pg_ctl), newest version first."""
    versions = sorted(
        Path(POSTGRES_FOLDERS).glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3].split(".")[0]) if path.parts[-3][0].isdigit() else 0,
        reverse=True,
    )
    if versions:
        return versions[0].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _program(name: str) -> Callable[[], bool]:
    return lambda: bool(shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin"))


# Package name on Debian -> is it there?
ALWAYS: dict[str, Callable[[], bool]] = {"libfribidi0": has_fribidi}
FOR_TESTS: dict[str, Callable[[], bool]] = {
    "chromium": lambda: chromium() is not None,
    "ffmpeg": _program("ffprobe"),
    "nginx": _program("nginx"),
    "postgresql": lambda: postgres_folder() is not None,
    "wrk": _program("wrk"),
}


def prepare(*, tests: bool) -> None:
    wanted = {**ALWAYS, **(FOR_TESTS if tests else {})}
    missing = [name for name, is_there in wanted.items() if not is_there()]
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install(missing)
        missing = [name for name in missing if not wanted[name]()]
    if missing:
        _tell(missing)


def install_venv() -> None:
    """Debian splits off the part of Python that makes virtual environments."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install([package])
    else:
        raise Stop(f"Python's venv module is missing. Please install it: sudo apt-get install {package}")


def _install(packages: list[str]) -> None:
    say(f"System packages: apt-get install {' '.join(packages)} (missing, and you are root)")
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}  # RUNLEVEL=1: start no service
    failing = f"apt-get could not install {' '.join(packages)}."
    run(["apt-get", "update", "-q"], environment=quiet, failing=failing)
    run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages],
        environment=quiet, failing=failing)  # fmt: skip


def _tell(missing: list[str]) -> None:
    words = (
        f"Please install from your system's packages: {' '.join(missing)}  (Debian: sudo apt-get install ...)"
    )
    if set(missing) - set(ALWAYS):
        raise Stop(words)
    say(f"{words} - without libfribidi the programme cannot join Bangla letters rightly.")
