"""What the settings read, put in place before Django reads them: pytest loads this first (see pyproject).

The machine's own settings stay out; DATABASE_URL is honoured, because script/test runs everything on
SQLite and then on PostgreSQL.
"""

import os
import tempfile

KEPT = {"LIVEKIT_SERVER", "SHONGLAP_CACHE", "SHONGLAP_CHROMIUM"}
FOLDER = tempfile.mkdtemp(prefix="shonglap-tests-")

for name in list(os.environ):
    if name.startswith(("SHONGLAP_", "LIVEKIT_")) and name not in KEPT:
        del os.environ[name]
os.environ |= {
    "SHONGLAP_SECRET_KEY": "only-for-tests",
    "SHONGLAP_DATA": FOLDER,
    "LIVEKIT_API_KEY": "devkey",
    "LIVEKIT_API_SECRET": "only-for-tests-only-for-tests-0123456789",
}
