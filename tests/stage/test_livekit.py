"""The seam to LiveKit: silent when nobody answers, obeyed by a real server."""

import asyncio
import json
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from livekit import api, rtc
from pytest_django import Settings

from shonglap.stage import livekit
from tools.prepare import livekit as prepared

ROOM, SEAT = "dialogue-test", "site-test"


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def test_a_server_that_is_down_is_said_so_at_once(settings: Settings) -> None:
    settings.LIVEKIT_URL = f"ws://127.0.0.1:{free_port()}"
    began = time.monotonic()
    assert livekit.set_muted(ROOM, SEAT, muted=True) is False
    assert livekit.set_muted(ROOM, SEAT, muted=False) is False
    assert livekit.send_out(ROOM, SEAT) is False
    assert time.monotonic() - began < 3 * livekit.PATIENCE


def test_a_permission_names_every_field() -> None:
    """What is left out would be taken for no: LiveKit replaces the whole set."""
    permission = livekit.seat_permission(muted=True)
    source = permission.DESCRIPTOR.fields_by_name["can_publish_sources"].enum_type.values_by_number
    assert [source[number].name for number in permission.can_publish_sources] == ["CAMERA", "SCREEN_SHARE"]
    assert (permission.can_subscribe, permission.can_publish, permission.can_publish_data) == (
        True, True, False,
    )  # fmt: skip
    assert len(livekit.seat_permission(muted=False).can_publish_sources) == 4


@pytest.fixture
def server(tmp_path: Path, settings: Settings) -> Iterator[str]:
    binary = prepared.find()
    if binary is None:
        pytest.skip("there is no livekit-server: run script/setup")
    port = free_port()
    written = {
        "port": port,
        "bind_addresses": ["127.0.0.1"],
        "rtc": {"tcp_port": 0, "udp_port": free_port(socket.SOCK_DGRAM), "node_ip": "127.0.0.1",
                "use_external_ip": False, "enable_loopback_candidate": True},
        "keys": {settings.LIVEKIT_API_KEY: settings.LIVEKIT_API_SECRET},
        "logging": {"level": "warn"},
    }  # fmt: skip
    (tmp_path / "livekit.yaml").write_text(json.dumps(written))
    process = subprocess.Popen([str(binary), "--config", str(tmp_path / "livekit.yaml")])
    settings.LIVEKIT_URL = f"ws://127.0.0.1:{port}"
    try:
        wait_for_port(port)
        yield settings.LIVEKIT_URL
    finally:
        process.kill()  # it would wait for participants that a failed test left behind
        process.wait(20)


def wait_for_port(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("livekit-server does not listen")


async def speak(source: rtc.AudioSource) -> None:
    """Without sound a track is announced, but not there."""
    while True:
        await source.capture_frame(rtc.AudioFrame.create(48000, 1, 480))


async def joined(address: str, token: str) -> tuple[rtc.Room, asyncio.Event, asyncio.Task[None]]:
    room, gone = rtc.Room(), asyncio.Event()
    room.on("disconnected", lambda *_: gone.set())
    await room.connect(address, token)
    source = rtc.AudioSource(48000, 1)
    track = rtc.LocalAudioTrack.create_audio_track("voice", source)
    options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
    await room.local_participant.publish_track(track, options)
    return room, gone, asyncio.create_task(speak(source))


async def seen(address: str, keys: tuple[str, str]) -> Any:
    """The participant as the server has it."""
    async with api.LiveKitAPI(address.replace("ws", "http"), *keys) as service:
        who = api.RoomParticipantIdentity(room=ROOM, identity=SEAT)
        return await service.room.get_participant(who)


async def act_out(address: str, keys: tuple[str, str]) -> None:
    def on_thread(act: Any, *arguments: Any, **facts: Any) -> Any:
        return asyncio.to_thread(act, *arguments, **facts)

    room, gone, voice = await joined(address, livekit.seat_token(ROOM, SEAT, name="Rangpur"))
    before = await seen(address, keys)
    while not before.tracks:
        await asyncio.sleep(0.1)
        before = await seen(address, keys)
    assert (before.name, before.tracks[0].muted, before.permission.hidden) == ("Rangpur", False, False)
    assert await on_thread(livekit.set_muted, ROOM, SEAT, muted=True) is True
    muted = await seen(address, keys)
    assert all(track.muted for track in muted.tracks)
    assert list(muted.permission.can_publish_sources) == [1, 3]
    assert await on_thread(livekit.set_muted, ROOM, SEAT, muted=False) is True
    assert len((await seen(address, keys)).permission.can_publish_sources) == 4
    assert await on_thread(livekit.send_out, ROOM, SEAT) is True
    await asyncio.wait_for(gone.wait(), 10)
    voice.cancel()
    await room.disconnect()
    assert await on_thread(livekit.send_out, ROOM, SEAT) is True
    assert await on_thread(livekit.set_muted, ROOM, SEAT, muted=True) is True


@pytest.mark.media
def test_a_real_server_mutes_and_sends_out(server: str, settings: Settings) -> None:
    keys = (settings.LIVEKIT_API_KEY, settings.LIVEKIT_API_SECRET)
    asyncio.run(asyncio.wait_for(act_out(server, keys), 60))
