"""The folder of a feed: complete files or none, numbered without a gap, never written over."""

import gzip
import json
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings

from shonglap.feed.files import FeedFolder, put, put_changed, put_new
from tests.feed import samples
from tests.feed.reading import Feed


@pytest.fixture
def folder() -> FeedFolder:
    return FeedFolder("roads")


def write(folder: FeedFolder, ticks: int, snapshots: tuple[int, ...] = (1,)) -> None:
    for number in range(1, ticks + 1):
        folder.write_once(str(number), samples.tick(number))
    for number in snapshots:
        folder.write_once(f"state-{number}", samples.snapshot(number))


def test_a_tick_lies_in_the_public_folder_plain_and_packed(folder: FeedFolder) -> None:
    write(folder, 1)
    plain = settings.PUBLIC_FOLDER / "roads" / "feed" / "1.json"
    packed = plain.with_name("1.json.gz")
    assert json.loads(plain.read_text(encoding="utf-8")) == samples.tick(1)
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert packed.stat().st_mtime_ns >= plain.stat().st_mtime_ns
    assert "কবে হবে?" in plain.read_text(encoding="utf-8")
    assert plain.stat().st_mode & 0o444 == 0o444
    names = {"1.json", "1.json.gz", "state-1.json", "state-1.json.gz"}
    assert {file.name for file in plain.parent.iterdir()} == names


def test_what_is_written_once_is_never_written_over(folder: FeedFolder) -> None:
    write(folder, 1)
    before = {file.name: file.read_bytes() for file in folder.path.iterdir()}
    for name, content in (("1", samples.tick(1, {})), ("state-1", samples.snapshot(9))):
        with pytest.raises(FileExistsError):
            folder.write_once(name, content)
    assert {file.name: file.read_bytes() for file in folder.path.iterdir()} == before


def test_a_head_is_replaced_and_never_seen_in_part(folder: FeedFolder) -> None:
    write(folder, 40)
    folder.write_head(samples.head(1))
    seen: set[int] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.add(Feed(folder.path).head["tick"])

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(2, 41):
        folder.write_head(samples.head(number))
    done.set()
    reader.join()
    assert seen <= set(range(1, 41))
    assert len(seen) > 1
    assert not folder.is_final()
    folder.write_head(samples.head(40, final=True))
    assert folder.is_final()


def all_at_once(write: Callable[[bytes], None]) -> list[bytes]:
    """Eight texts, each written by a thread of its own; those whose writing succeeded."""
    texts = [bytes([letter]) * 50_000 for letter in b"abcdefgh"]
    start, done = threading.Barrier(len(texts)), []

    def write_one(text: bytes) -> None:
        start.wait()
        with suppress(FileExistsError):
            write(text)
            done.append(text)

    threads = [threading.Thread(target=write_one, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_of_many_who_write_the_same_tick_one_succeeds_and_is_whole(tmp_path: Path) -> None:
    done = all_at_once(lambda text: put_new(tmp_path / "1.json", text))
    assert [(tmp_path / "1.json").read_bytes()] == done
    assert [file.name for file in tmp_path.iterdir()] == ["1.json"]


def test_of_many_who_replace_the_same_file_each_does_it_whole(tmp_path: Path) -> None:
    done = all_at_once(lambda text: put(tmp_path / "head.json", text))
    assert len(done) == 8
    assert (tmp_path / "head.json").read_bytes() in done
    assert [file.name for file in tmp_path.iterdir()] == ["head.json"]


def test_what_another_left_half_written_is_nothing(folder: FeedFolder) -> None:
    write(folder, 2)
    (folder.path / ".3.json.abcdef.new").write_text('{"tick": 3, "ch')
    assert (folder.newest_tick(), folder.has(2), folder.has(3)) == (2, True, False)
    (folder.path / ".3.json.abcdef.new").unlink()


def test_an_empty_folder_is_a_beginning(folder: FeedFolder) -> None:
    assert (folder.newest_tick(), folder.newest_snapshot()) == (0, -1)
    assert folder.state_at(0) == {}
    assert not folder.is_final()


@pytest.mark.parametrize("snapshots", [(), (1,), (1, 3), (1, 3, 5)])
def test_the_state_is_known_at_any_tick(folder: FeedFolder, snapshots: tuple[int, ...]) -> None:
    write(folder, 5, snapshots)
    assert [folder.state_at(number) for number in range(1, 6)] == [
        samples.state(votes) for votes in range(1, 6)
    ]
    assert (folder.newest_tick(), folder.newest_snapshot()) == (5, max(snapshots, default=-1))


def test_the_nearest_snapshot_saves_reading_what_was_before_it(folder: FeedFolder) -> None:
    write(folder, 4, (1, 3))
    earlier = (folder.path / "2.json").rename(settings.PUBLIC_FOLDER / "away.json")
    assert folder.state_at(4) == samples.state(4)
    earlier.rename(folder.path / "2.json")


def test_a_file_that_says_the_same_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "chapters.json"
    put_changed(file, b"one")
    before = file.stat().st_ino
    put_changed(file, b"one")
    assert file.stat().st_ino == before
    put_changed(file, b"two")
    assert file.read_bytes() == b"two"
    put(file, b"three")
    assert [other.name for other in file.parent.iterdir()] == ["chapters.json"]
