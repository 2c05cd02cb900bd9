"""Reads a feed as a stranger would who has only docs/feed.md and its schema."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from shonglap.feed.merge import apply
from tools.prepare.folders import ROOT

Json = dict[str, Any]
SCHEMA: Json = json.loads((ROOT / "docs" / "feed.schema.json").read_text(encoding="utf-8"))


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": SCHEMA["$defs"]})


def wrong(kind: str, content: Any) -> list[str]:
    """What the schema has against it."""
    return [f"{error.json_path}: {error.message}" for error in validator(kind).iter_errors(content)]


class Feed:
    """The folder of one dialogue's feed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> Json:
        return dict(json.loads((self.path / f"{name}.json").read_text(encoding="utf-8")))

    @property
    def head(self) -> Json:
        return self.read("head")

    def numbers(self, prefix: str = "") -> list[int]:
        names = (file.name.removesuffix(".json") for file in self.path.glob(f"{prefix}[0-9]*.json"))
        return sorted(int(name.removeprefix(prefix)) for name in names)

    def ticks(self) -> list[Json]:
        return [self.read(str(number)) for number in self.numbers()]

    def snapshots(self) -> list[int]:
        return self.numbers("state-")

    def state(self, upto: int | None = None) -> Json:
        """By the ticks alone, from the first one on."""
        state: Json = {}
        for tick in self.ticks()[:upto]:
            state = apply(state, tick["changes"])
        return state

    def check(self) -> None:
        """Everything that the specification promises of files on disk."""
        numbers = self.numbers()
        assert numbers == list(range(1, len(numbers) + 1)), "ticks are missing"
        for tick in self.ticks():
            assert wrong("tick", tick) == []
            assert wrong("state", self.state(tick["tick"])) == []
        for number in self.snapshots():
            snapshot = self.read(f"state-{number}")
            assert wrong("snapshot", snapshot) == []
            assert (snapshot["tick"], snapshot["state"]) == (number, self.state(number))
        if (self.path / "head.json").exists():
            assert wrong("head", self.head) == []
            assert self.head["tick"] in numbers
            assert self.head["snapshot"] in self.snapshots()
        check_packed(self.path)


def check_packed(folder: Path) -> None:
    """What lies packed beside a file says the same, and nothing else lies there."""
    for file in folder.iterdir():
        if file.suffix == ".gz":
            assert gzip.decompress(file.read_bytes()) == file.with_suffix("").read_bytes()
        else:
            assert file.suffix == ".json"


def check_public(public: Path) -> None:
    """Every file below the public folder that the feed's specification speaks of."""
    for folder in public.glob("*/feed"):
        Feed(folder).check()
    for kind in ("chapters", "attendance"):
        for file in public.glob(f"*/chapters/{kind}.json"):
            assert wrong(kind, json.loads(file.read_text(encoding="utf-8"))) == []
