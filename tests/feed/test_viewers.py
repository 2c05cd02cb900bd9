"""How many watched at once, counted by each worker for itself and added up."""

import json
import time

import pytest
from django.conf import settings

from shonglap.feed import viewers
from shonglap.feed.viewers import Viewers, of_this_worker, peak_viewers


def worker(name: str) -> Viewers:
    return Viewers(settings.RUN_FOLDER / "viewers", name)


def watched(counting: Viewers, tick: int, times: int, slug: str = "roads") -> None:
    for _ in range(times):
        counting.count(slug, tick, time.time())


def test_the_peak_is_the_tick_that_most_fetched_over_all_workers() -> None:
    one, other = worker("1"), worker("2")
    watched(one, 1, 5)
    watched(one, 2, 4)
    watched(other, 2, 3)
    watched(other, 3, 6)
    watched(other, 1, 9, slug="schools")
    for counting in (one, other):
        counting.flush()
    assert (peak_viewers("roads"), peak_viewers("schools"), peak_viewers("nowhere")) == (7, 9, 0)


def test_nothing_is_written_about_anybody() -> None:
    counting = of_this_worker()
    watched(counting, 4, 2)
    counting.flush()
    (file,) = (settings.RUN_FOLDER / "viewers" / "roads").iterdir()
    assert json.loads(file.read_text()) == {"ticks": {"4": 2}}


def test_who_reads_up_or_replays_is_not_watching() -> None:
    counting = worker("1")
    counting.count("roads", 1, time.time() - 60)
    counting.flush()
    assert peak_viewers("roads") == 0
    assert not settings.RUN_FOLDER.exists()


def test_only_what_changed_is_written_again() -> None:
    counting = worker("1")
    watched(counting, 1, 1)
    counting.flush()
    file = settings.RUN_FOLDER / "viewers" / "roads" / "1.json"
    before = file.stat().st_mtime_ns
    counting.flush()
    assert file.stat().st_mtime_ns == before


def test_a_worker_with_the_number_of_an_ended_one_goes_on_with_its_count() -> None:
    for _ in range(2):
        counting = worker("1")
        watched(counting, 1, 3)
        counting.flush()
    assert peak_viewers("roads") == 6


@pytest.mark.parametrize("content", ["", "[]", '{"ticks": 5}', '{"ticks": {"a": 1}}', "{}"])
def test_a_broken_file_counts_nothing(content: str) -> None:
    folder = settings.RUN_FOLDER / "viewers" / "roads"
    folder.mkdir(parents=True)
    (folder / "1.json").write_text(content)
    watched(counting := worker("2"), 1, 1)
    counting.flush()
    assert peak_viewers("roads") == 1


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewers, "MOST_TICKS", 4)
    monkeypatch.setattr(viewers, "MOST_DIALOGUES", 1)
    counting = worker("1")
    for tick in range(1, 6):
        watched(counting, tick, 1)
    watched(counting, 1, 1, slug="another")
    counting.flush()
    file = settings.RUN_FOLDER / "viewers" / "roads" / "1.json"
    assert list(json.loads(file.read_text())["ticks"]) == ["3", "4", "5"]
    assert peak_viewers("another") == 0
