"""The lines of a WebAnno TSV file: a head, then sentences with their tokens."""

import re
from dataclasses import dataclass, field

from ...standoff.format import Source
from . import header
from .cells import plain
from .header import Layer

TEXT, SENTENCE = "#Text=", "#Sentence.id="

_ADDRESS = re.compile(r"[0-9]{1,9}-[0-9]{1,9}(?:\.[0-9]{1,9})?")
_OFFSETS = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Row:
    """A token or a part of one; start and end are in the unit of the file."""

    line: int
    address: str
    start: int
    end: int
    words: str
    cells: tuple[str, ...]


@dataclass(slots=True)
class Sentence:
    """The lines of a sentence's text, and its rows."""

    line: int
    texts: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the sentence."""
        return "\n".join(self.texts)


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds."""

    layers: list[Layer]
    sentences: list[Sentence]


def table(text: str, source: Source) -> Table:
    """The file with this text; what cannot be read is told, and so are comments."""
    lines = [(number, line.removesuffix("\r")) for number, line in enumerate(text.split("\n"), 1)]
    if not lines[0][1].startswith(header.FORMAT):
        source.wrong(1, f"{lines[0][1][:40]!r}, expected {header.FORMAT!r} and a digit")
        return Table([], [])
    end = next((n for n, (_, line) in enumerate(lines) if not line or line.startswith(TEXT)), 1)
    head = lines[1:end]
    layers = list(header.layers(line for _, line in head))
    for number, line in head:
        if not line.startswith((header.SPAN, header.CHAIN, header.RELATION)):
            _lose(number, line, source)
    width = sum(len(layer.columns) for layer in layers)
    return Table(layers, _sentences(lines[end:], width, source))


def _lose(number: int, line: str, source: Source) -> None:
    """Tell of a line that is a field of the head, such as `#FIELD=value`, or a comment."""
    name, sign, value = line.removeprefix("#").partition("=")
    kind = f"document field {name}" if sign and name.isidentifier() else "comment"
    source.lost(kind, number, value if sign else line)


def _sentences(lines: list[tuple[int, str]], width: int, source: Source) -> list[Sentence]:
    found: list[Sentence] = []
    is_new = True
    for number, line in lines:
        if not line:
            is_new = True
        elif line.startswith("#"):
            if is_new or found[-1].rows:
                found.append(Sentence(number))
            is_new = False
            if line.startswith(TEXT):
                found[-1].texts.append(plain(line.removeprefix(TEXT)))
            elif not line.startswith(SENTENCE):
                _lose(number, line, source)
        elif is_new:
            source.wrong(number, f"{line[:40]!r}, expected {TEXT!r} before the first token")
            return []
        elif row := _row(number, line, width, source):
            found[-1].rows.append(row)
    _see_addresses(found, source)
    return found


def _see_addresses(sentences: list[Sentence], source: Source) -> None:
    seen: set[str] = set()
    for sentence in sentences:
        for row in sentence.rows:
            if row.address in seen:
                source.wrong(row.line, f"{row.address!r} a second time, expected each token once")
            seen.add(row.address)
    if not sentences:
        source.wrong(0, "no sentence, expected some")


def _row(number: int, line: str, width: int, source: Source) -> Row | None:
    address, *rest = line.split("\t")
    offsets = _OFFSETS.fullmatch(rest[0]) if rest else None
    if not _ADDRESS.fullmatch(address):
        source.wrong(
            number, f"{address[:40]!r}, expected the numbers of sentence and token, as 1-2"
        )
    elif offsets is None:
        source.wrong(number, f"{''.join(rest[:1])[:40]!r}, expected offsets, as 0-5")
    elif len(rest) < 2 + width:
        source.wrong(number, f"{1 + len(rest)} fields, expected {3 + width}")
    else:
        start, end = map(int, offsets.groups())
        return Row(number, address, start, end, plain(rest[1]), tuple(rest[2 : 2 + width]))
    return None
