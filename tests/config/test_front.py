"""What stands before Django: serves the public folder by itself, and nothing that is not public."""

import asyncio
import gzip
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from shonglap.config import front_files
from shonglap.config.front import Front
from shonglap.config.front_files import Folder, keep_static
from shonglap.feed.viewers import Viewers
from tests.config.asking import ask, exchange
from tests.config.contents import LARGE, TICK, Django


def test_a_file_is_answered_whole(front: Front) -> None:
    answer = ask(front, "/public/roads/feed/5.json")
    assert (answer.status, answer.body) == (200, TICK)
    assert answer.headers["content-length"] == str(len(TICK))
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["last-modified"].endswith("GMT")


def test_head_says_the_same_without_the_file(front: Front) -> None:
    for path in ("/public/roads/feed/5.json", "/public/roads/recording.mp4"):
        got, head = ask(front, path), ask(front, path, "HEAD")
        assert (head.status, head.headers, head.body) == (200, got.headers, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_files_are_read_only(front: Front, method: str) -> None:
    answer = ask(front, "/public/roads/feed/5.json", method)
    assert (answer.status, answer.headers["allow"], answer.body) == (405, "GET, HEAD", b"")


def test_everything_else_is_a_page(front: Front) -> None:
    for path in ("/", "/bn/", "/publicity/", "/public"):
        assert ask(front, path).status == 299
    assert front.inner.asked == ["/", "/bn/", "/publicity/", "/public"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "path",
    [
        "roads/feed/6.json",
        "",
        "roads",
        "roads/feed/",
        "roads/feed",
        "../secret.json",
        "roads/../../secret.json",
        "roads/feed/../feed/5.json",
        "/etc/passwd",
        "//secret.json",
        "roads//feed/5.json",
        "./roads/feed/5.json",
        "roads\\..\\..\\secret.json",
        "roads/feed/5.json\0.txt",
        "roads/feed/\0",
        "..",
        "../env",
        "roads/feed/.6.json.abc.new",
        "roads/.git/x.json",
        "roads/hls/segments.jsonl",
        "roads/feed/5.json.gz",
        "roads/feed/5",
        "x" * 5000 + ".json",
        "ফিড/১.json",
    ],
)
def test_what_is_not_public_or_not_there_yet_is_not_found_and_not_kept(front: Front, path: str) -> None:
    answer = ask(front, f"/public/{path}")
    assert (answer.status, answer.body) == (404, b"")
    assert answer.headers["cache-control"] == "no-store"
    assert front.inner.asked == []  # type: ignore[attr-defined]


def test_links_lead_nowhere(front: Front, public: Path) -> None:
    (public / "roads" / "feed" / "7.json").symlink_to(public.parent / "secret.json")
    (public / "elsewhere").symlink_to(public.parent)
    (public / "roads" / "feed" / "5.json.gz").symlink_to(public.parent / "secret.json")
    for path in ("roads/feed/7.json", "elsewhere/secret.json"):
        assert ask(front, f"/public/{path}").status == 404
    answer = ask(front, "/public/roads/feed/5.json", accept_encoding="gzip")
    assert gzip.decompress(answer.body) == TICK
    (public / "roads" / "feed" / "5.json").unlink()
    (public / "roads" / "feed" / "5.json").symlink_to(public.parent / "secret.json")
    assert ask(front, "/public/roads/feed/5.json").status == 404, "also where it was remembered"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("feed/5.json", "public, max-age=31536000, immutable"),
        ("feed/state-1.json", "public, max-age=31536000, immutable"),
        ("feed/head.json", "public, max-age=1"),
        ("hls/720p/7.ts", "public, max-age=31536000, immutable"),
        ("hls/master.m3u8", "public, max-age=1"),
        ("chapters/chapters.bn.vtt", "public, max-age=1"),
        ("recording.mp4", "public, no-cache"),
        ("pictures/a.jpg", "public, max-age=60"),
    ],
)
def test_how_long_each_may_be_kept(front: Front, path: str, kept: str) -> None:
    assert ask(front, f"/public/roads/{path}").headers["cache-control"] == kept


def test_built_files_with_a_hash_in_their_name_are_kept_for_ever(tmp_path: Path) -> None:
    for root, name in (("one", "assets/watch-B1a2_c3d.js"), ("two", "logo.svg"), ("two", "assets/x.css")):
        file = tmp_path / root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(root)
    (tmp_path / "one" / "logo.svg").write_text("one")
    static = Folder("/static/", [tmp_path / "one", tmp_path / "two"], keep_static)
    front = Front(Django(), [static], Viewers(tmp_path / "viewers", "1"))
    hashed = ask(front, "/static/assets/watch-B1a2_c3d.js")
    assert hashed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert hashed.headers["content-type"] == "text/javascript; charset=utf-8"
    assert ask(front, "/static/assets/x.css").headers["cache-control"] == "public, max-age=60"
    assert ask(front, "/static/logo.svg").body == b"one", "the first folder wins"


# --- gzip


@pytest.mark.parametrize(
    ("accepted", "zipped"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("deflate,gzip ; q=1.0", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("notgzip", False),
    ],
)
def test_gzip_only_for_those_who_take_it(front: Front, accepted: str, zipped: bool) -> None:
    answer = ask(front, "/public/roads/feed/5.json", accept_encoding=accepted)
    assert answer.headers.get("content-encoding") == ("gzip" if zipped else None)
    assert (gzip.decompress(answer.body) if zipped else answer.body) == TICK
    assert answer.headers["content-length"] == str(len(answer.body))


def beside(file: Path, content: bytes, *, older: bool = False) -> bytes:
    """Packed in a way in which the front itself does not pack."""
    packed = gzip.compress(content, 1, mtime=12345)
    twin = file.with_name(f"{file.name}.gz")
    twin.write_bytes(packed)
    moment = file.stat().st_mtime_ns - 10**9 if older else file.stat().st_mtime_ns
    os.utime(twin, ns=(moment, moment))
    return packed


def test_what_lies_packed_beside_a_file_is_handed_out(front: Front, public: Path) -> None:
    packed = beside(public / "roads" / "feed" / "5.json", TICK)
    assert ask(front, "/public/roads/feed/5.json", accept_encoding="gzip").body == packed


def test_a_packed_file_that_is_older_than_the_plain_one_is_not(front: Front, public: Path) -> None:
    beside(public / "roads" / "feed" / "head.json", b'{"tick":4}', older=True)
    answer = ask(front, "/public/roads/feed/head.json", accept_encoding="gzip")
    assert gzip.decompress(answer.body) == b'{"tick":5}'


def test_a_large_snapshot_goes_out_packed_too(front: Front, public: Path) -> None:
    state = json.dumps({str(number): "কবে হবে?" for number in range(60_000)}).encode()
    file = public / "roads" / "feed" / "state-31.json"
    file.write_bytes(state)
    plain = ask(front, "/public/roads/feed/state-31.json", accept_encoding="gzip")
    assert "content-encoding" not in plain.headers, "too much to pack for each who asks"
    assert plain.body == state
    packed = beside(file, state)
    assert len(state) > front_files.SMALL > len(packed)
    assert ask(front, "/public/roads/feed/state-31.json", accept_encoding="gzip").body == packed


def test_packed_files_too_large_for_memory_come_in_pieces(front: Front, public: Path) -> None:
    text = LARGE.hex().encode()
    file = public / "roads" / "feed" / "state-31.json"
    file.write_bytes(text)
    packed = beside(file, text)
    assert len(packed) > front_files.SMALL
    answer = ask(front, "/public/roads/feed/state-31.json", accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert (answer.body, answer.headers["content-length"]) == (packed, str(len(packed)))
    assert len(answer.messages) > 3


def test_video_and_pictures_are_never_packed(front: Front) -> None:
    for path in ("hls/720p/7.ts", "pictures/a.jpg"):
        answer = ask(front, f"/public/roads/{path}", accept_encoding="gzip")
        assert not {"content-encoding", "vary"} & set(answer.headers)


# --- known already


def test_who_has_it_already_is_told_so(front: Front) -> None:
    path = "/public/roads/feed/5.json"
    plain, packed = ask(front, path).headers["etag"], ask(front, path, accept_encoding="gzip").headers["etag"]
    assert plain != packed
    for tags in (plain, f"W/{plain}", f'"other", {plain}', "*"):
        answer = ask(front, path, if_none_match=tags)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["etag"] == plain
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert ask(front, path, "HEAD", if_none_match=plain).status == 304
    for tags in ('"other"', packed, ""):
        assert ask(front, path, if_none_match=tags).status == 200


def test_a_head_that_was_replaced_is_seen_at_once(front: Front, public: Path) -> None:
    path, file = "/public/roads/feed/head.json", public / "roads" / "feed" / "head.json"
    etag = ask(front, path).headers["etag"]
    aside = file.with_name(".head.json.new")
    aside.write_bytes(b'{"tick":6}')
    aside.replace(file)
    answer = ask(front, path, if_none_match=etag)
    assert (answer.status, answer.body) == (200, b'{"tick":6}')
    file.unlink()
    assert ask(front, path).status == 404


# --- what is remembered and counted


def test_memory_is_bounded_and_the_least_used_goes(
    front: Front, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front_files, "MEMORY", 2500)
    for number in range(10, 15):
        (public / "roads" / "feed" / f"{number}.json").write_bytes(b"x" * 1000)
    folder = front.folders[0]
    for number in (10, 11, 10, 12):
        ask(front, f"/public/roads/feed/{number}.json")
    remembered = [address.rsplit("/", 1)[1] for address, _zipped in folder._memory]
    assert remembered == ["10.json", "12.json"]
    assert folder._used == 2000


def counted(front: Front) -> dict[str, int]:
    front.viewers.flush()
    files = list(front.viewers.folder.glob("*/*.json"))
    return dict(json.loads(files[0].read_text())["ticks"]) if files else {}


def test_who_fetches_a_tick_is_a_viewer(front: Front) -> None:
    path = "/public/roads/feed/5.json"
    etag = ask(front, path).headers["etag"]
    ask(front, path, accept_encoding="gzip")
    assert counted(front) == {"5": 2}
    ask(front, path, "HEAD")
    ask(front, path, if_none_match=etag)
    for name in ("head", "state-1", "6"):
        ask(front, f"/public/roads/feed/{name}.json")
    ask(front, "/public/roads/hls/720p/7.ts")
    assert counted(front) == {"5": 2}


def test_who_reads_an_old_tick_is_not(front: Front, public: Path) -> None:
    long_ago = time.time() - 100
    os.utime(public / "roads" / "feed" / "5.json", (long_ago, long_ago))
    assert ask(front, "/public/roads/feed/5.json").status == 200
    assert counted(front) == {}


def test_counts_are_kept_when_the_worker_ends(front: Front) -> None:
    async def life() -> list[str]:
        waiting = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
        said: list[str] = []

        async def receive() -> Any:
            if len(waiting) == 1:
                front.viewers.count("roads", 9, time.time())
            return waiting.pop(0)

        async def send(message: Any) -> None:
            said.append(message["type"])

        await front({"type": "lifespan"}, receive, send)  # type: ignore[arg-type]
        return said

    assert asyncio.run(life()) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    (file,) = front.viewers.folder.glob("roads/*.json")
    assert json.loads(file.read_text()) == {"ticks": {"9": 1}}


def test_counts_are_written_now_and_then_even_if_the_disk_was_full(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shonglap.config.front.FLUSH_EVERY", 0.01)
    tries: list[int] = []

    def flush() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no space left")

    monkeypatch.setattr(front.viewers, "flush", flush)

    async def some_time() -> None:
        flushing = asyncio.create_task(front._flush_now_and_then())
        while len(tries) < 3:
            await asyncio.sleep(0.01)
        flushing.cancel()

    asyncio.run(asyncio.wait_for(some_time(), 10))
    assert len(tries) >= 3


def test_there_are_no_sockets_here(front: Front) -> None:
    scope = {"type": "websocket", "path": "/public/roads/feed/5.json"}
    answer = asyncio.run(exchange(front, scope, [{"type": "websocket.connect"}]))
    assert answer.messages == [{"type": "websocket.close", "code": 1000, "reason": None}]
