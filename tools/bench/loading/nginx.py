"""nginx on the loopback with the very configuration that operators are given: docs/nginx.conf.

Only names of places are replaced, and TLS is left out; each of these must be found, so that a change there is
noticed here.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.bench.loading.servers import ended_properly, free_port, wait_for
from tools.prepare.folders import ROOT
from tools.prepare.running import Stop

TEMPLATE = ROOT / "docs" / "nginx.conf"
AROUND = """\
{user}worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
daemon off;
events {{ worker_connections 8192; }}
http {{
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
{site}}}
"""


def program() -> str:
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        raise Stop("nginx is missing: run script/setup --tests")
    return found


def without_tls(site: str, port: int, redirecting: int) -> str:
    """The same servers behind plain ports of the loopback."""
    site = replaced(site, r"listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    site = replaced(site, r"listen 80;", f"listen 127.0.0.1:{redirecting};")
    return replaced(site, r"listen \[::\]:.*|ssl_\w+ .*;", "")


def placed(site: str, folder: Path, data: Path, web: int) -> str:
    """The operator's places become folders of ours, and the web process is on its port."""
    site = replaced(site, r"/srv/shonglap/data", str(data))
    site = replaced(site, r"/var/cache/nginx/shonglap", f"{folder}/cache")
    site = replaced(site, r"/var/log/nginx", str(folder))
    site = replaced(site, r"127\.0\.0\.1:7880", "127.0.0.1:9")  # not the conference of a house that runs here
    return replaced(site, r"127\.0\.0\.1:8000", f"127.0.0.1:{web}")


def replaced(site: str, pattern: str, by: str) -> str:
    changed, times = re.subn(pattern, lambda _found: by, site)
    if not times:
        raise ValueError(f"{TEMPLATE.name} has no {pattern} any more")
    return changed


def written(folder: Path, site: str, workers: int = 1) -> Path:
    user = "user root;\n" if os.geteuid() == 0 else ""  # a folder of ours is nobody else's
    file = folder / "nginx.conf"
    file.write_text(AROUND.format(user=user, workers=workers, folder=folder, site=site))
    return file


def judged(file: Path) -> str:
    """What `nginx -t` has to say of it; empty if it is well."""
    command = [program(), "-t", "-q", "-c", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else ""


@contextmanager
def serving(
    folder: Path, data: Path, web: int = 9, before: Sequence[str] = (), workers: int = 1
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Serves the data folder, web being on that port; gives port and process. `before`: see servers.web."""
    port = free_port()
    site = without_tls(TEMPLATE.read_text(), port, free_port())
    file = written(folder, placed(site, folder, data, web), workers)
    if wrong := judged(file):
        raise RuntimeError(wrong)
    process = subprocess.Popen([*before, program(), "-c", str(file)], stderr=subprocess.DEVNULL)
    with ended_properly(process):
        wait_for(port, process)
        yield port, process
