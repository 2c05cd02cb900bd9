"""How many questions and votes a second the application takes in over HTTP and has made durable.

`python -m tools.bench.ingest [--questions N] [--seconds S] [--only sqlite|postgresql]`

The real server (granian, all middleware, CSRF, sessions in the database) on loopback, on a fresh SQLite file
and on a fresh PostgreSQL cluster with its default durability. Each question and vote comes from a person who
is signed in; an answer is only given once the row is committed, and at the end the rows are counted again.

What else ran on the machine meanwhile is told too: the figures are those of whatever was left.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tools.bench.loading import client
from tools.bench.loading.machine import Share
from tools.bench.loading.servers import environment_for, web
from tools.postgres import temporary_postgres
from tools.prepare.folders import ROOT

CSRF = "benchbenchbenchbenchbenchbench32"
OPEN = 50  # questions that can be voted on
Facts = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--questions", type=int, default=6000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    figures = {}
    for kind in ("sqlite", "postgresql"):
        if chosen.only in (None, kind):
            figures[kind] = measured(kind, chosen)
    print(json.dumps(figures))


def measured(kind: str, chosen: argparse.Namespace) -> Facts:
    with tempfile.TemporaryDirectory(prefix="shonglap-bench-") as folder, database(kind, folder) as address:
        environment = environment_for(Path(folder), DATABASE_URL=address)
        facts = seeded(environment, chosen.questions)
        with web(environment, chosen.workers) as (port, _process):
            warm_up(port, facts)
            share = Share()
            asked = client.run(port, questions(facts, chosen.questions), chosen.seconds, expected=302)
            voted = client.run(port, votes(facts, chosen.questions), chosen.seconds, expected=200)
            others = share.of_others()
        tell(kind, "questions", asked)
        tell(kind, "votes", voted)
        check_rows(environment, asked, voted)
    return {
        "questions_per_s": asked.per_second,
        "votes_per_s": voted.per_second,
        "questions": asked.acknowledged,
        "votes": voted.acknowledged,
        "questions_p99_ms": asked.milliseconds(0.99),
        "votes_p99_ms": voted.milliseconds(0.99),
        "others_percent": others,
        "errors": failures(asked) + failures(voted),
    }


@contextmanager
def database(kind: str, folder: str) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite://{folder}/shonglap.sqlite3"
    else:
        with temporary_postgres() as address:
            yield address


def seeded(environment: dict[str, str], people: int) -> Facts:
    command = [sys.executable, "-m", "tools.bench.loading.seed", str(people), str(OPEN)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    facts: Facts = json.loads(done.stdout.splitlines()[-1])
    return facts


def warm_up(port: int, facts: Facts) -> None:
    """Every worker has loaded its code and opened its connections before we measure."""
    page = [get(f"/en/dialogues/{facts['dialogue']}/me.json", session) for session in facts["sessions"][:200]]
    client.run(port, page, 10, expected=200)


def questions(facts: Facts, number: int) -> list[bytes]:
    address = f"/bn/dialogues/{facts['dialogue']}/ask/"
    return [
        post(address, facts["sessions"][one % len(facts["sessions"])], "text/html", {
            "csrfmiddlewaretoken": CSRF,
            "client_token": f"bench-{one:08}",
            "kind": "question",
            "text": f"আমাদের এলাকার সেবা কেন্দ্র নম্বর {one} কবে থেকে নিয়মিত খোলা থাকবে?",
            "office": facts["office"],
            "language": "bn",
        })
        for one in range(number)
    ]  # fmt: skip


def votes(facts: Facts, number: int) -> list[bytes]:
    """Each person for two of the open ones: no vote twice."""
    sessions, opened = facts["sessions"], facts["contributions"]
    return [
        post(f"/bn/contributions/{opened[(one + turn * 7) % len(opened)]}/vote/", session, "application/json")
        for turn in range(2)
        for one, session in enumerate(sessions[:number])
    ]


def get(address: str, session: str) -> bytes:
    return f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookies(session)}\r\n\r\n".encode()


def post(address: str, session: str, accept: str, form: dict[str, str] | None = None) -> bytes:
    body = urlencode(form or {}).encode()
    head = (
        f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n{cookies(session)}\r\n"
        f"X-CSRFToken: {CSRF}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def cookies(session: str) -> str:
    return f"Cookie: csrftoken={CSRF}; sessionid={session}"


def check_rows(environment: dict[str, str], asked: client.Load, voted: client.Load) -> None:
    """What was acknowledged is there, no more and no less."""
    code = (
        "import django; django.setup(); from shonglap.questions.models import Contribution as C, Vote as V;"
        "print(C.objects.filter(client_token__startswith='bench-').count(), V.objects.count())"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    stored = [int(number) for number in done.stdout.split()]
    if stored != [asked.acknowledged, voted.acknowledged]:
        raise SystemExit(f"Stored {stored}, acknowledged {[asked.acknowledged, voted.acknowledged]}")


def failures(load: client.Load) -> int:
    return sum(load.statuses.values()) - load.acknowledged


def tell(kind: str, what: str, load: client.Load) -> None:
    half, most = load.milliseconds(0.5), load.milliseconds(0.99)
    print(
        f"{kind}: {load.acknowledged} {what} in {load.seconds:.1f} s = {load.per_second} a second, "
        f"median {half} ms, p99 {most} ms, statuses {dict(load.statuses)}"
    )
    for head in load.strange:
        print(head.decode(errors="replace").splitlines()[0])


if __name__ == "__main__":
    main()
