"""The environment of everything that runs: throw-away secrets of this folder, ports, addresses."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from tools.launch.ports import HOST, Ports


def environment(
    folder: Path, ports: Ports, *, database_url: str | None = None, address: str | None = None
) -> dict[str, str]:
    """What the person set wins over the folder's secrets; where things are is said by the launcher."""
    livekit = f"ws://{HOST}:{ports.livekit}"
    found = {**_secrets(folder / "env"), **os.environ}
    found |= {
        "DJANGO_SETTINGS_MODULE": "shonglap.config.settings",
        "PYTHONUNBUFFERED": "1",
        "SHONGLAP_DATA": str(folder),
        "SHONGLAP_ADDRESS": address or f"http://{HOST}:{ports.web}",
        "LIVEKIT_URL": livekit,
        "LIVEKIT_PUBLIC_URL": livekit,
    }
    if database_url:
        found["DATABASE_URL"] = database_url
    return found


def _secrets(file: Path) -> Mapping[str, str]:
    """Made once for a folder and readable by its owner only; a real installation brings its own."""
    if not file.exists():
        lines = [
            f"SHONGLAP_SECRET_KEY={secrets.token_urlsafe(48)}",
            f"LIVEKIT_API_KEY=key{secrets.token_hex(6)}",
            f"LIVEKIT_API_SECRET={secrets.token_urlsafe(36)}",
        ]
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as written:
            written.write("\n".join(lines) + "\n")
    pairs = (line.partition("=") for line in file.read_text().splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}
