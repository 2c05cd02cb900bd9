"""Runs a program that ends when its parent ends: `python tools/tied.py PID_FILE program arguments...`

The process becomes the program, so its number is known (PID_FILE) and signals reach it directly. Linux
sends it SIGTERM when the parent dies by whatever means, so that a killed launcher leaves nothing behind.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def die_with_parent(signal_number: int = signal.SIGTERM) -> None:
    """From now on this process is told when its parent is gone (Linux; elsewhere nothing happens)."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent:  # it was gone before we asked
        os.kill(os.getpid(), signal_number)


def main(arguments: list[str]) -> None:
    pid_file, *command = arguments
    die_with_parent()
    unfinished = Path(f"{pid_file}.{os.getpid()}")
    unfinished.write_text(str(os.getpid()))
    unfinished.replace(pid_file)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
