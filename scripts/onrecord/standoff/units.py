"""Offsets that do not count code points: which unit a source counts, and the way to code points."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import regex

from .graph import Stretch

UNITS = ("code-points", "utf-16", "graphemes", "utf-8")
"""What sources count: Unicode code points, units of UTF-16, grapheme clusters, bytes of UTF-8."""

Offsets = Sequence[int]
"""For each code point of a text and for its end, the offset in some unit."""


class AmbiguousUnitError(Exception):
    """The words given fit offsets in no unit, or in several that differ; the message says which."""


def offsets(text: str, unit: str) -> Offsets:
    """The offset in `unit` at which each code point of a text begins, and that of its end.

    Code points inside one grapheme cluster have the offset of the cluster.
    """
    return _OFFSETS[unit](text)


def to_code_points(text: str, unit: str) -> dict[int, int]:
    """From offsets in `unit` to code points; offsets inside a code point or cluster have none."""
    found: dict[int, int] = {}
    for at, offset in enumerate(offsets(text, unit)):
        found.setdefault(offset, at)
    return found


def recognised(
    text: str, spans: Iterable[tuple[Stretch, str]], units: Sequence[str] = UNITS
) -> str:
    """The unit in which all spans, each with the words it should have, fit the text.

    Where several fit and agree on the place of every span, the first of them is meant. Words may be
    empty where the source gives none.

    Raises:
        AmbiguousUnitError: none fits, or several that do not agree.
    """
    given = list(spans)
    fitting = {unit: places for unit in units if (places := _places(text, unit, given))}
    if not given:
        return units[0]
    if not fitting:
        raise AmbiguousUnitError(f"offsets fit the words in none of {', '.join(units)}")
    if len(set(map(tuple, fitting.values()))) > 1:
        raise AmbiguousUnitError(f"offsets fit the words in each of {', '.join(fitting)}")
    return next(iter(fitting))


def _places(text: str, unit: str, given: list[tuple[Stretch, str]]) -> list[Stretch] | None:
    """The spans in code points, if all fit."""
    into = to_code_points(text, unit)
    found = []
    for (start, end), words in given:
        a, b = into.get(start), into.get(end)
        if a is None or b is None or (words and text[a:b] != words):
            return None
        found.append((a, b))
    return found


@lru_cache(maxsize=4)
def _points(text: str) -> Offsets:
    return range(len(text) + 1)


@lru_cache(maxsize=4)
def _utf16(text: str) -> Offsets:
    return _summed(text, lambda character: 1 + (character > "\uffff"))


@lru_cache(maxsize=4)
def _utf8(text: str) -> Offsets:
    return _summed(text, lambda character: len(character.encode("utf-8", "surrogatepass")))


@lru_cache(maxsize=4)
def _graphemes(text: str) -> Offsets:
    found: list[int] = []
    for number, match in enumerate(regex.finditer(r"\X", text)):
        found += [number] * len(match[0])
    return [*found, found[-1] + 1 if found else 0]


def _summed(text: str, width: Callable[[str], int]) -> Offsets:
    found = [0]
    for character in text:
        found.append(found[-1] + width(character))
    return found


_OFFSETS: dict[str, Callable[[str], Offsets]] = {
    "code-points": _points,
    "utf-16": _utf16,
    "graphemes": _graphemes,
    "utf-8": _utf8,
}
