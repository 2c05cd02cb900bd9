"""The feed of one dialogue on disk: numbered immutable ticks, snapshots, and the head that points at them."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings

from shonglap.feed.merge import Json, apply

VERSION = 1


class FeedFolder:
    """Every file is complete the moment it has its name; `.json.gz` stands beside each `.json`."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.path: Path = settings.PUBLIC_FOLDER / slug / "feed"

    def newest_tick(self) -> int:
        """The highest number on disk, whatever the head says: a writer may have died before the head."""
        return max((int(file.stem) for file in self.path.glob("[0-9]*.json")), default=0)

    def newest_snapshot(self) -> int:
        names = (file.stem.removeprefix("state-") for file in self.path.glob("state-*.json"))
        return max((int(name) for name in names), default=-1)

    def state_at(self, tick: int) -> Json:
        """The public state after `tick`, from the nearest snapshot and the ticks that followed it."""
        names = (int(file.stem.removeprefix("state-")) for file in self.path.glob("state-*.json"))
        start = max((number for number in names if number <= tick), default=-1)
        state: Json = self.read(f"state-{start}")["state"] if start >= 0 else {}
        for number in range(max(start, 0) + 1, tick + 1):
            state = apply(state, self.read(str(number))["changes"])
        return state

    def read(self, name: str) -> Json:
        return dict(json.loads((self.path / f"{name}.json").read_text(encoding="utf-8")))

    def write(self, name: str, content: Any) -> None:
        """The packed file first: whoever finds the plain one finds both."""
        self.path.mkdir(parents=True, exist_ok=True)
        data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        put(self.path / f"{name}.json.gz", gzip.compress(data, 6, mtime=0))
        put(self.path / f"{name}.json", data)


def put(path: Path, data: bytes) -> None:
    """Written aside, brought to disk, then renamed into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
