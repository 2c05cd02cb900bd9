"""Which ports are used, whether they are free, and who has them if not. Everything is on the loopback."""

import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

HOST = "127.0.0.1"


class PortTaken(Exception):
    """Something else listens where we want to; the message says what, in words."""


@dataclass(frozen=True)
class Ports:
    web: int = 8000
    livekit: int = 7880
    media: int = 7882  # UDP; every participant's video and sound

    @classmethod
    def chosen(cls) -> Self:
        """The usual ones, unless the environment says otherwise."""
        usual = cls()
        return cls(
            web=int(os.environ.get("SHONGLAP_PORT") or usual.web),
            livekit=int(os.environ.get("SHONGLAP_LIVEKIT_PORT") or usual.livekit),
            media=int(os.environ.get("SHONGLAP_MEDIA_PORT") or usual.media),
        )

    @classmethod
    def free(cls) -> Self:
        """Three that nobody uses now, so that several run side by side."""
        kinds = (socket.SOCK_STREAM, socket.SOCK_STREAM, socket.SOCK_DGRAM)
        sockets = [socket.socket(socket.AF_INET, kind) for kind in kinds]
        try:
            for one in sockets:
                one.bind((HOST, 0))
            return cls(*(one.getsockname()[1] for one in sockets))
        finally:
            for one in sockets:
                one.close()

    def check(self) -> None:
        for name, port in asdict(self).items():
            kind = socket.SOCK_DGRAM if name == "media" else socket.SOCK_STREAM
            if not _is_free(port, kind):
                raise PortTaken(_in_the_way(name, port, kind))


def _is_free(port: int, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as one:
        if kind == socket.SOCK_STREAM:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((HOST, port))
        except OSError:
            return False
    return True


def _in_the_way(name: str, port: int, kind: socket.SocketKind) -> str:
    transport = "UDP" if kind == socket.SOCK_DGRAM else "TCP"
    option = {"web": "--port", "livekit": "--livekit-port", "media": "--media-port"}[name]
    owner = _owner(port, transport.lower())
    return (
        f"{transport} port {port} (for {name}) is taken by {owner or 'another program'}. "
        f"Stop that, or choose another port with {option}."
    )


def _owner(port: int, transport: str) -> str:
    """`process 123 (python3 -m ...)`, where Linux lets us look; else nothing."""
    inodes = set()
    for table in (Path(f"/proc/net/{transport}"), Path(f"/proc/net/{transport}6")):
        lines = table.read_text().splitlines()[1:] if table.exists() else []
        fields = [line.split() for line in lines]
        inodes |= {f"socket:[{f[9]}]" for f in fields if int(f[1].rpartition(":")[2], 16) == port}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(os.readlink(fd) in inodes for fd in (process / "fd").iterdir()):
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                return f"process {process.name} ({command.strip()[:80]})"
        except OSError:
            continue  # ended meanwhile, or not ours to see
    return ""
