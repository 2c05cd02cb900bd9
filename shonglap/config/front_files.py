"""The folders that the front serves: which file an address means, what is said of it, what is remembered."""

import gzip
import os
import re
import stat
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

Headers = list[tuple[bytes, bytes]]
Version = tuple[int, int, int]  # when written, how large, which file

# What is not in this list is not served, so a file left behind by an editor or a copy stays private.
TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".ts": "video/mp2t",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
    ".json": "application/json",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".map": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
COMPRESSED = {".m3u8", ".vtt", ".json", ".svg", ".css", ".js", ".mjs", ".map", ".txt", ".webmanifest"}
IN_PIECES = {".ts", ".mp4"}

FOR_EVER = "public, max-age=31536000, immutable"
A_SECOND = "public, max-age=1"
A_MINUTE = "public, max-age=60"
ASK_EACH_TIME = "public, no-cache"

HASHED = re.compile(r"/assets/[^/]+-[\w-]{8}\.\w+$")
WRITTEN_ONCE = re.compile(r"/feed/(?:state-)?\d+\.json$|/hls/[^/]+/[^/]+\.ts$")
TICK = re.compile(r"^([\w-]+)/feed/(\d+)\.json$")

SMALL = 1_000_000  # bytes; larger files are read piece by piece
MEMORY = 48_000_000


def keep_static(path: str) -> str:
    """Names with a hash in them never mean anything else."""
    return FOR_EVER if HASHED.search(path) else A_MINUTE


def keep_public(path: str) -> str:
    if WRITTEN_ONCE.search(path):
        return FOR_EVER
    if path.endswith((".m3u8", ".json", ".vtt")):
        return A_SECOND
    # A picture may be taken back, a recording still grows.
    return ASK_EACH_TIME if path.endswith(".mp4") else A_MINUTE


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it is now. `body` is None where it is too large for memory; `tick` is (slug, number).

    `sent` is what is read in that case: the file at `path`, or what lies compressed beside it.
    """

    path: str
    sent: str
    size: int
    modified: float
    etag: bytes
    headers: Headers
    body: bytes | None
    version: Version
    in_pieces: bool
    tick: tuple[str, int] | None


class Folder:
    """Files under one prefix; the first of `roots` that has a name wins."""

    def __init__(self, prefix: str, roots: Iterable[Path], keep: Callable[[str], str]) -> None:
        self.prefix = prefix
        self.roots = [os.path.realpath(root) for root in roots]
        self.keep = keep
        self._memory: OrderedDict[tuple[str, bool], Found] = OrderedDict()
        self._used = 0

    def find(self, address: str, *, zipped: bool) -> Found | None:
        """`address` is the decoded path of the request, with the prefix."""
        key = (address, zipped)
        known = self._memory.get(key)
        if known is not None:
            if _version(known.path) == known.version:
                self._memory.move_to_end(key)
                return known
            self._forget(key)
        path = self._path(address[len(self.prefix) :])
        found = self._read(address, path, zipped=zipped) if path else None
        if found is not None and found.body is not None:
            self._remember(key, found)
        return found

    def _path(self, relative: str) -> str | None:
        """The file's real place, or None: no way out of the folder, no links, nothing hidden."""
        parts = relative.split("/")
        if any(not part or part.startswith(".") or "\0" in part or "\\" in part for part in parts):
            return None
        if os.path.splitext(relative)[1] not in TYPES:
            return None
        for root in self.roots:
            path = os.path.join(root, *parts)
            if os.path.realpath(path) == path and os.path.isfile(path):
                return path
        return None

    def _read(self, address: str, path: str, *, zipped: bool) -> Found | None:
        version = _version(path)
        if version is None:
            return None
        ending = os.path.splitext(path)[1]
        zipped = zipped and ending in COMPRESSED
        try:
            sent, size, body = _contents(path, version, zipped=zipped)
        except OSError:  # taken away this very moment
            return None
        packed = zipped and (body is not None or sent != path)
        headers = self._headers(address, ending, version, packed=packed)
        match = TICK.match(address[len(self.prefix) :])
        return Found(
            path=path,
            sent=sent,
            size=size,
            modified=version[0] / 1e9,
            etag=_etag(version, packed=packed),
            headers=headers,
            body=body,
            version=version,
            in_pieces=ending in IN_PIECES,
            tick=(match[1], int(match[2])) if match else None,
        )

    def _headers(self, address: str, ending: str, version: Version, *, packed: bool) -> Headers:
        headers: Headers = [
            (b"content-type", TYPES[ending].encode()),
            (b"cache-control", self.keep(address).encode()),
            (b"etag", _etag(version, packed=packed)),
            (b"last-modified", formatdate(version[0] / 1e9, usegmt=True).encode()),
            (b"x-content-type-options", b"nosniff"),
        ]
        if ending in COMPRESSED:
            headers.append((b"vary", b"Accept-Encoding"))
        if packed:
            headers.append((b"content-encoding", b"gzip"))
        if ending in IN_PIECES:
            headers.append((b"accept-ranges", b"bytes"))
        return headers

    def _remember(self, key: tuple[str, bool], found: Found) -> None:
        self._memory[key] = found
        self._used += found.size
        while self._used > MEMORY:
            self._forget(next(iter(self._memory)))

    def _forget(self, key: tuple[str, bool]) -> None:
        self._used -= self._memory.pop(key).size


def _version(path: str) -> Version | None:
    """Changes whenever the file does."""
    try:
        seen = os.lstat(path)
    except OSError:
        return None
    return (seen.st_mtime_ns, seen.st_size, seen.st_ino) if stat.S_ISREG(seen.st_mode) else None


def _etag(version: Version, *, packed: bool) -> bytes:
    return f'"{version[0]:x}-{version[1]:x}{"-z" if packed else ""}"'.encode()


def _contents(path: str, version: Version, *, zipped: bool) -> tuple[str, int, bytes | None]:
    """What to send: from which file, how many bytes, and those bytes if they are few enough.

    What lies compressed beside the file counts if it is not older; else small files are compressed here.
    """
    beside = _version(f"{path}.gz") if zipped else None
    if beside is not None and beside[0] >= version[0]:
        sent, size = f"{path}.gz", beside[1]
    else:
        sent, size = path, version[1]
    if size > SMALL:
        return sent, size, None
    body = Path(sent).read_bytes()
    if zipped and sent == path:
        body = gzip.compress(body, 6, mtime=0)
    return sent, len(body), body
