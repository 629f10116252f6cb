"""Files of other people, read with care: whole, of bearable size, in UTF-8."""

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from .paths import shown
from .problem import NotFoundError, Problem, UncheckedError

LARGEST = 256 * 2**20
"""Bytes of one file, or of one line where lines are read by themselves, that are read at all."""

_ARCHIVES = {
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"(\xb5/\xfd": "a Zstandard file",
}
"""First bytes of what has to be unpacked first."""


def files(source: Path, *suffixes: str) -> list[Path]:
    """The file `source`, or the files with one of the suffixes below the folder `source`, in order.

    Links that lead out of the folder are left out.

    Raises:
        NotFoundError: there is none.
    """
    if not source.exists():
        raise NotFoundError(f"{str(source)!r} does not exist")
    if not source.is_dir():
        return [source]
    inside = source.resolve()
    found = [
        path
        for path in sorted(source.rglob("*"))
        if path.name.endswith(suffixes) and path.is_file() and not _hidden(path, source)
        if path.resolve().is_relative_to(inside)
    ]
    if not found:
        raise NotFoundError(f"no file {' or '.join('*' + s for s in suffixes)} in {str(source)!r}")
    return found


def read(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        UncheckedError: it is no plain file, too large, an archive, or changed meanwhile.
    """
    (data,) = read_all(path)
    return data


def read_all(*paths: Path) -> list[bytes]:
    """The bytes of files that belong together.

    Raises:
        UncheckedError: one is no plain file, too large, an archive, or changed meanwhile.
    """
    before = [_state(path) for path in paths]
    contents = [path.read_bytes() for path in paths]
    for path, state, content in zip(paths, before, contents, strict=True):
        if _state(path) != state or len(content) != state[0]:
            raise refused(path, 0, "changed while it was read, expected it to rest")
        _refuse_archive(path, content)
    return contents


def text(path: Path) -> str:
    """The text of a file in UTF-8, a byte order mark dropped, line ends as they are.

    Raises:
        UncheckedError: it is not UTF-8, or cannot be read.
    """
    return decoded(path, read(path))


def read_utf8(path: Path) -> bytes:
    """The bytes of a file that is text in UTF-8, as they are.

    Raises:
        UncheckedError: it is not UTF-8, or cannot be read.
    """
    data = read(path)
    decoded(path, data)
    return data


def decoded(path: Path, data: bytes) -> str:
    """What the bytes of `path` say in UTF-8, a byte order mark dropped.

    Raises:
        UncheckedError: they are not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        told = f"byte {error.start} is 0x{data[error.start]:02x}, expected UTF-8"
        raise refused(path, line, told) from None


def json(path: Path) -> Any:
    """The value that a JSON file holds.

    Raises:
        UncheckedError: it is no JSON.
    """
    return _json(path, 0, decoded(path, read(path)))


def json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The number and the value of each line that is not blank; the file is read line by line.

    Raises:
        UncheckedError: at the end, if lines are no JSON, with a problem for each; at once if one
            is too long.
    """
    before = _state(path, whole=False)
    problems: list[Problem] = []
    with path.open("rb") as file:
        for number in count(1):
            line = file.readline(LARGEST + 1)
            if not line:
                break
            if number == 1:
                _refuse_archive(path, line)
            if len(line) > LARGEST:
                raise refused(path, number, f"line of more than {LARGEST} bytes")
            try:
                if line.strip():
                    yield number, _json(path, number, decoded(path, line))
            except UncheckedError as error:
                problems += [replace(problem, line=number) for problem in error.problems]
    if _state(path, whole=False) != before:
        raise refused(path, 0, "changed while it was read, expected it to rest")
    if problems:
        raise UncheckedError(f"{shown(path)} cannot be read", problems)


def refused(path: Path | str, line: int, message: str) -> UncheckedError:
    """What to raise for a source that cannot be read."""
    name = path if isinstance(path, str) else shown(path)
    return UncheckedError(f"{name} cannot be read", [Problem(name, line, 1, "source", message)])


def _refuse_archive(path: Path, beginning: bytes) -> None:
    for magic, name in _ARCHIVES.items():
        if beginning.startswith(magic):
            raise refused(path, 0, f"is {name}, expected it unpacked")


def _json(path: Path, line: int, words: str) -> Any:
    try:
        return msgspec.json.decode(words)
    except RecursionError:
        raise refused(path, line, "is nested too deep") from None
    except msgspec.DecodeError as error:
        raise refused(path, line, f"{error}, expected JSON") from None


def _state(path: Path, *, whole: bool = True) -> tuple[int, int, int]:
    """Size, time and inode of a plain file, which is not too large to be read as a whole."""
    found = os.stat(path)  # noqa: PTH116
    if not stat.S_ISREG(found.st_mode):
        raise refused(path, 0, "is no plain file")
    if whole and found.st_size > LARGEST:
        raise refused(path, 0, f"has {found.st_size} bytes, expected at most {LARGEST}")
    return found.st_size, found.st_mtime_ns, found.st_ino


def _hidden(path: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(below).parts)
