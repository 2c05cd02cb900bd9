"""The segment log outlives whatever happens to the process that writes it."""

from pathlib import Path

from shonglap.stage.programme.journal import Journal, Segment, write_whole


def segment(number: int, part: int = 1) -> Segment:
    return Segment(number, part, "2017-04-16T05:00:00+00:00", 2.0, {"720p": 9})


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "segments.jsonl")
    assert journal.next_number == 0
    for number in range(3):
        journal.append(segment(number, part=1 + number // 2))
    again = Journal(tmp_path / "segments.jsonl")
    assert again.segments == journal.segments
    assert again.next_number == 3
    assert again.seconds == 6.0
    assert again.seconds_by_part() == {1: 4.0, 2: 2.0}


def test_a_line_cut_off_by_a_crash_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "segments.jsonl"
    Journal(path).append(segment(0))
    whole = path.read_bytes()
    for torn in (whole[: len(whole) // 2], whole.rstrip(b"\n"), b"\x00\x00", b'{"number":1}\n'):
        path.write_bytes(whole + torn)
        journal = Journal(path)
        assert [one.number for one in journal.segments] == [0]
        journal.append(segment(1))
        assert [one.number for one in Journal(path).segments] == [0, 1]


def test_a_file_is_replaced_at_once_and_leaves_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "index.m3u8"
    write_whole(path, "first")
    write_whole(path, b"second")
    assert path.read_text() == "second"
    assert list(path.parent.iterdir()) == [path]
