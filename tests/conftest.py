"""What every test stands on: a data folder of its own and an environment without the machine's."""

import os
import tempfile

_folder = tempfile.mkdtemp(prefix="shonglap-tests-")
os.environ.setdefault("SHONGLAP_SECRET_KEY", "only-for-tests")
os.environ["SHONGLAP_DATA"] = _folder
os.environ.setdefault("LIVEKIT_API_KEY", "devkey")
os.environ.setdefault("LIVEKIT_API_SECRET", "only-for-tests-only-for-tests-0123456789")
