"""What stands before Django: serves the public folder and the built files by itself, hands on the rest.

A viewer's tick costs a look into memory and never reaches Django. With nginx or a CDN in front none of
this is asked; without, one small machine still serves a crowd (docs/feed.md tells the figures).
"""

import asyncio
import contextlib
import os
import re
from collections.abc import Sequence
from typing import Any

from asgiref.typing import (
    ASGI3Application,
    ASGIReceiveCallable,
    ASGISendCallable,
    HTTPResponseStartEvent,
    HTTPScope,
    LifespanScope,
    Scope,
)

from shonglap.config.front_files import Folder, Found, Headers
from shonglap.feed.viewers import Viewers

PIECE = 256_000  # bytes read at a time from what is too large for memory
FLUSH_EVERY = 3.0  # seconds
ONE_RANGE = re.compile(rb"^bytes=(\d*)-(\d*)$")
NOSNIFF = (b"x-content-type-options", b"nosniff")


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
                    await self._serve(folder, scope, receive, send)
                    return
            await self.inner(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1000, "reason": None})

    async def _serve(
        self, folder: Folder, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await _refuse(send, 405, [(b"allow", b"GET, HEAD")])
            return
        asked = _asked(scope)
        found = folder.find(scope["path"], zipped=_takes_gzip(asked.get(b"accept-encoding", b"")))
        if found is None:
            await _refuse(send, 404)
        elif _known_already(asked.get(b"if-none-match", b""), found.etag):
            await _answer(send, 304, found.headers)
        elif scope["method"] == "HEAD":
            await _answer(send, 200, _with_length(found.headers, found.size))
        elif found.in_pieces and b"range" in asked:
            await _send_range(found, asked, receive, send)
        else:
            await self._send_whole(found, scope, receive, send)

    async def _send_whole(
        self, found: Found, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        if found.tick is not None:
            self.viewers.count(*found.tick, found.modified)
        headers = _with_length(found.headers, found.size)
        if found.body is not None:
            await _answer(send, 200, headers, found.body)
        elif "http.response.pathsend" in (scope.get("extensions") or {}):
            await send(_start(200, headers))
            by_path: Any = {"type": "http.response.pathsend", "path": found.path}
            await send(by_path)
        else:
            await _send_pieces(found, 200, headers, (0, found.size - 1), receive, send)

    async def _live(self, scope: LifespanScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
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


def _asked(scope: HTTPScope) -> dict[bytes, bytes]:
    """The request's headers; of a repeated one the last counts."""
    return dict(scope["headers"])


def _takes_gzip(accepted: bytes) -> bool:
    """Whether gzip is among the accepted encodings and not refused by `;q=0`."""
    if b"gzip" not in accepted:
        return False
    for part in accepted.lower().split(b","):
        name, _, weight = part.partition(b";")
        if name.strip() == b"gzip":
            return weight.replace(b" ", b"").rstrip(b"0") not in (b"q=", b"q=0.", b"q=.")
    return False


def _known_already(tags: bytes, etag: bytes) -> bool:
    return bool(tags) and (
        tags.strip() == b"*" or etag in (tag.strip().removeprefix(b"W/") for tag in tags.split(b","))
    )


def _with_length(headers: Headers, length: int) -> Headers:
    return [*headers, (b"content-length", b"%d" % length)]


def _start(status: int, headers: Headers) -> HTTPResponseStartEvent:
    return {"type": "http.response.start", "status": status, "headers": headers, "trailers": False}


async def _answer(send: ASGISendCallable, status: int, headers: Headers, body: bytes = b"") -> None:
    await send(_start(status, headers))
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _refuse(send: ASGISendCallable, status: int, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
    """Never kept: the tick that is not there now is there in a second."""
    plain = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store"), NOSNIFF, (b"content-length", b"0")]
    await _answer(send, status, [*plain, *headers])


def _span(asked: dict[bytes, bytes], found: Found) -> tuple[int, int] | None:
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
    return int(first), min(int(last), found.size - 1) if last else found.size - 1


async def _send_range(
    found: Found, asked: dict[bytes, bytes], receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    span = _span(asked, found)
    if span is None:
        await _send_pieces(found, 200, _with_length(found.headers, found.size), (0, found.size - 1), receive, send)
        return
    first, last = span
    if first > last:
        await _refuse(send, 416, [(b"content-range", b"bytes */%d" % found.size)])
        return
    described = [*found.headers, (b"content-range", b"bytes %d-%d/%d" % (first, last, found.size))]
    headers = _with_length(described, last - first + 1)
    await _send_pieces(found, 206, headers, span, receive, send)


async def _send_pieces(
    found: Found,
    status: int,
    headers: Headers,
    span: tuple[int, int],
    receive: ASGIReceiveCallable,
    send: ASGISendCallable,
) -> None:
    """From memory, or from disk piece by piece without holding up others, until the reader has gone."""
    first, last = span
    if found.body is not None:
        await _answer(send, status, headers, found.body[first : last + 1])
        return
    file = await asyncio.to_thread(os.open, found.path, os.O_RDONLY)
    gone = asyncio.create_task(_until_gone(receive))
    try:
        await send(_start(status, headers))
        while first <= last and not gone.done():
            piece = await asyncio.to_thread(os.pread, file, min(PIECE, last - first + 1), first)
            if not piece:  # cut shorter meanwhile: end the answer, the reader sees that it is incomplete
                break
            first += len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()
        os.close(file)


async def _until_gone(receive: ASGIReceiveCallable) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
