"""The lines of an annotation file of brat, each read by itself."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ...standoff.format import Source
from ...standoff.graph import Stretch
from .files import NOTE, RESOURCES


@dataclass(frozen=True, slots=True)
class Bound:
    """`T`: a stretch of text in one or more fragments, offsets as they stand in the file."""

    line: int
    key: str
    label: str
    spans: tuple[Stretch, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Event:
    """`E`: what `trigger` expresses, and who or what has which role in it."""

    line: int
    key: str
    label: str
    trigger: str
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """`R` from one annotation to another, or `*` between several; then the key is empty."""

    line: int
    key: str
    label: str
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """`A`, `M` and `N`: a value that an annotation has."""

    line: int
    name: str
    of: str
    value: str


@dataclass(frozen=True, slots=True)
class Note:
    """`#`: words about an annotation."""

    line: int
    kind: str
    of: str
    text: str


Line = Bound | Event | Relation | Attribute | Note


_REFERENCES = {resource.lower(): name for resource, name in RESOURCES.items()}


class _UnreadableError(Exception):
    """A line that is not as its first character says; the message says what was expected."""


def read_lines(words: str, source: Source) -> Iterator[Line]:
    """What the lines say; those that cannot be read are told, and those of unknown kinds."""
    for number, ended in enumerate(words.split("\n"), start=1):
        line = ended.removesuffix("\r")
        if not line.strip():
            continue
        try:
            read = _PARSERS.get(line[0])
            found = read(number, line) if read else None
        except _UnreadableError as error:
            source.wrong(number, f"{line[:80]!r}, expected {error}")
            continue
        if found:
            yield found
        else:
            kind = "comment" if line[0] == "#" else "line of no known kind"
            source.lost(kind, number, line)


def _bound(number: int, line: str) -> Bound:
    match = _matched(r"(T\S+)\t(\S+) ([0-9 ;]+)(?:\t(.*))?", line, "'T1<tab>TYPE 0 5<tab>words'")
    spans = tuple(_span(part) for part in match[3].rstrip().split(";"))
    return Bound(number, match[1], match[2], spans, match[4] or "")


def _span(part: str) -> Stretch:
    match = _matched(r"([0-9]{1,12}) ([0-9]{1,12})", part, "a start and an end")
    start, end = int(match[1]), int(match[2])
    if start >= end:
        raise _UnreadableError(f"a start before the end, not {part!r}")
    return start, end


def _event(number: int, line: str) -> Event:
    match = _matched(r"(E\S+)\t(\S+(?: \S+)*) *(?:\t.*)?", line, "'E1<tab>TYPE:T1 Role:T2'")
    (label, trigger), *roles = (_named(pair) for pair in match[2].split(" "))
    # Digits only tell apart roles that an event has more than once.
    roles = [(name.rstrip("0123456789") or name, key) for name, key in roles]
    return Event(number, match[1], label, trigger, tuple(roles))


def _relation(number: int, line: str) -> Relation:
    match = _matched(r"(R\S+)\t(\S+) (\S+) (\S+) *(?:\t.*)?", line, "'R1<tab>TYPE Arg1:T1 Arg2:T2'")
    ends = [_named(match[3]), _named(match[4])]
    if [name for name, _ in ends] == ["Arg2", "Arg1"]:
        ends.reverse()
    return Relation(number, match[1], match[2], tuple(key for _, key in ends))


def _equivalents(number: int, line: str) -> Relation:
    match = _matched(r"\*\t(\S+)((?: \S+)+) *(?:\t.*)?", line, "'*<tab>Equiv T1 T2'")
    return Relation(number, "", match[1], tuple(match[2].split()))


def _named(pair: str) -> tuple[str, str]:
    match = _matched(r"([^:]+):([^:]+)", pair, "'Role:T1'")
    return match[1], match[2]


def _attribute(number: int, line: str) -> Attribute:
    match = _matched(r"[AM]\S+\t(\S+) (\S+)(?: (.*\S))? *\t?", line, "'A1<tab>NAME T1 VALUE'")
    return Attribute(number, match[1], match[2], match[3] or "true")


def _reference(number: int, line: str) -> Attribute:
    form = "'N1<tab>Reference T1 RESOURCE:ID<tab>words'"
    match = _matched(r"N\S+\t\S+ (\S+) ([^\s:]+):([^\t]*[^\s])(?:\t.*)?", line, form)
    resource = match[2].lower()
    return Attribute(number, _REFERENCES.get(resource, resource), match[1], match[3])


def _note(number: int, line: str) -> Note | None:
    match = re.fullmatch(r"#\S*\t(\S+) (\S+)\t(.*)", line)
    if not match:
        return None
    return Note(number, "note" if match[1] == NOTE else match[1], match[2], match[3].strip())


def _matched(pattern: str, line: str, form: str) -> re.Match[str]:
    match = re.fullmatch(pattern, line, re.DOTALL)
    if not match:
        raise _UnreadableError(form)
    return match


_PARSERS: Mapping[str, Callable[[int, str], Line | None]] = {
    "T": _bound,
    "E": _event,
    "R": _relation,
    "*": _equivalents,
    "A": _attribute,
    "M": _attribute,
    "N": _reference,
    "#": _note,
}
