"""What stands before Django: serves the public folder and the built files by itself, hands on the rest.

A viewer's tick costs a look into memory and never reaches Django. With nginx or a CDN in front none of
this is asked; without, one small machine still serves a crowd (`script/bench feed` measures it).
"""

import asyncio
import contextlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from asgiref.typing import (
    ASGI3Application,
    ASGIReceiveCallable,
    ASGISendCallable,
    HTTPScope,
    Scope,
)

from shonglap.config.front_files import Folder, Found, Headers
from shonglap.feed.viewers import Viewers

PIECE = 256_000  # bytes read at a time from what is too large for memory
FLUSH_EVERY = 3.0  # seconds
ONE_RANGE = re.compile(rb"^bytes=(\d{0,18})-(\d{0,18})$")
# Nothing refused is kept: the tick that is not there now is there in a second.
REFUSAL: Headers = [
    (b"content-type", b"text/plain"),
    (b"content-length", b"0"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and the way to answer it."""

    scope: HTTPScope
    asked: dict[bytes, bytes]
    receive: ASGIReceiveCallable
    send: ASGISendCallable

    async def start(self, status: int, headers: Headers, length: int | None = None) -> None:
        if length is not None:
            headers = [*headers, (b"content-length", b"%d" % length)]
        await self.send(
            {"type": "http.response.start", "status": status, "headers": headers, "trailers": False}
        )

    async def give(self, body: bytes = b"", *, more: bool = False) -> None:
        await self.send({"type": "http.response.body", "body": body, "more_body": more})

    async def refuse(self, status: int, *headers: tuple[bytes, bytes]) -> None:
        await self.start(status, [*REFUSAL, *headers])
        await self.give()

    async def until_gone(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass


class Front:
    """A raw ASGI callable; `inner` is Django's."""

    def __init__(self, inner: ASGI3Application, folders: Sequence[Folder], viewers: Viewers) -> None:
        self.inner = inner
        self.folders = folders
        self.viewers = viewers

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] == "http":
            path = scope["path"]
            for folder in self.folders:
                if path.startswith(folder.prefix):
                    await self._serve(folder, Exchange(scope, dict(scope["headers"]), receive, send))
                    return
            await self.inner(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1000, "reason": None})

    async def _serve(self, folder: Folder, exchange: Exchange) -> None:
        method = exchange.scope["method"]
        if method not in ("GET", "HEAD"):
            await exchange.refuse(405, (b"allow", b"GET, HEAD"))
            return
        zipped = takes_gzip(exchange.asked.get(b"accept-encoding", b""))
        found = folder.find(exchange.scope["path"], zipped=zipped)
        if found is None:
            await exchange.refuse(404)
        elif known_already(exchange.asked.get(b"if-none-match", b""), found.etag):
            await exchange.start(304, found.headers)
            await exchange.give()
        elif method == "HEAD":
            await exchange.start(200, found.headers, found.size)
            await exchange.give()
        else:
            await self._send(found, exchange)

    async def _send(self, found: Found, exchange: Exchange) -> None:
        if found.tick is not None:
            self.viewers.count(*found.tick, found.modified)
        span = span_of(exchange.asked, found) if found.in_pieces and b"range" in exchange.asked else None
        if span is not None:
            await send_span(found, span, exchange)
        elif found.body is not None:
            await exchange.start(200, found.headers, found.size)
            await exchange.give(found.body)
        elif "http.response.pathsend" in (exchange.scope.get("extensions") or {}):
            await exchange.start(200, found.headers, found.size)
            by_path: Any = {"type": "http.response.pathsend", "path": found.sent}
            await exchange.send(by_path)
        else:
            await exchange.start(200, found.headers, found.size)
            await send_pieces(found, 0, found.size - 1, exchange)

    async def _live(self, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """The worker's life: Django has nothing to do at its start and end; the counts have."""
        flushing: asyncio.Task[None] | None = None
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                flushing = asyncio.create_task(self._flush_now_and_then())
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                if flushing is not None:
                    flushing.cancel()
                self.viewers.flush()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _flush_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(FLUSH_EVERY)
            with contextlib.suppress(OSError):  # a full disk must not stop the ticks
                self.viewers.flush()


def takes_gzip(accepted: bytes) -> bool:
    """Whether gzip is among the accepted encodings and not refused by `;q=0`."""
    for part in accepted.lower().split(b","):
        name, _, weight = part.partition(b";")
        if name.strip() == b"gzip":
            return weight.replace(b" ", b"").rstrip(b"0") not in (b"q=", b"q=0.", b"q=.")
    return False


def known_already(tags: bytes, etag: bytes) -> bool:
    if not tags:
        return False
    return tags.strip() == b"*" or etag in (tag.strip().removeprefix(b"W/") for tag in tags.split(b","))


def span_of(asked: dict[bytes, bytes], found: Found) -> tuple[int, int] | None:
    """First and last byte; None for "all of it" (no range that we know); first > last cannot be satisfied."""
    match = ONE_RANGE.match(asked[b"range"].strip())
    if match is None or match.groups() == (b"", b""):
        return None
    if asked.get(b"if-range", found.etag) != found.etag:
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), found.size)
        return found.size - length, found.size - 1
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last), found.size - 1) if last else found.size - 1


async def send_span(found: Found, span: tuple[int, int], exchange: Exchange) -> None:
    first, last = span
    if first > last:
        await exchange.refuse(416, (b"content-range", b"bytes */%d" % found.size))
        return
    described = (b"content-range", b"bytes %d-%d/%d" % (first, last, found.size))
    await exchange.start(206, [*found.headers, described], last - first + 1)
    if found.body is not None:
        await exchange.give(found.body[first : last + 1])
    else:
        await send_pieces(found, first, last, exchange)


async def send_pieces(found: Found, first: int, last: int, exchange: Exchange) -> None:
    """From disk, piece by piece without holding up others, until the reader has gone."""
    file = await asyncio.to_thread(os.open, found.sent, os.O_RDONLY)
    gone = asyncio.create_task(exchange.until_gone())
    try:
        while first <= last and not gone.done():
            piece = await asyncio.to_thread(os.pread, file, min(PIECE, last - first + 1), first)
            if not piece:  # cut shorter meanwhile: the reader sees that the answer is incomplete
                break
            first += len(piece)
            await exchange.give(piece, more=True)
        await exchange.give()
    finally:
        gone.cancel()
        os.close(file)
