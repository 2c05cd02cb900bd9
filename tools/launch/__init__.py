"""Starts Shonglap on one machine, and stops exactly what it started.

    with start(folder, ports=Ports.free()) as running:
        running.address       # http://127.0.0.1:41233, answering
        running.pid("web")    # of the process that runs now
        running.environment   # for a manage.py of your own

script/server, script/demo, the benches and the end-to-end tests all go through here.
"""

from tools.launch.ports import Ports, PortTaken
from tools.launch.running import LaunchFailed, Running, wait_until
from tools.launch.starting import start

__all__ = ["LaunchFailed", "PortTaken", "Ports", "Running", "start", "wait_until"]
