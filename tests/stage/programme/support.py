"""Runs without clocks, threads or a conference, and a strict reader of playlists."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np

from shonglap.stage.programme.encoders import Picture, SoundEncoder, VideoEncoder
from shonglap.stage.programme.journal import Journal, Segment
from shonglap.stage.programme.planes import Bytes, Planes
from shonglap.stage.programme.rungs import FRAMES, GOP, RUNGS
from shonglap.stage.programme.segmenter import Run, Segmenter
from shonglap.stage.programme.sound import BLOCK, RATE
from shonglap.stage.programme.transport import ORIGIN, TICKS
from shonglap.stage.programme.view import OnAir, ProgrammeView

BEGAN = datetime(2017, 4, 16, 5, 0, tzinfo=UTC)
LONG = (
    "আমাদের উপজেলায় পুলিশ ক্লিয়ারেন্স পেতে এখনও এক মাসের বেশি সময় লাগছে, অনলাইনে আবেদন করার পরেও কেন বারবার "
    "থানায় যেতে হচ্ছে? দয়া করে বলুন কবে থেকে পুরো সেবাটি ঘরে বসে পাওয়া যাবে এবং কার কাছে অভিযোগ করব।"
)


def view(scene: str = "solo", seats: int = 1, **fields: object) -> ProgrammeView:
    names = ("রাশেদা খানম", "Kamrul Hasan", "", "মোঃ শফিকুল ইসলাম")
    on_air = tuple(
        OnAir(f"site-{number}", name=names[number % 4], position="জেলা প্রশাসক", place="চট্টগ্রাম")
        for number in range(seats)
    )
    facts = {"agenda_title": "প্রশ্নোত্তর পর্ব", "topic": "দুর্নীতিমুক্ত বাংলাদেশ", "language": "bn", "on_air": on_air}
    return ProgrammeView(
        dialogue_id=1,
        slug="a",
        revision=1,
        dialogue_state="live",
        scene=scene,
        **{**facts, **fields},  # type: ignore[arg-type]
    )


def moving(index: int) -> Bytes:
    """A picture that tells its index: a bright bar walks over a grey ground."""
    planes = Planes.blank()
    planes.y[:] = 90
    planes.y[:, index * 4 % 1200 : index * 4 % 1200 + 80] = 210
    return planes.buffer


def luma(frame: av.VideoFrame) -> Bytes:
    plane = frame.planes[0]
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:, : frame.width]


def tone(number: int) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    time = (np.arange(BLOCK) + number * BLOCK) / RATE
    return (np.sin(2 * np.pi * 440 * time) * 8000).astype(np.int16)


def run_offline(
    folder: Path,
    segments: int,
    *,
    part: int = 1,
    began_at: datetime = BEGAN,
    picture: Callable[[int], Bytes] = moving,
) -> Journal:
    """Encode so many segments into the folder, as one run of the programme does; gives the journal."""
    folder.mkdir(parents=True, exist_ok=True)
    journal = Journal(folder / "segments.jsonl")
    written: list[Segment] = []
    segmenter = Segmenter(Run(folder, part, began_at), journal, written.append)
    origin = ORIGIN + round(journal.seconds * TICKS)
    encoders = [VideoEncoder(rung, segmenter.take, origin=origin) for rung in RUNGS]
    sound = SoundEncoder(segmenter.take, origin=origin)
    for index in range(segments * GOP):
        buffer = picture(index)
        for encoder in encoders:
            encoder.encode(Picture(index, buffer))
        sound.encode(tone(2 * index))
        sound.encode(tone(2 * index + 1))
    for encoder in encoders:
        encoder.flush()
    sound.finish()
    segmenter.finish(segments * GOP / FRAMES)
    assert [one.number for one in written] == [one.number for one in journal.segments[-segments:]]
    return journal


@dataclass
class Entry:
    uri: str = ""
    seconds: float = 0.0
    at: datetime | None = None
    discontinuity: bool = False
    gap: bool = False


@dataclass
class Playlist:
    tags: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    ended: bool = False


ONCE = {
    "VERSION", "TARGETDURATION", "MEDIA-SEQUENCE", "DISCONTINUITY-SEQUENCE",
    "INDEPENDENT-SEGMENTS", "PLAYLIST-TYPE",
}  # fmt: skip


def parse(text: str) -> Playlist:
    """A media playlist by RFC 8216, section 4; anything that is not in it fails."""
    lines = text.split("\n")
    assert lines[0] == "#EXTM3U"
    assert lines[-1] == ""
    playlist, entry = Playlist(), Entry()
    for line in lines[1:-1]:
        assert not playlist.ended, "nothing may follow the end"
        name, _, value = line.removeprefix("#EXT-X-").partition(":")
        if line.startswith("#EXTINF:"):
            entry.seconds = float(re.fullmatch(r"#EXTINF:(\d+\.\d+),", line)[1])  # type: ignore[index]
        elif line == "#EXT-X-ENDLIST":
            playlist.ended = True
        elif line == "#EXT-X-DISCONTINUITY":
            entry.discontinuity = True
        elif line == "#EXT-X-GAP":
            entry.gap = True
        elif name == "PROGRAM-DATE-TIME":
            entry.at = datetime.fromisoformat(value)
        elif line.startswith("#EXT-X-"):
            assert name in ONCE, line
            assert name not in playlist.tags, f"{name} twice"
            assert not playlist.entries, f"{name} after the first segment"
            playlist.tags[name] = value
        else:
            assert re.fullmatch(r"\d+\.ts", line), line
            entry.uri = line
            assert entry.seconds > 0
            playlist.entries.append(entry)
            entry = Entry()
    longest = max((round(one.seconds) for one in playlist.entries), default=0)
    assert int(playlist.tags["TARGETDURATION"]) >= longest
    return playlist
