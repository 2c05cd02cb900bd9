"""Django behind ASGI in threads that stay: bodies, headers and answers come through as they are."""

import asyncio
import hashlib
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application

from shonglap.config import in_threads
from shonglap.config.in_threads import IN_MEMORY, LARGEST_BODY, InThreads
from tests.config.asking import Answer, ask, exchange, requests, scope_of


class Echo:
    """A WSGI application that tells what it was given."""

    def __init__(self) -> None:
        self.environ: dict[str, Any] = {}
        self.body = b""
        self.thread = ""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.environ, self.thread = environ, threading.current_thread().name
        self.body = environ["wsgi.input"].read()
        start_response("201 Created", [("X-Said", "é"), ("Content-Length", "9"), ("Set-Cookie", "a=1")])
        return [b"the ", b"whole"]


@pytest.fixture
def echo() -> Echo:
    return Echo()


def test_the_answer_of_a_page_comes_in_one_piece(echo: Echo) -> None:
    messages = ask(InThreads(echo), "/bn/").messages
    assert messages == [
        {
            "type": "http.response.start",
            "status": 201,
            "headers": [(b"x-said", b"\xe9"), (b"content-length", b"9"), (b"set-cookie", b"a=1")],
            "trailers": False,
        },
        {"type": "http.response.body", "body": b"the whole", "more_body": False},
    ]
    assert echo.thread.startswith("page")


def test_head_keeps_the_length_and_leaves_the_body_out(echo: Echo) -> None:
    answer = ask(InThreads(echo), "/bn/", "HEAD")
    assert (answer.messages[0]["headers"][1], answer.body) == ((b"content-length", b"9"), b"")
    assert echo.environ["REQUEST_METHOD"] == "HEAD"


def test_the_address_comes_as_wsgi_wants_it(echo: Echo) -> None:
    scope = scope_of("/bn/সংলাপ/", query_string=b"q=%E0%A6%95")
    asyncio.run(exchange(InThreads(echo), scope, requests([b""])))
    assert echo.environ["PATH_INFO"].encode("latin-1").decode() == "/bn/সংলাপ/"
    assert echo.environ["QUERY_STRING"] == "q=%E0%A6%95"
    assert echo.environ["REMOTE_ADDR"] == "192.0.2.7"
    assert (echo.environ["SERVER_NAME"], echo.environ["SERVER_PORT"]) == ("127.0.0.1", "8000")
    assert echo.environ["SERVER_PROTOCOL"] == "HTTP/1.1"


def test_headers_that_come_twice_are_joined_and_underscores_are_no_dashes(echo: Echo) -> None:
    headers = [
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("accept-language", "bn"),
        ("accept-language", "en"),
        ("x-forwarded-for", "192.0.2.1"),
        ("x_forwarded_for", "203.0.113.9"),
        ("content-type", "text/plain"),
        ("content-length", "999"),
    ]
    scope = scope_of("/", "POST", headers)
    asyncio.run(exchange(InThreads(echo), scope, requests([b"five!"])))
    assert echo.environ["HTTP_COOKIE"] == "a=1; b=2"
    assert echo.environ["HTTP_ACCEPT_LANGUAGE"] == "bn,en"
    assert echo.environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"
    assert echo.environ["CONTENT_TYPE"] == "text/plain"
    assert "HTTP_CONTENT_TYPE" not in echo.environ
    assert echo.environ["CONTENT_LENGTH"] == "5", "what came counts, not what was said"


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("size", [0, 5, IN_MEMORY + 5])
def test_bodies_of_every_size_arrive_whole(echo: Echo, size: int, declared: bool) -> None:
    body = bytes(number % 251 for number in range(size))
    pieces = [body[start : start + 65_536] for start in range(0, size, 65_536)] or [b""]
    headers = {"content_length": str(size)} if declared else {}
    assert ask(InThreads(echo), "/", "POST", pieces, **headers).status == 201
    assert hashlib.sha256(echo.body).digest() == hashlib.sha256(body).digest()
    assert echo.environ["CONTENT_LENGTH"] == str(size)


def test_what_is_too_large_is_refused_and_not_read_to_its_end(
    echo: Echo, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LARGEST_BODY >= 2 * 8_000_000
    monkeypatch.setattr(in_threads, "LARGEST_BODY", 1000)
    coming = requests([b"x" * 400] * 50)
    answer = asyncio.run(exchange(InThreads(echo), scope_of("/", "POST"), coming))
    assert (answer.status, answer.headers["connection"], answer.body) == (413, "close", b"")
    assert echo.environ == {}
    read: list[int] = []

    async def receive() -> dict[str, Any]:
        read.append(1)
        return {"type": "http.request", "body": b"x" * 400, "more_body": True}

    async def send(_message: Any) -> None:
        pass

    asyncio.run(InThreads(echo)(scope_of("/", "POST"), receive, send))  # type: ignore[arg-type]
    assert len(read) == 3


def test_exactly_the_limit_is_taken(echo: Echo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_threads, "LARGEST_BODY", 1000)
    assert ask(InThreads(echo), "/", "POST", [b"x" * 1000]).status == 201
    assert len(echo.body) == 1000


def test_a_form_whose_line_broke_never_happened(echo: Echo) -> None:
    broken: list[dict[str, Any]] = [
        {"type": "http.request", "body": b"half", "more_body": True},
        {"type": "http.disconnect"},
    ]
    answer = asyncio.run(exchange(InThreads(echo), scope_of("/", "POST"), broken))
    assert answer.messages == []
    assert echo.environ == {}


def test_an_application_that_fails_is_closed_and_its_error_seen() -> None:
    closed: list[str] = []

    class Failing:
        def __init__(self, _environ: Any, start_response: Any) -> None:
            start_response("200 OK", [])

        def __iter__(self) -> Iterator[bytes]:
            yield b"so far"
            raise RuntimeError("broken")

        def close(self) -> None:
            closed.append("closed")

    with pytest.raises(RuntimeError, match="broken"):
        ask(InThreads(Failing), "/")
    assert closed == ["closed"]


def test_pages_are_made_side_by_side_on_threads_that_stay() -> None:
    together = threading.Barrier(2)
    names: set[str] = set()

    def application(_environ: Any, start_response: Any) -> list[bytes]:
        together.wait(timeout=10)
        names.add(threading.current_thread().name)
        start_response("200 OK", [])
        return []

    page = InThreads(application, threads=2)

    async def two() -> list[Answer]:
        return await asyncio.gather(*(exchange(page, scope_of("/"), requests([b""])) for _ in range(2)))

    for _ in range(3):
        assert [answer.status for answer in asyncio.run(two())] == [200, 200]
    assert len(names) == 2


def test_only_http_is_taken(echo: Echo) -> None:
    with pytest.raises(ValueError, match="websocket"):
        asyncio.run(exchange(InThreads(echo), {"type": "websocket"}, []))


@pytest.mark.django_db(transaction=True)
def test_django_itself_answers() -> None:
    page = InThreads(get_wsgi_application())
    answer = ask(page, "/healthz", host="localhost")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert json.loads(answer.body)
    head = ask(page, "/", "HEAD", host="localhost")
    assert (head.status, head.headers["location"], head.body) == (302, "/bn/", b"")
    assert ask(page, "/healthz", host="elsewhere.example").status == 400
