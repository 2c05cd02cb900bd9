"""Playlists against RFC 8216, read by a parser of their own."""

import re
from datetime import timedelta

from shonglap.stage.programme import playlists
from shonglap.stage.programme.journal import Segment
from shonglap.stage.programme.rungs import NAMES

from .support import BEGAN, parse

SIZES = dict.fromkeys(NAMES, 1000)


def segments(count: int, *, breaks: tuple[int, ...] = (), gaps: tuple[int, ...] = ()) -> list[Segment]:
    part, made = 1, []
    for number in range(count):
        part += number in breaks
        at = BEGAN + timedelta(seconds=2 * number + 3 * part)
        sizes = {name: 1 for name in NAMES if not (name == "360p" and number in gaps)}
        made.append(Segment(number, part, at.isoformat(), 2.0, sizes))
    return made


def test_the_live_window_slides() -> None:
    early = parse(playlists.live("720p", segments(4)))
    assert early.tags["MEDIA-SEQUENCE"] == "0"
    assert [entry.uri for entry in early.entries] == ["0.ts", "1.ts", "2.ts", "3.ts"]
    late = parse(playlists.live("720p", segments(25)))
    assert late.tags["MEDIA-SEQUENCE"] == "15"
    assert len(late.entries) == playlists.WINDOW
    assert late.entries[0].uri == "15.ts"
    assert not late.ended
    assert "PLAYLIST-TYPE" not in late.tags


def test_every_segment_says_when_it_was_and_rungs_agree() -> None:
    read = [parse(playlists.live(name, segments(12, breaks=(5,)))) for name in NAMES]
    assert read[0].entries == read[1].entries == read[2].entries
    assert all(entry.at is not None for entry in read[0].entries)
    assert read[0].entries[0].at == BEGAN + timedelta(seconds=2 * 2 + 3)


def test_a_break_is_marked_while_in_the_window_and_counted_when_gone() -> None:
    inside = parse(playlists.live("720p", segments(12, breaks=(5,))))
    assert [entry.uri for entry in inside.entries if entry.discontinuity] == ["5.ts"]
    assert inside.tags["DISCONTINUITY-SEQUENCE"] == "0"
    first = parse(playlists.live("720p", segments(15, breaks=(5,))))
    assert first.entries[0].uri == "5.ts"
    assert first.entries[0].discontinuity
    assert first.tags["DISCONTINUITY-SEQUENCE"] == "0"
    gone = parse(playlists.live("720p", segments(16, breaks=(5,))))
    assert not any(entry.discontinuity for entry in gone.entries)
    assert gone.tags["DISCONTINUITY-SEQUENCE"] == "1"


def test_a_segment_that_a_rung_left_out_is_a_gap_there_only() -> None:
    made = segments(6, gaps=(3,))
    lower, upper = (parse(playlists.live(name, made)) for name in ("360p", "720p"))
    assert [entry.uri for entry in lower.entries if entry.gap] == ["3.ts"]
    assert not any(entry.gap for entry in upper.entries)
    assert [entry.uri for entry in lower.entries] == [entry.uri for entry in upper.entries]


def test_the_whole_programme_ends() -> None:
    read = parse(playlists.whole("audio", segments(40, breaks=(5, 30))))
    assert read.ended
    assert read.tags["PLAYLIST-TYPE"] == "VOD"
    assert len(read.entries) == 40
    assert [entry.uri for entry in read.entries if entry.discontinuity] == ["5.ts", "30.ts"]


def test_an_empty_playlist_is_valid() -> None:
    assert parse(playlists.live("720p", [])).entries == []


def test_the_master_lists_every_rung_with_what_a_player_must_know() -> None:
    text = playlists.master()
    found = re.findall(r"#EXT-X-STREAM-INF:(.*)\n(.*)\n", text)
    assert [address for _, address in found] == ["360p/index.m3u8", "720p/index.m3u8", "audio/index.m3u8"]
    assert all("BANDWIDTH=" in facts and 'CODECS="' in facts for facts, _ in found)
    assert "RESOLUTION=1280x720" in found[1][0]
    assert "RESOLUTION" not in found[2][0]
