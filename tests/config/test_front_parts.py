"""Ranges and large files: parts of a video, recordings piece by piece."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from shonglap.config.front import Front
from tests.config.asking import Answer, ask, exchange, scope_of
from tests.config.contents import LARGE, VIDEO


@pytest.mark.parametrize(
    ("wanted", "status", "span"),
    [
        ("bytes=0-9", 206, (0, 9)),
        ("bytes=90-", 206, (90, 99)),
        ("bytes=-5", 206, (95, 99)),
        ("bytes=-500", 206, (0, 99)),
        ("bytes=99-99", 206, (99, 99)),
        ("bytes=50-500", 206, (50, 99)),
        ("bytes=100-", 416, None),
        ("bytes=100-200", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=9-5", 200, None),
        ("bytes=-", 200, None),
        ("bytes=0-1,4-5", 200, None),
        ("bytes=a-b", 200, None),
        ("seconds=1-2", 200, None),
        ("bytes=" + "9" * 5000 + "-", 200, None),
    ],
)
def test_a_part_is_answered_as_the_standard_says(
    front: Front, wanted: str, status: int, span: tuple[int, int] | None
) -> None:
    answer = ask(front, "/public/roads/hls/720p/7.ts", range=wanted)
    assert answer.status == status
    if span:
        assert answer.body == VIDEO[span[0] : span[1] + 1]
        assert answer.headers["content-range"] == f"bytes {span[0]}-{span[1]}/100"
        assert answer.headers["content-length"] == str(len(answer.body))
    elif status == 416:
        assert (answer.headers["content-range"], answer.body) == ("bytes */100", b"")
    else:
        assert (answer.body, answer.headers["accept-ranges"]) == (VIDEO, "bytes")


def test_a_part_of_a_tick_is_the_whole_tick(front: Front) -> None:
    assert ask(front, "/public/roads/feed/5.json", range="bytes=0-3").status == 200


def test_a_part_is_only_good_with_the_rest_of_the_same_file(front: Front) -> None:
    path = "/public/roads/hls/720p/7.ts"
    etag = ask(front, path).headers["etag"]
    assert ask(front, path, range="bytes=0-3", if_range=etag).status == 206
    assert ask(front, path, range="bytes=0-3", if_range='"older"').status == 200


def test_a_large_file_comes_in_pieces(front: Front) -> None:
    whole = ask(front, "/public/roads/recording.mp4")
    assert whole.body == LARGE
    assert len(whole.messages) > 5
    part = ask(front, "/public/roads/recording.mp4", range="bytes=1000-900999")
    assert part.body == LARGE[1000:901_000]


def test_a_server_that_can_send_files_itself_is_left_to_it(front: Front, public: Path) -> None:
    scope = scope_of("/public/roads/recording.mp4", extensions={"http.response.pathsend": {}})
    answer = asyncio.run(exchange(front, scope, []))
    assert answer.path == str(public / "roads" / "recording.mp4")
    assert answer.headers["content-length"] == str(len(LARGE))


def test_nothing_more_is_read_for_a_reader_who_has_gone(front: Front) -> None:
    scope = scope_of("/public/roads/recording.mp4")
    answer = asyncio.run(exchange(front, scope, [{"type": "http.disconnect"}]))
    assert len(answer.body) < len(LARGE)


def test_a_file_that_shrinks_while_it_is_sent_ends_the_answer(front: Front, public: Path) -> None:
    """The reader sees by its length that something is missing; nobody waits for ever."""
    file = public / "roads" / "recording.mp4"

    async def cut_short() -> Answer:
        messages: list[dict[str, Any]] = []

        async def send(message: Any) -> None:
            messages.append(message)
            os.truncate(file, 300_000)

        async def receive() -> Any:
            await asyncio.Event().wait()

        await front(scope_of("/public/roads/recording.mp4"), receive, send)  # type: ignore[arg-type]
        return Answer(messages)

    answer = asyncio.run(cut_short())
    assert len(answer.body) < len(LARGE)
    assert not answer.messages[-1]["more_body"]
