"""The launcher starts, restarts, stops - and leaves what is not its own alone."""

import os
import signal
import socket
import stat
from pathlib import Path

import pytest

from tools.launch import LaunchFailed, Ports, PortTaken, start, starting
from tools.launch.environment import environment


def test_a_taken_port_is_named_in_words() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"TCP port {port} \(for web\) .* --port"):
            Ports(web=port, livekit=Ports.free().livekit).check()


def test_secrets_are_made_once_and_are_nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SHONGLAP_SECRET_KEY", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"):
        monkeypatch.delenv(name)
    first = environment(tmp_path, Ports())
    assert environment(tmp_path, Ports())["SHONGLAP_SECRET_KEY"] == first["SHONGLAP_SECRET_KEY"]
    assert len(first["LIVEKIT_API_SECRET"]) >= 32
    assert stat.S_IMODE((tmp_path / "env").stat().st_mode) == 0o600
    monkeypatch.setenv("SHONGLAP_SECRET_KEY", "of the person")
    assert environment(tmp_path, Ports())["SHONGLAP_SECRET_KEY"] == "of the person"


def test_a_folder_with_other_things_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    with pytest.raises(LaunchFailed, match="not emptied"):
        start(tmp_path, fresh=True)
    assert (tmp_path / "letter.txt").exists()


@pytest.mark.media
def test_a_killed_process_comes_back_and_stopping_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "_make_ready", lambda _environment: None)
    with start(tmp_path, ports=Ports.free(), programs=("livekit",)) as running:
        assert running.states() == {"livekit": "RUNNING"}
        with pytest.raises(LaunchFailed, match="already runs"):
            start(tmp_path, ports=Ports.free())
        before = running.kill("livekit", signal.SIGKILL)
        after = running.wait_for_another("livekit", before)
        assert after != before
    with pytest.raises(ProcessLookupError):
        os.kill(after, 0)
    assert running.pid("livekit") == 0
    running.ports.check()
