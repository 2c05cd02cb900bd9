"""Saying what is done before it is done, and running it."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.prepare.folders import ROOT

_began = time.monotonic()


class Stop(Exception):
    """Set-up cannot go on; the message tells a person what to do."""


def say(words: str) -> None:
    print(f"[{time.monotonic() - _began:5.1f} s] {words}", flush=True)


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    failing: str,
) -> None:
    """Run quietly; when it fails, show what it said and stop with `failing`."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout[-6000:], flush=True)
        raise Stop(failing)


def output(command: Sequence[str | Path]) -> str:
    """What a program prints, or nothing when it cannot be run."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def version(text: str) -> tuple[int, ...]:
    """The first dotted number in a program's word about itself: `go1.26.8` -> (1, 26, 8)."""
    number = ""
    for sign in text:
        if sign.isdigit() or (sign == "." and number):
            number += sign
        elif "." in number:
            break
        else:
            number = ""
    return tuple(int(part) for part in number.split(".") if part)
