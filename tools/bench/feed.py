"""How many ticks a second are served from one folder: by our own server, by nginx, and by Django.

`python -m tools.bench.feed [--ticks N] [--seconds S] [--rounds N]`

The folder holds the feed of ten lively minutes, made by the product's own writer. It is served by the
embedded server (granian with the front of shonglap/config), by nginx with docs/nginx.conf, and, to know what
the front saves, by a Django view. Each has half of the processors and a worker for each of them; the viewers
(wrk, see loading/crowd.py) have the other half, so that neither takes from the other. They ask as real
viewers do: head and tick, now and then a snapshot, all with gzip. A reader compares answers with the disk.

The three are measured in turns. `per_s` (the middle one of the rounds) is what came over the loopback,
without TLS; `per_core_s` is how many answers cost the server one second of processor time, which depends
least on what else ran (`others_percent`), and the ratios are of that. `viewers` follow a tick of two seconds.
`client_percent` is how busy the viewers' processors were: near 100 it would be they who were measured.
`p99_ms` is with the server at its limit, `p99_ms_at_half` with half of that load.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.bench.loading import crowd, nginx, servers
from tools.bench.loading.feed import SLUG
from tools.bench.loading.machine import Share, own
from tools.prepare.folders import ROOT

TICK = 2.0  # seconds
CONNECTIONS = 64
FOR_HALF = 256  # connections, of which each waits between its requests
SECOND = os.sysconf("SC_CLK_TCK")  # in ticks of the processor's clock
Facts = dict[str, Any]


@dataclass
class Served:
    """One server and what it did in each round."""

    name: str
    port: int
    pid: int
    rounds: list[crowd.Load] = field(default_factory=list)
    used: list[float] = field(default_factory=list)  # seconds of processor time
    used_by_viewers: list[float] = field(default_factory=list)
    half: crowd.Load | None = None
    read: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ground:
    """The same for all: the folder, the list of what viewers ask for, who may use which processor."""

    data: Path
    listed: Path
    paths: list[str]
    for_servers: list[int]
    for_viewers: list[int]

    def served_by(self) -> list[str]:
        return on(self.for_servers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--ticks", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=4, help="of each round")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="shonglap-bench-") as folder, ExitStack() as stack:
        ground = made(Path(folder), chosen.ticks)
        each = started(ground, stack)
        share = Share()
        for number in range(chosen.rounds):
            for one in each:
                measured(one, ground, chosen.seconds, last=number == chosen.rounds - 1)
        found = told(each, ground, share.of_others())
    print(json.dumps(found))
    if found["errors"]:
        sys.exit("Not every answer was right.")


def made(folder: Path, ticks: int) -> Ground:
    """Writes the feed and the list of what is asked of it."""
    data = folder / "data"
    data.mkdir()
    command = [sys.executable, "-m", "tools.bench.loading.feed", str(ticks)]
    subprocess.run(command, cwd=ROOT, env=servers.environment_for(data), check=True)
    names = (file.stem for file in (data / "public" / SLUG / "feed").glob("state-*.json"))
    snapshots = [int(name.removeprefix("state-")) for name in names]
    paths = crowd.asked(f"/public/{SLUG}/feed/", ticks, snapshots)
    listed = folder / "asked"
    listed.write_text("".join(f"{path}\n" for path in paths))
    return Ground(data, listed, paths, *halves(sorted(os.sched_getaffinity(0))))


def halves(processors: list[int]) -> tuple[list[int], list[int]]:
    """For the servers, and for the viewers. Of one processor both have to live."""
    middle = len(processors) // 2
    return (processors[:middle], processors[middle:]) if middle else (processors, processors)


def on(processors: list[int]) -> list[str]:
    """Put before a command, keeps it on these processors."""
    return ["taskset", "-c", ",".join(map(str, processors))]


def started(ground: Ground, stack: ExitStack) -> list[Served]:
    """All at once: who is not asked costs nothing."""
    workers = len(ground.for_servers)
    environment = servers.environment_for(ground.data)
    before = ground.served_by()
    by_nginx = ground.data.parent / "nginx"
    by_nginx.mkdir()
    starting = {
        "embedded": servers.web(environment, workers, before=before),
        "nginx": nginx.serving(by_nginx, ground.data, before=before, workers=workers),
        "django": servers.web(environment, workers, "tools.bench.loading.by_django", before=before),
    }
    running = {name: stack.enter_context(one) for name, one in starting.items()}
    return [Served(name, port, process.pid) for name, (port, process) in running.items()]


def measured(one: Served, ground: Ground, seconds: int, *, last: bool) -> None:
    """One round: first a second to warm up, in the last round also half of the load."""
    just_written(ground.data)
    load(one, ground, 1)
    used, by_viewers = own(one.pid), of_viewers()
    with reading(one, ground):
        one.rounds.append(load(one, ground, seconds))
    one.used.append((own(one.pid) - used) / SECOND)
    one.used_by_viewers.append(of_viewers() - by_viewers)
    if last:
        pause = 1000 * FOR_HALF / (middle(one) / 2)
        one.half = load(one, ground, seconds, connections=FOR_HALF, longest_wait_ms=round(2 * pause))
    say(one)


def of_viewers() -> float:
    """Seconds of processor time of what has ended below us: that is wrk, for the servers go on."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def just_written(data: Path) -> None:
    """As on air: the embedded server counts viewers of new ticks, and reads anew what changed."""
    now = time.time()
    for file in (data / "public" / SLUG / "feed").iterdir():
        os.utime(file, (now, now))


def load(
    one: Served, ground: Ground, seconds: int, connections: int = CONNECTIONS, longest_wait_ms: int = 0
) -> crowd.Load:
    return crowd.run(
        one.port, ground.listed, seconds, connections=connections, longest_wait_ms=longest_wait_ms,
        before=on(ground.for_viewers),
    )  # fmt: skip


@contextmanager
def reading(one: Served, ground: Ground) -> Iterator[None]:
    with crowd.Reader(one.port, ground.data / "public", ground.paths) as reader:
        yield
    one.read += reader.read
    one.wrong += reader.wrong


def middle(one: Served) -> float:
    return statistics.median(load.per_second for load in one.rounds)


def say(one: Served) -> None:
    latest = one.rounds[-1]
    print(
        f"{one.name}: {latest.answers} answers in {latest.seconds:.1f} s = {latest.per_second:.0f} a second, "
        f"median {latest.p50_ms:.1f} ms, p99 {latest.p99_ms:.1f} ms; "
        f"{one.read} looked at, {len(one.wrong)} wrong"
    )
    for words in one.wrong[:3]:
        print(words)


def told(each: list[Served], ground: Ground, others: float | None) -> Facts:
    a_tick = crowd.asked_a_tick(ground.paths)
    found: Facts = {one.name: figures(one, ground, a_tick) for one in each}
    return {
        **found,
        "nginx_to_embedded": ratio(found["nginx"], found["embedded"]),
        "embedded_to_django": ratio(found["embedded"], found["django"]),
        "nginx_to_django": ratio(found["nginx"], found["django"]),
        "requests_a_viewer_and_tick": round(a_tick, 2),
        "cores_for_servers": len(ground.for_servers),
        "others_percent": others,
        "errors": sum(failures(one) for one in each),
    }


def figures(one: Served, ground: Ground, a_tick: float) -> Facts:
    seconds = sum(load.seconds for load in one.rounds)
    a_core = sum(load.answers for load in one.rounds) / (sum(one.used) or seconds)
    by_viewers = sum(one.used_by_viewers) / (seconds * len(ground.for_viewers))
    return {
        "per_s": round(middle(one)),
        "per_core_s": round(a_core),
        "ticks_per_s": round(middle(one) / a_tick),
        "viewers": round(middle(one) * TICK / a_tick),
        "viewers_a_core": round(a_core * TICK / a_tick),
        "p99_ms": round(statistics.median(load.p99_ms for load in one.rounds), 1),
        "p99_ms_at_half": round(one.half.p99_ms, 1) if one.half else None,
        "client_percent": round(by_viewers * 100),
        "looked_at": one.read,
    }


def failures(one: Served) -> int:
    loads = [*one.rounds, *([one.half] if one.half else [])]
    return len(one.wrong) + sum(load.refused + load.broken for load in loads)


def ratio(more: Facts, less: Facts) -> float:
    """Of what a core does: that stands even where others used the machine."""
    return round(more["per_core_s"] / less["per_core_s"], 1) if less["per_core_s"] else 0.0


if __name__ == "__main__":
    main()
