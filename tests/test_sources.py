"""Foreign files are read whole and with care, or refused with file and line."""

import os
from pathlib import Path

import pytest

from onrecord import sources
from onrecord.problem import NotFoundError, Problem, UncheckedError


def problem(error: UncheckedError) -> Problem:
    (found,) = error.problems
    assert "\n" not in found.message
    return found


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"caf\xe9", 1, "byte 3 is 0xe9, expected UTF-8"),
        (b"one\ntwo\n\xff\xfe", 3, "byte 8 is 0xff"),
        ("naïve".encode("utf-16"), 1, "expected UTF-8"),
        (b"PK\x03\x04 and so on", 0, "is a ZIP archive, expected it unpacked"),
        (b"\x1f\x8b\x08", 0, "is a gzip file"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, line: int, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(UncheckedError) as raised:
        sources.text(path)
    found = problem(raised.value)
    assert found.path.endswith("a.txt")
    assert found.line == line
    assert message in found.message


def test_a_byte_order_mark_is_dropped_and_line_ends_stay(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfa\r\nb\rc\xe2\x80\xa8")
    assert sources.text(tmp_path / "a.txt") == "a\r\nb\rc\u2028"


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"nul", b"[1,]", b"NaN", b"\xff", b'"\\ud8', b"[" * 100_000, b"{} {}", b"1e999x"],
    ids=lambda data: repr(data[:8]),
)
def test_what_is_no_json_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    with pytest.raises(UncheckedError) as raised:
        sources.json(path)
    assert problem(raised.value).path.endswith("a.json")


def test_lines_of_json_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": 1}\n\n[2]\r\n{"a": \n7\n\xff\n')
    lines = sources.json_lines(path)
    assert [next(lines) for _ in range(3)] == [(1, {"a": 1}), (3, [2]), (5, 7)]
    with pytest.raises(UncheckedError) as raised:
        next(lines)
    assert [problem.line for problem in raised.value.problems] == [4, 6]


def test_what_is_too_large_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LARGEST", 64)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{}\n" + b" " * 100 + b"{}\n")
    with pytest.raises(UncheckedError) as raised:
        sources.text(path)
    assert "106 bytes, expected at most 64" in problem(raised.value).message
    lines = sources.json_lines(path)
    assert next(lines) == (1, {})
    with pytest.raises(UncheckedError) as raised:
        next(lines)
    assert problem(raised.value).line == 2


@pytest.mark.slow
def test_a_gigabyte_in_one_line_costs_no_gigabyte(tmp_path: Path) -> None:
    """The file has a hole, so that it takes no room on the disk either."""
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(UncheckedError) as raised:
        list(sources.json_lines(path))
    assert "line of more than" in problem(raised.value).message
    with pytest.raises(UncheckedError) as raised:
        sources.read(path)
    assert "expected at most" in problem(raised.value).message


def test_what_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "a.txt", tmp_path / "a.ann"
    one.write_text("before")
    other.write_text("before")
    read_bytes = Path.read_bytes

    def written_meanwhile(path: Path) -> bytes:
        data = read_bytes(path)
        if path == other:
            one.write_text("after it")
        return data

    monkeypatch.setattr(Path, "read_bytes", written_meanwhile)
    with pytest.raises(UncheckedError) as raised:
        sources.read_all(one, other)
    assert "changed while it was read" in problem(raised.value).message
    lines = tmp_path / "a.jsonl"
    lines.write_text("{}\n{}\n")
    read = sources.json_lines(lines)
    next(read)
    with lines.open("a") as file:
        file.write("{}\n")
    with pytest.raises(UncheckedError, match="cannot be read"):
        list(read)


def test_no_pipe_and_no_device_is_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(UncheckedError) as raised:
            sources.read(path)
        assert problem(raised.value).message == "is no plain file"


def test_files_of_a_folder_are_found_in_order_and_none_outside(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / "b").mkdir(parents=True)
    outside.mkdir()
    for path in (inside / "b" / "2.ann", inside / "1.ann", inside / "3.txt", outside / "4.ann"):
        path.touch()
    (inside / ".hidden.ann").touch()
    (inside / "link.ann").symlink_to(outside / "4.ann")
    (inside / "within.ann").symlink_to(inside / "1.ann")
    names = [path.relative_to(inside).as_posix() for path in sources.files(inside, ".ann")]
    assert names == ["1.ann", "b/2.ann", "within.ann"]
    assert sources.files(inside / "3.txt", ".ann") == [inside / "3.txt"]
    with pytest.raises(NotFoundError, match="no file"):
        sources.files(inside, ".xml", ".json")
    with pytest.raises(NotFoundError, match="does not exist"):
        sources.files(tmp_path / "nothing")
