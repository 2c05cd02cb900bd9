"""A public folder with something to find in it, and the front before it."""

from pathlib import Path

import pytest

from shonglap.config.front import Front
from shonglap.config.front_files import Folder, keep_public
from shonglap.feed.viewers import Viewers
from tests.config.contents import LARGE, TICK, VIDEO, Django


@pytest.fixture
def public(tmp_path: Path) -> Path:
    public = tmp_path / "data" / "public"
    for name, content in {
        "roads/feed/5.json": TICK,
        "roads/feed/head.json": b'{"tick":5}',
        "roads/feed/state-1.json": b"{}",
        "roads/hls/720p/7.ts": VIDEO,
        "roads/hls/master.m3u8": b"#EXTM3U",
        "roads/chapters/chapters.bn.vtt": b"WEBVTT",
        "roads/recording.mp4": LARGE,
        "roads/pictures/a.jpg": b"a picture",
        "roads/hls/segments.jsonl": b"notes of the programme",
        "roads/feed/.6.json.abc.new": b"half",
        "roads/.git/x.json": b"hidden",
        "../secret.json": b"secret",
        "../env": b"secret",
    }.items():
        (public / name).parent.mkdir(parents=True, exist_ok=True)
        (public / name).write_bytes(content)
    return public


@pytest.fixture
def front(public: Path) -> Front:
    folders = [Folder("/public/", [public], keep_public)]
    return Front(Django(), folders, Viewers(public.parent / "viewers", "1"))
