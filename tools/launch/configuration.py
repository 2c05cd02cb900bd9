"""What supervisord and livekit-server read; written anew at every start."""

import json
import os
import shlex
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.launch.ports import HOST, Ports
from tools.prepare.folders import ROOT

PROGRAMS = ("livekit", "web", "composer", "programmes", "worker")
# A Unix socket's name may not be longer than this.
LONGEST_SOCKET = 100


def livekit(folder: Path, ports: Ports, environment: Mapping[str, str]) -> Path:
    """JSON, which is YAML as well. UDP only: on one machine nothing stands between."""
    key = environment["LIVEKIT_API_KEY"]
    written = {
        "port": ports.livekit,
        "bind_addresses": [HOST],
        "rtc": {
            "udp_port": ports.media,
            "tcp_port": 0,
            "node_ip": HOST,
            "use_external_ip": False,
            "enable_loopback_candidate": True,
            "interfaces": {"includes": ["lo"]} if sys.platform.startswith("linux") else {},
        },
        "keys": {key: environment["LIVEKIT_API_SECRET"]},
        "webhook": {"api_key": key, "urls": [f"http://{HOST}:{ports.web}/livekit/webhook"]},
        "logging": {"level": "info", "json": False},
    }
    file = folder / "run" / "livekit.yaml"
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(json.dumps(written, indent=1))
    return file


def commands(server: Path, settings: Path, ports: Ports, workers: int) -> dict[str, list[str]]:
    python = sys.executable
    return {
        "livekit": [str(server), "--config", str(settings)],
        "web": [python, "-m", "shonglap.config.serve", "--port", str(ports.web), "--workers", str(workers)],
        "composer": [python, "manage.py", "run_composer"],
        "programmes": [python, "manage.py", "run_programmes"],
        "worker": [python, "manage.py", "run_worker"],
    }


def supervisor(folder: Path, programs: Mapping[str, list[str]], socket: Path) -> Path:
    sections = [_general(folder, socket)]
    sections += [_program(folder, order, name, programs[name]) for order, name in enumerate(programs)]
    file = folder / "run" / "supervisor.conf"
    file.write_text("\n".join(sections))
    return file


def socket_for(folder: Path) -> Path:
    usual = folder / "run" / "supervisor.sock"
    if len(os.fsencode(usual)) <= LONGEST_SOCKET:
        return usual
    return Path(tempfile.mkdtemp(prefix="shonglap-")) / "supervisor.sock"


def _general(folder: Path, socket: Path) -> str:
    user = "user=root\n" if os.geteuid() == 0 else ""
    return f"""\
[unix_http_server]
file={_plain(socket)}
chmod=0700

[supervisord]
nodaemon=true
directory={_plain(ROOT)}
logfile={_plain(folder / "log" / "supervisor.log")}
pidfile={_plain(folder / "run" / "supervisor.pid")}
{user}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://{_plain(socket)}
"""


def _program(folder: Path, order: int, name: str, command: Iterable[str]) -> str:
    tied = [sys.executable, "-E", "-S", str(ROOT / "tools" / "tied.py"), str(folder / "run" / f"{name}.pid")]
    return f"""\
[program:{name}]
command={_plain(shlex.join([*tied, *command]))}
priority={order}
autorestart=true
startsecs=1
startretries=1000
stopsignal=TERM
stopwaitsecs=15
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile={_plain(folder / "log" / f"{name}.log")}
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=3
"""


def _plain(value: object) -> str:
    """supervisord expands %(...)s; a per cent sign of ours is only that."""
    return str(value).replace("%", "%%")
