"""Keeps some tens of connections busy with prepared requests; spends its CPU on nothing but sockets."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import uvloop

CONNECTIONS = 48
PATIENCE = 30.0  # seconds for one answer


@dataclass
class Load:
    """What came of it. `acknowledged` counts answers with the status that means: it is safe."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    acknowledged: int = 0
    times: list[float] = field(default_factory=list)
    strange: list[bytes] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return round(self.acknowledged / self.seconds, 1) if self.seconds else 0.0

    def milliseconds(self, share: float) -> float:
        ordered = sorted(self.times)
        return round(ordered[int(len(ordered) * share)] * 1000, 1) if ordered else 0.0


def run(port: int, requests: Sequence[bytes], seconds: float, expected: int) -> Load:
    """Send each request once, until all are answered or the time is over."""
    return uvloop.run(_run(port, iter(requests), seconds, expected))


async def _run(port: int, requests: Iterator[bytes], seconds: float, expected: int) -> Load:
    load = Load()
    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(*(_connection(port, requests, until, expected, load) for _ in range(CONNECTIONS)))
    load.seconds = time.perf_counter() - began
    return load


async def _connection(port: int, requests: Iterator[bytes], until: float, expected: int, load: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        sent = time.perf_counter()
        writer.write(request)
        async with asyncio.timeout(PATIENCE):
            status, head = await _answer(reader)
        load.statuses[status] += 1
        load.times.append(time.perf_counter() - sent)
        if status == expected:
            load.acknowledged += 1
        elif len(load.strange) < 3:
            load.strange.append(head)
        if time.perf_counter() > until:
            break
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    lowered = head.lower()
    place = lowered.find(b"content-length:")
    if place >= 0:
        await reader.readexactly(int(lowered[place + 15 : lowered.index(b"\r", place)]))
    elif b"transfer-encoding: chunked" in lowered:
        while int((await reader.readline()).strip() or b"0", 16):
            await reader.readline()
        await reader.readline()
    return int(head[9:12]), head
