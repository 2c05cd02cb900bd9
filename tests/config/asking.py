"""Asks an ASGI application as a server would, without one."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass
class Answer:
    messages: list[dict[str, Any]]

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.messages[0]["headers"]}

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages[1:])

    @property
    def path(self) -> str:
        """The file that the server was told to send."""
        return str(self.messages[1]["path"])


def scope_of(
    path: str, method: str = "GET", headers: Iterable[tuple[str, str]] = (), **more: Any
) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "server": ("127.0.0.1", 8000),
        "client": ("192.0.2.7", 40000),
        **more,
    }


async def exchange(application: Any, scope: dict[str, Any], sent: Iterable[dict[str, Any]]) -> Answer:
    """What the application says to these messages; after them the asker waits, as a browser does."""
    coming, messages = list(sent), []

    async def receive() -> dict[str, Any]:
        if coming:
            return coming.pop(0)
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    await application(scope, receive, send)
    return Answer(messages)


def ask(
    application: Any, path: str, method: str = "GET", bodies: Iterable[bytes] = (b"",), **headers: str
) -> Answer:
    """`if_range="..."` sends the header `if-range`; `bodies` come as so many messages."""
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return asyncio.run(exchange(application, scope_of(path, method, named), requests(bodies)))


def requests(bodies: Iterable[bytes]) -> list[dict[str, Any]]:
    parts = list(bodies)
    return [
        {"type": "http.request", "body": body, "more_body": number < len(parts)}
        for number, body in enumerate(parts, start=1)
    ]
