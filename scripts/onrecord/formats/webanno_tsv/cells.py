"""Cells of WebAnno TSV: stacked values, numbers that say which are one annotation, escapes."""

import re
from dataclasses import dataclass

NOTHING, NULL = "_", "*"

_PIECE = re.compile(r"\\.|.", re.DOTALL)
_NUMBERED = re.compile(r"((?:\\.|[^\\])*)\[([0-9]+(?:_[0-9]+)?)\]", re.DOTALL)
_LINKED = re.compile(r"((?:\\.|[^\\])*)->([0-9]{1,9}-[0-9]{1,9})", re.DOTALL)
_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a cell, its escapes undone; empty is null. `number` is empty if it has none."""

    words: str
    number: str = ""


def values(cell: str, mark: str = "|") -> list[Value]:
    """The values that a cell stacks, none if it has `_`."""
    return [] if cell == NOTHING else [_value(part) for part in split(cell, mark)]


def links(cell: str) -> list[Value]:
    """The values of a chain's relations, each with the number of chain and link, such as `1-2`."""
    parts = [] if cell == NOTHING else split(cell, "|")
    found = [_LINKED.fullmatch(part) for part in parts]
    return [Value(_words(match[1]), match[2]) if match else Value("") for match in found]


def split(cell: str, mark: str) -> list[str]:
    """The parts between marks that are not escaped."""
    if mark not in cell:
        return [cell]
    parts = [""]
    for piece in _PIECE.findall(cell):
        if piece == mark:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def plain(words: str) -> str:
    """Text of a sentence, its escapes undone."""
    return _ESCAPED.sub(lambda match: _CONTROLS.get(match[1], match[1]), words)


def _value(part: str) -> Value:
    if match := _NUMBERED.fullmatch(part):
        return Value(_words(match[1]), match[2])
    return Value(_words(part))


def _words(part: str) -> str:
    return "" if part == NULL else plain(part)
