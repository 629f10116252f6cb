"""The feature structures of a CAS that is being read: their lines, and safe ways into them."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from ... import sources
from ...standoff.format import Source
from ..xml import Element, line_of

_ID = "{http://www.omg.org/XMI}id"

_RESERVED = {"self_": "self", "type_": "type"}
"""What cassis calls features otherwise, because Python has other uses for the names."""

Structure = Any
"""A feature structure; the classes of these are made by cassis as it reads their types."""


@dataclass(frozen=True, slots=True)
class Structures:
    """Where they come from; `lines` has the line of each, by its id."""

    source: Source
    lines: Mapping[int, int] = field(default_factory=dict)

    def line(self, structure: Structure) -> int:
        """The line where it stands, 0 if unknown."""
        return self.lines.get(structure.xmiID, 0)

    def lost(self, kind: str, structure: Structure, words: str = "") -> None:
        """A structure has no place in a graph."""
        self.source.lost(kind, self.line(structure), words)

    def wrong(self, structure: Structure, message: str) -> None:
        """A structure cannot be read."""
        self.source.wrong(self.line(structure), message)


def loaded(path: Path, load: Callable[[], Any]) -> Any:
    """What cassis makes of a file.

    Raises:
        UncheckedError: it cannot read it, or an offset is none of the text's.
    """
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            cas = load()
        # The library trusts files: wrong ones end in any exception at all.
        except Exception as error:
            words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            raise sources.refused(path, 0, f"{words}; expected a CAS") from None
    for warning in told:
        # An offset that it cannot map it leaves as it was, in the wrong unit.
        if str(warning.message).startswith("Not mapping"):
            raise sources.refused(path, 0, f"offset outside the text: {warning.message}")
    return cas


def lines_of(path: Path, xmi: Element) -> dict[int, int]:
    """The line of each feature structure, by its id.

    Raises:
        UncheckedError: an id is given twice, or is no number.
    """
    found: dict[int, int] = {}
    for element in xmi.iterchildren(tag=etree.Element):
        line, given = line_of(element), element.get(_ID, "")
        if not given and etree.QName(element).localname == "View":
            continue
        if not (given.isascii() and given.isdecimal() and len(given) < 10):
            raise sources.refused(path, line, f"{given[:40]!r} is no xmi:id, expected a number")
        if int(given) in found:
            raise sources.refused(path, line, f"xmi:id {given} stands twice, expected once")
        found[int(given)] = line
    return found


def features(structure: Structure) -> Iterator[tuple[str, Any]]:
    """Name and value of each feature that is given, but for text and offsets."""
    for feature in structure.type.all_features:
        if feature.name in ("sofa", "begin", "end"):
            continue
        value = getattr(structure, feature.name, None)
        if value is not None and value != "":
            yield _RESERVED.get(feature.name, feature.name), value


def has(structure: Structure, *names: str) -> bool:
    """Whether its type has all of these features."""
    return {feature.name for feature in structure.type.all_features}.issuperset(names)


def is_structure(value: Any) -> bool:
    """Whether a value is a feature structure."""
    return hasattr(value, "xmiID") and hasattr(value, "type")


def members(value: Any) -> list[Any]:
    """The elements of an array or list, else the value alone; None is left out."""
    if not is_structure(value):
        return [value]
    if hasattr(value, "elements"):
        elements = value.elements
        return [e for e in elements if e is not None] if isinstance(elements, list) else []
    if ".Empty" in value.type.name and value.type.name.endswith("List"):
        return []
    return _heads(value) if hasattr(value, "head") else [value]


def _heads(value: Any) -> list[Any]:
    found, seen = [], set[int]()
    while hasattr(value, "head") and id(value) not in seen:
        seen.add(id(value))
        found.append(value.head)
        value = value.tail
    return [head for head in found if head is not None]
