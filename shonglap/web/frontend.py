"""Finds what Vite built: the hashed files of an entry, read from its manifest."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static


class Built:
    """One reading of the manifest. `sheets` and `modules` come back in the order a page needs them."""

    def __init__(self, chunks: dict[str, Any]) -> None:
        self.chunks = chunks

    def has_entry(self, name: str) -> bool:
        return f"frontend/src/{name}.ts" in self.chunks

    def script(self, name: str) -> str:
        return static(self.chunks[f"frontend/src/{name}.ts"]["file"])

    def sheets(self, name: str) -> list[str]:
        """The area's own sheet and those that its module and its parts bring along."""
        files = [chunk["file"] for chunk in [self.chunks.get(f"frontend/styles/areas/_{name}.scss")] if chunk]
        for chunk in self._with_imports(f"frontend/src/{name}.ts"):
            files += chunk.get("css", [])
        return [static(file) for file in dict.fromkeys(files)]

    def preloads(self, name: str) -> list[str]:
        """Parts that the module imports at once: asked for early, they cost no second round trip."""
        return [static(chunk["file"]) for chunk in self._with_imports(f"frontend/src/{name}.ts")[1:]]

    def sheet(self, name: str) -> str:
        """One of the sheets that pages share."""
        return static(self.chunks[f"frontend/styles/{name}.scss"]["file"])

    def _with_imports(self, key: str) -> list[dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        waiting = [key]
        while waiting:
            name = waiting.pop(0)
            if name not in found:
                found[name] = self.chunks[name]
                waiting += self.chunks[name].get("imports", [])
        return list(found.values())


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Built:
    return Built(json.loads(path.read_text(encoding="utf-8")))


def built() -> Built:
    """The newest build; a rebuild is seen at once because the file's time is part of the memory's key."""
    path = Path(settings.FRONTEND_MANIFEST)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise ImproperlyConfigured(
            f"{path} is missing: the scripts and styles have not been built. Run `npm ci && npm run build`."
        ) from None
