"""PostgreSQL clusters and databases that live as long as a test run.

`python -m tools.postgres command arguments...` runs the command with DATABASE_URL set to such a cluster.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tools.prepare.system import postgres_folder
from tools.tied import die_with_parent

HOST = "127.0.0.1"
NAME = "shonglap"


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """A cluster of its own on a loopback port, durable as in production; gives its DATABASE_URL."""
    programs = postgres_folder()
    if programs is None:
        raise FileNotFoundError("PostgreSQL's programs are missing: run script/setup --tests")
    folder = Path(tempfile.mkdtemp(prefix="shonglap-postgres-"))
    password = secrets.token_hex(16)
    port = _free_port()
    try:
        _initialise(programs, folder, password)
        server = _serve(programs, folder, port)
        try:
            address = f"postgresql://{NAME}:{password}@{HOST}:{port}/{NAME}"
            _create_when_ready(address, server, folder)
            yield address
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's "fast": ends sessions, writes everything
            server.wait(timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(address: str) -> Iterator[str]:
    """A new, empty database beside the one of `address`, gone at the end."""
    name = f"{NAME}_{secrets.token_hex(5)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    try:
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _as_whom() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as its own user, or as nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("Neither a user postgres nor nobody exists to run PostgreSQL as.")


def _initialise(programs: Path, folder: Path, password: str) -> None:
    whom = _as_whom()
    (folder / "password").write_text(password)
    if whom:
        for path in (folder, folder / "password"):
            os.chown(path, whom["user"], whom["group"])
    command: list[str | Path] = [programs / "initdb", "-D", folder / "data", "-U", NAME,
               "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256",
               f"--pwfile={folder / 'password'}"]  # fmt: skip
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **whom
    )
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}")


def _serve(programs: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    options = {
        "listen_addresses": HOST,
        "port": str(port),
        "unix_socket_directories": str(folder),
        "max_connections": "300",
        "log_min_messages": "fatal",
    }
    command: list[str | Path] = [programs / "postgres", "-D", folder / "data"]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            preexec_fn=lambda: die_with_parent(signal.SIGINT), **_as_whom(),  # noqa: PLW1509  no threads yet
        )  # fmt: skip


def _create_when_ready(address: str, server: subprocess.Popen[bytes], folder: Path) -> None:
    template = urlunsplit(urlsplit(address)._replace(path="/postgres"))
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("PostgreSQL ended at once:\n" + (folder / "log").read_text(errors="replace"))
        try:
            with psycopg.connect(template, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {NAME}".encode())
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not answer within 30 s.")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def main(command: Sequence[str]) -> int:
    with temporary_postgres() as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
