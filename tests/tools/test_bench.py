"""The benches' own parts do what they say, for a fraction of a second and without timing anything."""

import json
import subprocess
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from pytest_django.fixtures import Settings

from shonglap.feed.files import FeedFolder
from tools.bench import feed, ingest
from tools.bench.loading import client, crowd, machine, nginx, seed
from tools.bench.loading import feed as made_feed
from tools.prepare.folders import ROOT

TICKS = 35
FEED = f"/public/{made_feed.SLUG}/feed/"


@pytest.fixture
def ground(tmp_path: Path) -> feed.Ground:
    tmp_path.chmod(0o755)
    return feed.made(tmp_path, TICKS)


def test_the_made_feed_is_one(tmp_path: Path, settings: Settings) -> None:
    settings.PUBLIC_FOLDER = tmp_path
    made_feed.write(TICKS)
    folder = FeedFolder(made_feed.SLUG)
    schema = Draft202012Validator(json.loads((ROOT / "docs" / "feed.schema.json").read_text()))
    files = sorted((tmp_path / made_feed.SLUG / "feed").glob("*.json"))
    assert len(files) == TICKS + len(folder.snapshots()) + 1
    for file in files:
        schema.validate(json.loads(file.read_text()))
        assert Path(f"{file}.gz").exists()
    assert folder.newest_tick() == folder.read("head")["tick"] == TICKS
    assert len(folder.state_at(TICKS)["contributions"]) == TICKS // 2 + 1


def test_viewers_ask_for_what_is_there_and_newcomers_miss_nothing(ground: feed.Ground) -> None:
    for path in set(ground.paths):
        assert (ground.data / path.removeprefix("/")).is_file()
    paths = crowd.asked(FEED, 300, [1, 151])
    newcomer = paths.index(f"{FEED}state-1.json")
    assert paths[newcomer + 1] == f"{FEED}2.json"
    assert 2 < crowd.asked_a_tick(paths) < 3
    assert ground.listed.read_text().splitlines() == ground.paths


def test_every_server_gives_what_is_on_disk(ground: feed.Ground) -> None:
    with ExitStack() as stack:
        served = feed.started(ground, stack)
        assert [one.name for one in served] == ["embedded", "nginx", "django"]
        for one in served:
            with feed.reading(one, ground):
                load = feed.load(one, ground, 1, connections=4, longest_wait_ms=100)
            assert (one.wrong, load.refused, load.broken) == ([], 0, 0)
            assert one.read > 2
            assert load.answers > 4
            one.rounds, one.used, one.used_by_viewers, one.half = [load], [0.5], [0.1], load
        told = feed.told(served, ground, others=12.0)
    assert (told["errors"], told["others_percent"]) == (0, 12.0)
    assert told["nginx"]["per_core_s"] == round(served[1].rounds[0].answers / 0.5)


def test_what_is_wrong_is_seen(ground: feed.Ground, tmp_path: Path) -> None:
    folder = tmp_path / "nginx"
    folder.mkdir()
    path = f"{FEED}head.json"
    (ground.data / path[1:]).write_text("not what lies packed beside it")
    missing = tmp_path / "missing"
    missing.write_text(f"{FEED}99999.json\n")
    with (
        nginx.serving(folder, ground.data) as (port, _process),
        crowd.Reader(port, ground.data / "public", [path]) as reader,
    ):
        load = crowd.run(port, missing, 1, connections=1, longest_wait_ms=100)
    assert set(reader.wrong) == {f"{path}: other bytes than on disk"}
    assert load.refused == load.answers > 0


def test_the_ingest_client_counts_what_came_back(ground: feed.Ground, tmp_path: Path) -> None:
    folder = tmp_path / "nginx"
    folder.mkdir()
    asked = [ingest.get(f"{FEED}{name}.json", "nobody") for name in ("1", "2", "99999")]
    with nginx.serving(folder, ground.data) as (port, _process):
        load = client.run(port, asked, 5, expected=200)
    assert load.statuses == {200: 2, 404: 1}
    assert (load.acknowledged, len(load.times), len(load.strange)) == (2, 3, 1)
    assert ingest.failures(load) == 1


def test_ingest_goes_through_from_end_to_end() -> None:
    figures = ingest.measured("sqlite", Namespace(questions=3, seconds=5.0, workers=1))
    assert (figures["questions"], figures["votes"], figures["errors"]) == (3, 6, 0)


@pytest.mark.django_db
def test_the_seeded_people_are_signed_in_and_may_vote() -> None:
    facts = seed.fill(2, 3)
    sessions, contributions = facts["sessions"], facts["contributions"]
    assert isinstance(sessions, list)
    assert isinstance(contributions, list)
    assert (len(sessions), len(contributions)) == (2, 3)
    browser = Client(headers={"accept": "application/json"})
    browser.cookies["sessionid"] = sessions[1]
    answer = browser.post(f"/en/contributions/{contributions[0]}/vote/")
    assert answer.json() == {"id": contributions[0], "voted": True}


def test_processor_time_is_told_apart() -> None:
    before = machine.own()
    busy = "import time\nwhile time.process_time() < 0.2: pass"
    subprocess.run(["python3", "-c", busy], check=True)
    assert machine.own() - before >= 10  # hundredths of a second
    share = machine.Share().of_others()
    assert share is None or 0 <= share <= 100


def test_half_of_the_processors_are_for_the_viewers() -> None:
    assert feed.halves([0, 1, 2]) == ([0], [1, 2])
    assert feed.halves([5]) == ([5], [5])
