"""Set-up does nothing when nothing changed, and something when something did."""

from pathlib import Path

import pytest

from tools.prepare import folders, livekit, python
from tools.prepare.running import Stop, version


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("go version go1.26.8 linux/amd64", (1, 26, 8)),
        ("v20.19.0", (20, 19, 0)),
        ("1.13.5\n", (1, 13, 5)),
        ("", ()),
    ],
)
def test_versions_are_read_from_what_programs_say(text: str, number: tuple[int, ...]) -> None:
    assert version(text) == number


def test_a_hash_changes_with_names_contents_and_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    (tmp_path / "a").write_text("1")
    first = folders.content_hash([tmp_path])
    assert folders.content_hash([tmp_path]) == first
    assert folders.content_hash([tmp_path], "other") != first
    (tmp_path / "a").write_text("2")
    second = folders.content_hash([tmp_path])
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, folders.content_hash([tmp_path])}) == 3


def test_a_stamp_is_fresh_only_for_what_it_was_made_from(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    assert not folders.is_fresh(stamp, "x")
    stamp.write_text("x")
    assert folders.is_fresh(stamp, "x")
    assert not folders.is_fresh(stamp, "y")


def test_an_interrupted_environment_is_not_complete(tmp_path: Path) -> None:
    folder = tmp_path / "python-runtime-1"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").touch()
    assert not python.is_complete(folder)
    (folder / "complete").write_text(folder.name)
    assert python.is_complete(folder)
    (folder / "bin" / "python").unlink()
    assert not python.is_complete(folder)


def test_pip_settings_are_told_to_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        python,
        "output",
        lambda _: "global.index-url='https://mirror.example/simple'\n:env:.find-links='/wheels'",
    )
    for name in ("UV_DEFAULT_INDEX", "UV_FIND_LINKS", "SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CERT", "/etc/own.pem")
    told = python.settings_for_uv()
    assert told["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert told["UV_FIND_LINKS"] == "/wheels"
    assert told["SSL_CERT_FILE"] == "/etc/own.pem"


def test_a_named_livekit_server_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIVEKIT_SERVER", str(tmp_path / "livekit-server"))
    assert livekit.find() == tmp_path / "livekit-server"
    with pytest.raises(Stop, match="no such file"):
        livekit.prepare()
