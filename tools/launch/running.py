"""The supervisor as a thing to hold: begins, answers, is asked, ends."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, TypeVar
from xmlrpc.client import ServerProxy

from tools.launch.ports import HOST, Ports
from tools.prepare.folders import ROOT

Answer = TypeVar("Answer")


class LaunchFailed(Exception):
    """It could not be started; the message says what went wrong, with the last lines of the log."""


@dataclass
class Running:
    folder: Path
    ports: Ports
    environment: dict[str, str]
    programs: tuple[str, ...]
    socket: Path
    process: subprocess.Popen[bytes]
    lock: IO[str]

    @property
    def address(self) -> str:
        return self.environment["SHONGLAP_ADDRESS"]

    @property
    def local_address(self) -> str:
        """Where the web process answers on this machine, whatever the world calls it."""
        return f"http://{HOST}:{self.ports.web}"

    def pid(self, name: str) -> int:
        """The number of the process that is `name` now; 0 while there is none."""
        try:
            number = int((self.folder / "run" / f"{name}.pid").read_text())
            os.kill(number, 0)
        except (OSError, ValueError):
            return 0
        return number

    def kill(self, name: str, signal_number: int = signal.SIGKILL) -> int:
        """End one process as hard as a fault would; the supervisor starts it again. Gives the old number."""
        number = self.pid(name)
        if number:
            os.kill(number, signal_number)
        return number

    def wait_for_another(self, name: str, before: int, *, timeout: float = 30) -> int:
        """The number of the process that follows `before`."""
        return wait_until(lambda: self.pid(name) if self.pid(name) != before else 0, timeout, f"{name} again")

    def states(self) -> dict[str, str]:
        """What the supervisor says of each process: RUNNING, STARTING, BACKOFF, FATAL ..."""
        from supervisor.xmlrpc import SupervisorTransport

        proxy = ServerProxy(
            f"http://{HOST}", transport=SupervisorTransport(None, None, f"unix://{self.socket}")
        )
        try:
            found: Any = proxy.supervisor.getAllProcessInfo()
            return {str(one["name"]): str(one["statename"]) for one in found}
        except OSError:
            return {}

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def manage(self, *arguments: str) -> None:
        """`manage.py` in this environment."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    def stop(self) -> None:
        """End everything that was started here, and nothing else. May be called twice."""
        if self.is_alive():
            self.process.terminate()
            try:
                self.process.wait(timeout=40)
            except subprocess.TimeoutExpired:  # then the kernel ends them: all are tied to it
                self.process.kill()
                self.process.wait()
        if self.socket.parent != self.folder / "run":
            shutil.rmtree(self.socket.parent, ignore_errors=True)
        self.lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def wait_until(look: Callable[[], Answer], timeout: float, what: str) -> Answer:
    """The first true answer of `look`."""
    end = time.monotonic() + timeout
    while not (answer := look()):
        if time.monotonic() > end:
            raise LaunchFailed(f"Waited {timeout:.0f} s in vain for {what}.")
        time.sleep(0.1)
    return answer
