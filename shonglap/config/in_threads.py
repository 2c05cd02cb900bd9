"""Django behind ASGI, run in threads that stay: no page of ours waits on sockets of its own.

Django's own ASGI handler makes a thread, an executor and a database connection for each request and crosses
between loop and thread four times, which costs more than a typical page. Here a worker has a fixed number of
threads, each request crosses once, and each thread keeps its connection.
"""

import asyncio
import logging
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope

Environ = dict[str, Any]
WSGI = Callable[[Environ, Any], Iterable[Any]]

THREADS = 8  # a worker; most of a page's time is Python, the rest is waiting for the database
LARGEST_BODY = 20_000_000  # two pictures of 8 MB and the words of a form
IN_MEMORY = 1_000_000

log = logging.getLogger(__name__)


class InThreads:
    """A raw ASGI callable around a WSGI application."""

    def __init__(self, inner: WSGI, threads: int = THREADS) -> None:
        self.inner = inner
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] != "http":
            raise ValueError(f"Only HTTP is served here, not {scope['type']}")
        # In memory for forms, on disk for pictures and for whoever sends more than a form has.
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as body:
            size = await read_body(receive, body)
            if size is None:
                return  # whoever asked has gone
            if size > LARGEST_BODY:
                await refuse_body(send)
                return
            body.seek(0)
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(self.threads, self.answer, environ_of(scope, body, size))
        status, headers, content = answer
        await send({"type": "http.response.start", "status": status, "headers": headers, "trailers": False})
        await send({"type": "http.response.body", "body": content, "more_body": False})

    def answer(self, environ: Environ) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        """In one of the threads: the whole answer, so that the loop need not come back for pieces."""
        started: list[Any] = []
        pieces = self.inner(environ, lambda status, headers, _exc=None: started.extend((status, headers)))
        try:
            content = b"".join(pieces)
        finally:
            close = getattr(pieces, "close", None)
            if close is not None:
                close()
        status, headers = started
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return int(status[:3]), encoded, b"" if environ["REQUEST_METHOD"] == "HEAD" else content


async def read_body(receive: ASGIReceiveCallable, body: IO[bytes]) -> int | None:
    """How large it is; None if the line broke. Not much more than the limit is ever taken in."""
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        size += len(message["body"])
        if size > LARGEST_BODY:
            return size
        body.write(message["body"])
        if not message["more_body"]:
            return size


async def refuse_body(send: ASGISendCallable) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"0"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def environ_of(scope: HTTPScope, body: Any, size: int) -> Environ:
    server, client = scope.get("server") or ("", 0), scope.get("client") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        add_header(environ, raw_name.decode("latin-1"), raw_value.decode("latin-1"))
    environ["CONTENT_LENGTH"] = str(size)
    return environ


def add_header(environ: Environ, name: str, value: str) -> None:
    if "_" in name:  # would be taken for the one with a dash
        return
    key = name.upper().replace("-", "_")
    if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        key = f"HTTP_{key}"
    separator = "; " if key == "HTTP_COOKIE" else ","
    environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
