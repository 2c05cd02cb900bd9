"""What lies in the public folder of these tests, and who stands behind the front."""

import os
from typing import Any

from shonglap.config import front_files

TICK = b'{"version":1,"tick":5,"changes":{}}'
VIDEO = bytes(range(100))
LARGE = os.urandom(front_files.SMALL + 500_000)


class Django:
    """Stands where Django stands, and remembers what came to it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b"a page"})
