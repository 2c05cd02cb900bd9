"""How much of the machine was ours while we measured. Linux only; elsewhere nothing is said."""

import os
from pathlib import Path

PROC = Path("/proc")


class Share:
    """Begun before the load, asked after it."""

    def __init__(self) -> None:
        self.busy, self.own = busy(), own()

    def of_others(self) -> float | None:
        """Percent of all processor time that others used, or the host took away."""
        busy_now, own_now = busy(), own()
        if busy_now is None or self.busy is None or busy_now[1] == self.busy[1]:
            return None
        spent, passed = busy_now[0] - self.busy[0], busy_now[1] - self.busy[1]
        return round(max(spent - (own_now - self.own), 0) * 100 / passed, 1)


def busy() -> tuple[int, int] | None:
    """Ticks of all processors so far: those not idle, and all."""
    try:
        ticks = [int(one) for one in (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]]
    except OSError:
        return None
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def own(root: int | None = None) -> int:
    """Ticks of this process, or of `root`, and of all below it."""
    parents: dict[int, list[int]] = {}
    ticks: dict[int, int] = {}
    for entry in PROC.glob("[0-9]*/stat"):
        try:
            facts = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:  # ended meanwhile
            continue
        pid = int(entry.parent.name)
        parents.setdefault(int(facts[1]), []).append(pid)
        ticks[pid] = sum(int(one) for one in facts[11:15])
    found, rest = 0, [root or os.getpid()]
    while rest:
        pid = rest.pop()
        found += ticks.get(pid, 0)
        rest += parents.get(pid, [])
    return found
