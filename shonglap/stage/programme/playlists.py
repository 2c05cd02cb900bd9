"""HLS playlists (RFC 8216) as text. Every rung lists the same numbers, cut at the same frames."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from shonglap.base import clock

from .journal import Segment, breaks
from .rungs import AUDIO, AUDIO_BITS, RUNGS

WINDOW = 10  # segments in a live playlist
AAC = "mp4a.40.2"
OVERHEAD = 1.1  # MPEG-TS wraps 184 bytes in 188, and has tables


def master() -> str:
    """The list of rungs, first the one that plays almost everywhere: players begin with it."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for rung in reversed(RUNGS):
        average, peak = _bandwidth(rung.bits + AUDIO_BITS), _bandwidth(rung.bits * 5 // 4 + AUDIO_BITS)
        lines += [
            f"#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},"
            f'CODECS="{rung.codec},{AAC}",RESOLUTION={rung.shape.width}x{rung.shape.height},FRAME-RATE=25.000',
            f"{rung.name}/index.m3u8",
        ]
    sound = _bandwidth(AUDIO_BITS)
    lines += [
        f'#EXT-X-STREAM-INF:BANDWIDTH={sound * 5 // 4},AVERAGE-BANDWIDTH={sound},CODECS="{AAC}"',
        f"{AUDIO}/index.m3u8",
    ]
    return "\n".join(lines) + "\n"


def live(rung: str, segments: Sequence[Segment]) -> str:
    """The sliding window on the newest segments."""
    first = max(0, len(segments) - WINDOW)
    gone = sum(breaks(segments)[:first])
    return _playlist(rung, segments, first, [f"#EXT-X-DISCONTINUITY-SEQUENCE:{gone}"], ended=False)


def whole(rung: str, segments: Sequence[Segment]) -> str:
    """Everything from the first segment on, once nothing more will come."""
    return _playlist(rung, segments, 0, ["#EXT-X-PLAYLIST-TYPE:VOD"], ended=True)


def _playlist(rung: str, segments: Sequence[Segment], first: int, more: list[str], *, ended: bool) -> str:
    listed = segments[first:]
    longest = max((segment.seconds for segment in listed), default=2.0)
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:3",
        f"#EXT-X-TARGETDURATION:{ceil(longest)}",
        f"#EXT-X-MEDIA-SEQUENCE:{listed[0].number if listed else 0}",
        *more,
        "#EXT-X-INDEPENDENT-SEGMENTS",
    ]
    for segment, broken in zip(listed, breaks(segments)[first:], strict=True):
        lines += ["#EXT-X-DISCONTINUITY"] * broken + _entry(rung, segment)
    return "\n".join([*lines, *["#EXT-X-ENDLIST"] * ended]) + "\n"


def _entry(rung: str, segment: Segment) -> list[str]:
    lines = [
        f"#EXT-X-PROGRAM-DATE-TIME:{clock.stamp(segment.moment)}",
        f"#EXTINF:{segment.seconds:.3f},",
        f"{segment.number}.ts",
    ]
    return lines if rung in segment.sizes else ["#EXT-X-GAP", *lines]


def _bandwidth(bits: int) -> int:
    return round(bits * OVERHEAD)
