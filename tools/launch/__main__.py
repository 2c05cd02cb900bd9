"""script/server: everything on this machine, until Ctrl-C."""

import argparse
import shlex
import signal
import sys
import time
from pathlib import Path

from tools.launch import LaunchFailed, Ports, PortTaken, Running, start
from tools.prepare.folders import ROOT


def with_port_options(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    usual = Ports.chosen()
    parser.add_argument("--port", type=int, default=usual.web, help="of the web pages (default %(default)s)")
    parser.add_argument("--livekit-port", type=int, default=usual.livekit, help="default %(default)s")
    parser.add_argument("--media-port", type=int, default=usual.media, help="UDP (default %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="web workers (default %(default)s)")
    return parser


def stop_on_terminate() -> None:
    """SIGTERM ends us as Ctrl-C does: through every `finally`."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def watch(running: Running) -> int:
    data = "" if running.folder == ROOT / "var" else f"SHONGLAP_DATA={shlex.quote(str(running.folder))} "
    print(
        f"\nShonglap runs at {running.address}/\n"
        f"  data    {running.folder}\n"
        f"  logs    {running.folder / 'log'}\n"
        f"  e-mail  {running.folder / 'mail'} (sign-in codes are written there, not sent)\n"
        f"The first administrator is made by: {data}script/manage createsuperuser\n"
        "Ctrl-C stops it.",
        flush=True,
    )
    while running.is_alive():
        time.sleep(0.5)
    print("The supervisor ended by itself; log/supervisor.log says why.", file=sys.stderr)
    return 1


def main() -> int:
    parser = with_port_options(argparse.ArgumentParser(prog="script/server", description=__doc__))
    parser.add_argument(
        "--data", type=Path, default=ROOT / "var", help="folder for everything (default var/)"
    )
    parser.add_argument("--address", help="what the world calls it, if something stands in front")
    chosen = parser.parse_args()
    stop_on_terminate()
    ports = Ports(chosen.port, chosen.livekit_port, chosen.media_port)
    try:
        with start(chosen.data, ports=ports, workers=chosen.workers, address=chosen.address) as running:
            return watch(running)
    except (LaunchFailed, PortTaken) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
