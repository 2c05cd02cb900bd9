"""The virtual environment: exactly what the lock says, by hash, or nothing."""

import os
import shutil
import sys
import venv
from pathlib import Path

from tools.prepare.folders import ROOT, cache_folder, is_fresh, python_hash
from tools.prepare.running import Stop, output, run, say

LINK = ROOT / ".venv"
RUNTIME = ROOT / "requirements" / "runtime.txt"
DEVELOPMENT = ROOT / "requirements" / "development.txt"
BOOTSTRAP = ROOT / "requirements" / "bootstrap.txt"
# pip's settings, and what uv calls the same thing.
SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
    "trusted-host": "UV_INSECURE_HOST",
}


def environment_for(lock: Path) -> Path:
    """A complete environment for this lock, made now if there is none yet."""
    folder = cache_folder() / f"python-{lock.stem}-{python_hash(lock)}"
    if not is_complete(folder):
        _make(folder, lock)
    return folder


def is_complete(folder: Path) -> bool:
    # The interpreter is a link: it is broken when the Python it was made with was removed.
    return is_fresh(folder / "complete", folder.name) and (folder / "bin" / "python").exists()


def prepare(*, tests: bool) -> Path:
    """Point .venv at the environment that is needed; the one for tests serves for running as well."""
    if LINK.exists() and not LINK.is_symlink():
        raise Stop(f"{LINK} is a folder of its own. Please move it away: script/setup puts a link there.")
    wider = cache_folder() / f"python-{DEVELOPMENT.stem}-{python_hash(DEVELOPMENT)}"
    folder = environment_for(DEVELOPMENT) if tests or is_complete(wider) else environment_for(RUNTIME)
    if not LINK.is_symlink() or LINK.readlink() != folder:
        LINK.unlink(missing_ok=True)
        LINK.symlink_to(folder)
    return folder


def _make(folder: Path, lock: Path) -> None:
    say(f"Python packages: installing {lock.relative_to(ROOT)} (by hash)")
    program = uv()
    _empty_environment(folder, with_pip=program is None)
    python = folder / "bin" / "python"
    failing = f"The packages of {lock.name} could not be installed; the lines above say why."
    if program:
        run([program, "pip", "sync", "--quiet", "--require-hashes", "--python", python, lock],
            environment=settings_for_uv(), failing=failing)  # fmt: skip
    else:
        run([python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock], failing=failing)
    (folder / "complete").write_text(folder.name)


def _empty_environment(folder: Path, *, with_pip: bool) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=with_pip, symlinks=True)


def uv() -> Path | None:
    """uv, locked like everything else; None where it does not run, and pip does the work more slowly."""
    folder = cache_folder() / f"uv-{python_hash(BOOTSTRAP)}"
    program = folder / "bin" / "uv"
    if is_complete(folder):
        return program
    try:
        _empty_environment(folder, with_pip=True)
        run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes",
             "--only-binary", ":all:", "-r", BOOTSTRAP], failing="uv could not be installed.")  # fmt: skip
    except Stop:
        say("uv does not run here; pip installs instead, which takes longer")
        return None
    if not output([program, "--version"]):
        return None
    (folder / "complete").write_text(folder.name)
    return program


def settings_for_uv() -> dict[str, str]:
    """Whatever pip was told on this machine (mirror, certificates, folder of wheels), uv is told too."""
    told: dict[str, str] = {}
    for line in output([sys.executable, "-m", "pip", "config", "list"]).splitlines():
        name, _, value = line.partition("=")
        known = SETTINGS.get(name.rpartition(".")[2])
        if known:
            told[known] = value.strip("'\"").replace("\\n", " ").strip()
    for name in ("PIP_CERT", "REQUESTS_CA_BUNDLE"):
        if os.environ.get(name):
            told.setdefault("SSL_CERT_FILE", os.environ[name])
    for name in ("PIP_FIND_LINKS", "PIP_INDEX_URL"):
        if os.environ.get(name):
            told.setdefault(SETTINGS[name[4:].lower().replace("_", "-")], os.environ[name])
    return {name: value for name, value in told.items() if name not in os.environ}
