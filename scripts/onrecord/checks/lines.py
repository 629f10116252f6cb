"""Level 1, the bytes: every line of a table is one canonical JSON object."""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from ..schema import Json
from .rule import Finding, Rule

LONGEST = 16 * 1024 * 1024
DEEPEST = 32


class E111(Rule):
    """A line is valid UTF-8.

    Reason: offsets count code points, which bytes of another encoding do not have.

    Usual cause: the file was saved as Latin-1 or Windows-1252, or cut inside a character.

    Cure: save the file as UTF-8.
    """


class E112(Rule):
    """A file does not begin with a byte order mark.

    Reason: the mark would be part of the first line, and JSON allows none.

    Usual cause: an editor on Windows that saves "UTF-8 with BOM".

    Cure: save the file as UTF-8 without BOM.
    """

    form = True


class E113(Rule):
    """Lines end in LF alone, and no line holds a raw carriage return.

    Reason: one line end everywhere keeps diffs and bytes stable.

    Usual cause: an editor or git setting that writes Windows line ends.

    Cure: convert the file to LF; a carriage return inside a string is an escape.
    """

    form = True


class E114(Rule):
    """No line holds a NUL byte.

    Reason: JSON does not allow it, and many tools take such a file for binary.

    Usual cause: a file saved as UTF-16, or damaged.

    Cure: save the file as UTF-8.
    """


class E115(Rule):
    """No line is blank.

    Reason: a line is a record, and readers of JSON Lines differ on blank ones.

    Usual cause: an empty line left at the end or between two records.

    Cure: delete the line.
    """

    form = True


class E116(Rule):
    """A line is at most 16 MiB long.

    Reason: readers load whole lines into memory, and some refuse long ones.

    Usual cause: line ends lost in a conversion, or a whole collection in one record.

    Cure: one record a line, one article a document.
    """


class E117(Rule):
    """A line is valid JSON.

    Reason: nothing else can be read.

    Usual cause: a comma, quotation mark or bracket lost in editing; a merge conflict left in; an
    unpaired surrogate escape.

    Cure: mend the line at the column that the message names.
    """


class E118(Rule):
    """A line is a JSON object.

    Reason: a record has named fields.

    Usual cause: a list or string written where a record belongs, or a JSON array saved as lines.

    Cure: write one object with the fields of the table.
    """


class E119(Rule):
    """A key stands only once in an object.

    Reason: parsers keep one of the two values and drop the other without a word.

    Usual cause: a field copied while editing, or both sides of a merge kept.

    Cure: delete the wrong one.
    """


class E120(Rule):
    """Numbers are finite: no NaN, no Infinity.

    Reason: JSON has no such values, though some writers produce them.

    Usual cause: the record was written from a table with missing values.

    Cure: leave out the field, or write the number.
    """


class E121(Rule):
    """Numbers are whole and written without point and exponent.

    Reason: all numbers are counts or offsets; readers differ on whether 12.0 is an integer.

    Usual cause: offsets that went through a data frame or JavaScript arithmetic.

    Cure: write 12, not 12.0 or 1.2e1.
    """


class E122(Rule):
    """Objects and lists nest at most 32 deep.

    Reason: no record needs more than four levels, and deep nesting breaks parsers.

    Usual cause: a record wrapped again and again by a faulty conversion.

    Cure: write the fields of the table at the top of the object.
    """


class E123(Rule):
    """A file ends with a line feed.

    Reason: appending a record must not change the line before it.

    Usual cause: an editor that strips the end of the file.

    Cure: add a line feed after the last record.
    """

    form = True


class E124(Rule):
    """A line is written canonically: compact JSON, UTF-8 unescaped.

    Reason: one way to write a record keeps diffs to what really changed.

    Usual cause: a record edited by hand or written by another JSON library.

    Cure: no spaces outside strings, no escapes where none is needed.
    """

    form = True


RULES = (E111, E112, E113, E114, E115, E116, E117, E118, E119, E120, E121, E122, E123, E124)

_DIGITS = 18  # every number of so many digits fits in 64 bits
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOM = b"\xef\xbb\xbf"


def read_line(table: str, number: int, raw: bytes) -> tuple[Json | None, list[Finding]]:
    """The object on one line and what is wrong with the line; None where there is no object.

    Slow and exact: for lines that are not known to be sound.
    """
    findings: list[Finding] = []
    try:
        return _record(raw, findings, table, number), findings
    except _UnreadableError as error:
        return None, [*findings, error.rule.at(table, number, error.message)]


class _UnreadableError(Exception):
    def __init__(self, rule: type[Rule], message: str) -> None:
        self.rule = rule
        self.message = message


def check_ends(table: str, data: bytes) -> Iterator[Finding]:
    """What is wrong with the first and the last byte of a file."""
    if data.startswith(_BOM):
        yield E112.at(table, 1, "byte order mark before the first record")
    if data and not data.endswith(b"\n"):
        yield E123.at(table, data.count(b"\n") + 1, "no line feed after the last record")


def split(data: bytes) -> list[bytes]:
    """The lines of a file without their line feeds; a byte order mark is dropped."""
    lines = data.removeprefix(_BOM).split(b"\n")
    return lines if lines[-1] else lines[:-1]


def _record(raw: bytes, findings: list[Finding], table: str, number: int) -> Json | None:
    """The record on one line, None for a blank line; findings of form are appended."""
    if len(raw) > LONGEST:
        raise _UnreadableError(E116, f"{len(raw):,} bytes, expected at most {LONGEST:,}")
    if not raw.strip():
        findings.append(E115.at(table, number, "blank line"))
        return None
    if b"\0" in raw:
        raise _UnreadableError(E114, f"NUL byte in column {raw.index(0) + 1}")
    line = raw.replace(b"\r", b"")
    if line != raw:
        findings.append(E113.at(table, number, "carriage return"))
    record = _parse(line)
    if msgspec.json.encode(record) != line:
        findings.append(
            E124.at(table, number, "not written canonically", hint="no spaces, no needless escapes")
        )
    return record


def _parse(line: bytes) -> Json:
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        found = f"byte 0x{line[error.start]:02x} in column {error.start + 1} is not UTF-8"
        raise _UnreadableError(E111, found) from None
    if _depth(line) > DEEPEST:
        raise _UnreadableError(E122, f"nested more than {DEEPEST} deep")
    try:
        record = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_int,
            parse_float=_float,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        said = error.msg[0].lower() + error.msg[1:].removesuffix(" starting at")
        found = f"not JSON: {said} in column {error.colno}"
        raise _UnreadableError(E117, found) from None
    if surrogate := _SURROGATE.search(json.dumps(record, ensure_ascii=False)):
        found = f"not JSON: unpaired surrogate U+{ord(surrogate[0]):04X}"
        raise _UnreadableError(E117, found)
    if not isinstance(record, dict):
        raise _UnreadableError(E118, f"{_kind(record)}, expected an object")
    return record


def _depth(line: bytes) -> int:
    """How deep brackets nest outside strings."""
    depth = deepest = 0
    outside = True
    escaped = False
    for byte in line:
        if escaped:
            escaped = False
        elif byte == 0x5C:
            escaped = not outside
        elif byte == 0x22:
            outside = not outside
        elif outside and byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif outside and byte in b"]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> Json:
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _UnreadableError(E119, f"key {twice!r} stands {keys.count(twice)} times")
    return result


def _int(text: str) -> int:
    if len(text) > _DIGITS:
        raise _UnreadableError(E121, f"number of {len(text)} digits, expected an offset or a count")
    return int(text)


def _float(text: str) -> float:
    raise _UnreadableError(E121, f"number {text}, expected a whole number")


def _constant(text: str) -> float:
    raise _UnreadableError(E120, f"{text} is not a number that JSON knows")


def _kind(value: object) -> str:
    names: dict[type, str] = {
        list: "a list",
        str: "a string",
        bool: "a truth value",
        int: "a number",
    }
    return names.get(type(value), "null")
