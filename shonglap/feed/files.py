"""The feed of one dialogue on disk: numbered immutable ticks, snapshots, and the head that points at them."""

import gzip
import json
import os
from pathlib import Path

from django.conf import settings

from shonglap.base import ids
from shonglap.feed.merge import Json, apply

VERSION = 1


class FeedFolder:
    """Every file is complete the moment it has its name. The plain one counts; `.json.gz` follows at once."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.path: Path = settings.PUBLIC_FOLDER / slug / "feed"

    def newest_tick(self) -> int:
        """The highest number on disk, whatever the head says: a writer may have died before the head."""
        return max((int(file.stem) for file in self.path.glob("[0-9]*.json")), default=0)

    def newest_snapshot(self) -> int:
        return max(self.snapshots(), default=-1)

    def snapshots(self) -> list[int]:
        return [int(file.stem.removeprefix("state-")) for file in self.path.glob("state-*.json")]

    def has(self, tick: int) -> bool:
        return (self.path / f"{tick}.json").exists()

    def is_final(self) -> bool:
        """Whether the head says that no tick follows."""
        return (self.path / "head.json").exists() and bool(self.read("head")["final"])

    def state_at(self, tick: int) -> Json:
        """The public state after `tick`, from the nearest snapshot and the ticks that followed it."""
        start = max((number for number in self.snapshots() if number <= tick), default=0)
        state: Json = self.read(f"state-{start}")["state"] if start else {}
        for number in range(start + 1, tick + 1):
            state = apply(state, self.read(str(number))["changes"])
        return state

    def read(self, name: str) -> Json:
        return dict(json.loads((self.path / f"{name}.json").read_text(encoding="utf-8")))

    def write_once(self, name: str, content: Json) -> None:
        """A tick or a snapshot. Raises FileExistsError, changing nothing, if somebody wrote it already."""
        data = packed(content)
        put_new(self.path / f"{name}.json", data)
        put(self.path / f"{name}.json.gz", gzip.compress(data, 6, mtime=0))

    def write_head(self, content: Json) -> None:
        data = packed(content)
        put(self.path / "head.json", data)
        put(self.path / "head.json.gz", gzip.compress(data, 6, mtime=0))


def packed(content: Json) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def put(path: Path, data: bytes) -> None:
    """Written aside, brought to disk, then renamed into place."""
    written_aside(path, data).replace(path)


def put_changed(path: Path, data: bytes) -> None:
    """Leaves a file alone that says the same already, so that caches may keep theirs."""
    if not path.exists() or path.read_bytes() != data:
        put(path, data)


def put_new(path: Path, data: bytes) -> None:
    """Never in the place of another. On disk, name and all, when it returns: no power cut takes it back."""
    aside = written_aside(path, data)
    try:
        os.link(aside, path)
    finally:
        aside.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def written_aside(path: Path, data: bytes) -> Path:
    """Under a hidden name of its own: of two writers none writes into the other's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{ids.new_id(6)}.new")
    with aside.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return aside
