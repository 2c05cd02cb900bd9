"""Simulated citizens: they ask and vote over HTTP as a browser would, and watch the feed as the page does.

Runs on a thread with an event loop of its own. A request that fails is sent again with the same token,
so that what is counted here as acknowledged must be found in the database afterwards.
"""

import asyncio
import random
import secrets
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from shonglap.accounts.models import Person
from shonglap.demo import voices

VIEWERS = 24


@dataclass
class Seen:
    """What the crowd did and saw. `asked` and `voted` count acknowledged ones only."""

    asked: set[str] = field(default_factory=set)  # client tokens
    voted: set[tuple[int, str]] = field(default_factory=set)  # key of the person, contribution
    ticks: int = 0
    gaps: int = 0
    retries: int = 0
    errors: list[str] = field(default_factory=list)


def signed_in(person: Person) -> str:
    """A session as sign-in would make it; returns its key."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


class Crowd(threading.Thread):
    """`address` is where the pages answer; `seconds` over how long the citizens spread their asking."""

    def __init__(self, address: str, slug: str, citizens: list[Person], seconds: float) -> None:
        super().__init__(name="crowd", daemon=True)
        self.address = address
        self.slug = slug
        self.seconds = seconds
        self.keys = [citizen.pk for citizen in citizens]
        self.sessions = [signed_in(citizen) for citizen in citizens]
        self.seen = Seen()
        self.ended = threading.Event()
        self.open_questions: list[str] = []
        self.random = random.Random(slug)

    def run(self) -> None:
        asyncio.run(self.live())

    def finish(self) -> Seen:
        """Send everybody home; what was seen until now."""
        self.ended.set()
        self.join(timeout=15)
        return self.seen

    async def live(self) -> None:
        timeout = aiohttp.ClientTimeout(total=10)
        connector = aiohttp.TCPConnector(limit=20)
        async with aiohttp.ClientSession(timeout=timeout, connector=connector) as client:
            people = [self.citizen(client, number, key) for number, key in enumerate(self.sessions)]
            viewers = [self.viewer(client, leading=number == 0) for number in range(VIEWERS)]
            tasks = [asyncio.ensure_future(one) for one in (*people, *viewers)]
            while not self.ended.is_set():
                await asyncio.sleep(0.2)
            for task in tasks:
                task.cancel()
            for outcome in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(outcome, Exception):
                    self.seen.errors.append(f"crowd: {outcome!r}")

    async def citizen(self, client: aiohttp.ClientSession, number: int, session: str) -> None:
        """Asks once at a time of their own, votes a few times."""
        chance = random.Random(f"{self.slug} {number}")
        await asyncio.sleep(chance.uniform(0, self.seconds * 0.6))
        headers = self.headers(session)
        await self.ask(client, headers, chance.choice(voices.LINES))
        for _ in range(chance.randint(2, 6)):
            await asyncio.sleep(chance.uniform(0.02, 0.1) * self.seconds)
            if self.open_questions:
                # The earlier ones draw more support, as they do in real life.
                place = int(len(self.open_questions) * chance.random() ** 2)
                await self.vote(client, headers, number, self.open_questions[place])

    def headers(self, session: str) -> dict[str, str]:
        token = secrets.token_hex(16)
        return {
            "Cookie": f"sessionid={session}; csrftoken={token}",
            "X-CSRFToken": token,
            "Accept": "application/json",
        }

    async def ask(self, client: aiohttp.ClientSession, headers: dict[str, str], line: voices.Line) -> None:
        token = uuid.uuid4().hex
        form = {
            "kind": line.kind, "language": line.language, "text": line.text,
            "office": line.office, "client_token": token,
        }  # fmt: skip
        path = f"/{line.language}/dialogues/{self.slug}/ask/"
        if await self.send(client, headers, path, form):
            self.seen.asked.add(token)

    async def vote(
        self, client: aiohttp.ClientSession, headers: dict[str, str], number: int, contribution: str
    ) -> None:
        if await self.send(client, headers, f"/bn/contributions/{contribution}/vote/", {}):
            self.seen.voted.add((self.keys[number], contribution))

    async def send(
        self, client: aiohttp.ClientSession, headers: dict[str, str], path: str, form: dict[str, str]
    ) -> bool:
        """True once it was acknowledged. A server that is away for a moment is asked again."""
        for attempt in range(12):
            try:
                async with client.post(
                    self.address + path, data=form, headers=headers, allow_redirects=False
                ) as answer:
                    if answer.status in (200, 201, 302, 303):
                        return "sign-in" not in answer.headers.get("Location", "")
                    if answer.status == 409:
                        return False  # closed meanwhile, or decided: a clear answer
                    if answer.status < 500:
                        self.seen.errors.append(f"{path}: {answer.status} {(await answer.text())[:200]}")
                        return False
            except (aiohttp.ClientError, TimeoutError):
                pass
            self.seen.retries += 1
            await asyncio.sleep(0.3 * (attempt + 1))
        self.seen.errors.append(f"{path}: no answer after many tries")
        return False

    async def viewer(self, client: aiohttp.ClientSession, *, leading: bool) -> None:
        """Follows the feed tick by tick; the leading one keeps the list of what can be supported."""
        tick = 0
        await asyncio.sleep(self.random.uniform(0, 2))
        while True:
            head = await self.read(client, "head.json")
            newest = int(head["tick"]) if head else 0
            if tick == 0:
                tick = max(0, newest - 1)
            while tick < newest:
                found = await self.read(client, f"{tick + 1}.json")
                if found is None:
                    await asyncio.sleep(0.5)
                    continue
                tick += 1
                if leading:
                    self.note(tick, found)
            await asyncio.sleep(2)

    def note(self, tick: int, found: dict[str, Any]) -> None:
        self.seen.ticks += 1
        if found.get("tick") != tick:
            self.seen.gaps += 1
        changes = found.get("changes")
        contributions = changes.get("contributions") if isinstance(changes, dict) else None
        for public_id, face in (contributions or {}).items():
            known = public_id in self.open_questions
            status = face.get("status", "open" if known else "") if isinstance(face, dict) else ""
            if status == "open" and not known:
                self.open_questions.append(public_id)
            elif status != "open" and known:
                self.open_questions.remove(public_id)

    async def read(self, client: aiohttp.ClientSession, name: str) -> dict[str, Any] | None:
        try:
            async with client.get(f"{self.address}/public/{self.slug}/feed/{name}") as answer:
                return await answer.json() if answer.status == 200 else None
        except (aiohttp.ClientError, TimeoutError):
            return None
