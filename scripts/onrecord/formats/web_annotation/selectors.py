"""Selectors of W3C Web Annotations: where in a text they point."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...standoff.graph import Stretch
from ...standoff.units import UNITS, AmbiguousUnitError, recognised

_CHAR = re.compile(r"char=([0-9]{1,15}),([0-9]{1,15})")
"""A fragment of a plain text by RFC 5147."""

_LARGEST = 2**53 - 1
"""Numbers in JSON are exact up to here."""

_QUOTE, _POSITION, _FRAGMENT = "TextQuoteSelector", "TextPositionSelector", "FragmentSelector"


class SelectorError(Exception):
    """A selector that is not as the model says, or that finds no one place."""


class UnknownSelectorError(Exception):
    """None of the selectors is of a kind that selects plain text; the message is its type."""


@dataclass(frozen=True, slots=True)
class Selection:
    """One stretch of a text as its selectors give it, by position, by words, or by both."""

    position: Stretch | None = None
    exact: str | None = None
    prefix: str = ""
    suffix: str = ""


def selection(selectors: Any) -> Selection:
    """What one selector, or a list of selectors for the same stretch, says.

    Raises:
        SelectorError: one is malformed.
        UnknownSelectorError: none is known.
    """
    given = selectors if isinstance(selectors, list) else [selectors]
    known = {_type(one): one for one in reversed(given) if not _is_refined(one)}
    position = _position(known[_POSITION]) if _POSITION in known else None
    if position is None and _FRAGMENT in known:
        position = fragment(known[_FRAGMENT].get("value"))
    quoted = known.get(_QUOTE)
    if position is None and quoted is None:
        raise UnknownSelectorError(_type(given[0]) if given else "")
    if quoted is None:
        return Selection(position)
    words = [_words(quoted, name) for name in ("exact", "prefix", "suffix")]
    if not words[0]:
        raise SelectorError(f"exact {words[0]!r}, expected words")
    return Selection(position, *words)


def fragment(value: Any) -> Stretch | None:
    """The stretch that a fragment such as `char=0,10` of a plain text means."""
    match = _CHAR.fullmatch(value) if isinstance(value, str) else None
    return (int(match[1]), int(match[2])) if match else None


def unit(text: str, selections: Iterable[Selection]) -> str:
    """What the positions count: code points, as they must, if these fit the words given.

    Raises:
        units.AmbiguousUnitError: the words fit in no unit, or in several at other places.
    """
    given = [(one.position, one.exact) for one in selections if one.position and one.exact]
    right, *others = UNITS
    try:
        return recognised(text, given, [right])
    except AmbiguousUnitError:
        return recognised(text, given, others)


def place(text: str, one: Selection, into: Mapping[int, int]) -> Stretch:
    """The stretch of the text, in code points; `into` leads there from the positions.

    Whether the words given stand at the position given is not looked at. Without position they are
    searched, first between their prefix and suffix.

    Raises:
        SelectorError: the words stand in no place, or in several.
    """
    if one.position:
        start, end = one.position
        return into.get(start, start), into.get(end, end)
    words = one.exact or ""
    everywhere = _occurrences(text, words)
    found = [
        at
        for at in everywhere
        if text.endswith(one.prefix, 0, at) and text.startswith(one.suffix, at + len(words))
    ]
    places = found or everywhere
    if len(places) != 1:
        raise SelectorError(f"{words!r:.60} stands {len(places)} times, expected once")
    return places[0], places[0] + len(words)


def _occurrences(text: str, words: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _position(selector: dict[str, Any]) -> Stretch:
    start, end = selector.get("start"), selector.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start <= end:
        raise SelectorError(f"start {start!r:.20} and end {end!r:.20}, expected offsets in order")
    if end > _LARGEST:
        raise SelectorError(f"an end of more than {_LARGEST}, expected an offset in the text")
    return start, end


def _words(selector: dict[str, Any], name: str) -> str:
    words = selector.get(name, "")
    if not isinstance(words, str):
        raise SelectorError(f"{name} {words!r}, expected text")
    return words


def _type(selector: Any) -> str:
    found = selector.get("type", selector.get("@type", "")) if isinstance(selector, dict) else ""
    return found if isinstance(found, str) else ""


def _is_refined(selector: Any) -> bool:
    """Whether another selector narrows what this one selects, which is more than we can follow."""
    return isinstance(selector, dict) and "refinedBy" in selector
