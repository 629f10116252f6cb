"""A CAS that is being read: where it comes from, and safe ways to what is in it."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ... import sources
from ...paths import shown
from ...standoff.format import Reading

_RESERVED = {"self_": "self", "type_": "type"}
"""What cassis calls features otherwise, because Python has other uses for the names."""

Structure = Any
"""A feature structure; the classes of these are made by cassis as it reads their types."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file; `lines` has the line of each feature structure, by its id."""

    path: Path
    reading: Reading
    lines: Mapping[int, int] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The path as messages have it."""
        return shown(self.path)

    def line(self, structure: Structure) -> int:
        """The line where it stands, 0 if unknown."""
        return self.lines.get(structure.xmiID, 0)

    def lost(self, kind: str, structure: Structure, words: str = "") -> None:
        """A structure has no place in a graph."""
        self.reading.losses.lost(kind, f"{self.shown}:{self.line(structure)}", words)

    def wrong(self, structure: Structure, message: str) -> None:
        """A structure cannot be read."""
        self.reading.wrong(self.shown, self.line(structure), message)


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
