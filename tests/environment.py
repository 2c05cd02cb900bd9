"""What the settings read, put in place before Django reads them: pytest loads this first (see pyproject)."""

import os
import tempfile

os.environ.setdefault("SHONGLAP_SECRET_KEY", "only-for-tests")
os.environ["SHONGLAP_DATA"] = tempfile.mkdtemp(prefix="shonglap-tests-")
os.environ.setdefault("LIVEKIT_API_KEY", "devkey")
os.environ.setdefault("LIVEKIT_API_SECRET", "only-for-tests-only-for-tests-0123456789")
