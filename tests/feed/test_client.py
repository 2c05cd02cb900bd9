"""The watch page's client does what docs/feed.md asks of clients: simulated minutes of the real one."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tools.prepare import node
from tools.prepare.folders import ROOT

LENGTH = 2.0


@dataclass
class Followed:
    asked: list[tuple[float, str]]
    shown: list[tuple[float, int]]
    lines: list[tuple[float, bool]]
    stopped: bool

    def times(self, name: str) -> list[float]:
        return [at for at, asked in self.asked if asked == name]

    @property
    def ticks(self) -> list[int]:
        return [int(name) for _at, name in self.asked if name.isdigit()]


def follow(folder: Path, **plan: Any) -> Followed:
    """Ticks come every two seconds for two minutes; see follow.mjs for what may be planned."""
    done = subprocess.run(
        [
            "node", str(ROOT / "tests" / "feed" / "follow.mjs"), json.dumps(plan),
            str(ROOT / "frontend" / "src" / "feed.ts"), str(folder / "feed.mjs"),
        ],
        env=node.environment(), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return Followed(**json.loads(done.stdout))


@pytest.mark.parametrize("offset", [0.01, 0.5, 0.99])
@pytest.mark.parametrize("ahead", [0, 0.7, 1.9, -1.5, -30, 4000])
def test_each_tick_is_read_once_and_soon_whatever_the_clock_says(
    tmp_path: Path, ahead: float, offset: float
) -> None:
    seen = follow(tmp_path, ahead=ahead, offset=offset)
    assert seen.ticks == list(range(2, 61))
    assert seen.stopped
    for at, tick in seen.shown[1:]:
        assert at - (tick - 1) * LENGTH <= 2 * LENGTH + 0.2
    assert len(seen.times("head")) <= 122, "twice a period is the most"


@pytest.mark.parametrize("offset", [0.25, 0.75])
def test_with_a_good_clock_it_comes_once_a_period_at_its_own_place(tmp_path: Path, offset: float) -> None:
    seen = follow(tmp_path, offset=offset)
    places = [at % LENGTH for at in seen.times("head")[2:]]
    assert places == pytest.approx([offset * LENGTH] * len(places), abs=0.01)
    assert 58 <= len(places) <= 61


def test_who_comes_late_begins_with_the_newest_snapshot(tmp_path: Path) -> None:
    seen = follow(tmp_path, late=89)
    assert [name for _at, name in seen.asked[:3]] == ["head", "state-41", "42"]
    assert seen.ticks == list(range(42, 61))


def test_a_broken_line_loses_nothing_and_is_not_hammered(tmp_path: Path) -> None:
    seen = follow(tmp_path, broken=[20, 50])
    assert sorted(set(seen.ticks)) == list(range(2, 61))
    assert [tick for _at, tick in seen.shown] == sorted(tick for _at, tick in seen.shown)
    assert len([at for at, _name in seen.asked if 20 <= at < 50]) <= 6
    assert [up for _at, up in seen.lines] == [False, True]
    assert seen.stopped


def test_after_a_long_time_without_a_line_it_jumps(tmp_path: Path) -> None:
    seen = follow(tmp_path, broken=[4, 90])
    assert "state-41" in [name for _at, name in seen.asked]
    assert len(seen.ticks) < 25
    assert seen.shown[-1][1] == 60
