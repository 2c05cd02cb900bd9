"""script/manage: manage.py in the environment of a data folder that script/server made."""

import os
import sys
from pathlib import Path

from tools.launch.environment import environment
from tools.launch.ports import Ports
from tools.prepare.folders import ROOT

if __name__ == "__main__":
    folder = Path(os.environ.get("SHONGLAP_DATA") or ROOT / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(ROOT)
    command = [sys.executable, "manage.py", *sys.argv[1:]]
    os.execve(sys.executable, command, environment(folder, Ports.chosen()))
