"""Where things are kept, and how we know that they are still what they were made from."""

import contextlib
import fcntl
import hashlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINUX = platform.system() == "Linux"


def cache_folder() -> Path:
    """Outside the checkout, so that `git clean` and a second clone cost nothing."""
    chosen = os.environ.get("SHONGLAP_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "shonglap"


def content_hash(paths: Iterable[Path], *words: str) -> str:
    """One short hash over names and contents of files and whole folders, and over some words."""
    digest = hashlib.sha256("\0".join(words).encode())
    for file in sorted(_files(paths)):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (file for file in path.rglob("*") if file.is_file())
        elif path.is_file():
            yield path


def python_hash(lock: Path) -> str:
    """A virtual environment fits one lock, one Python and one kind of machine."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    return content_hash([lock], version, platform.machine(), platform.system(), sys.base_prefix)


def is_fresh(stamp: Path, made_from: str) -> bool:
    """Whether the thing that carries this stamp was made, wholly, from exactly this."""
    try:
        return stamp.read_text() == made_from
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two set-ups on one machine wait for each other instead of tearing the cache."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
