"""What documents say of where they come from and how they were annotated, counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from .model import Document, Struct


class Provenance(Struct, frozen=True, order=True):
    """Where a document comes from and how it was annotated; fields as in the schema."""

    language: str
    origin: str
    license: str
    layers: tuple[str, ...]
    method: str
    passes: int
    adjudicated: bool


def provenance(document: Document) -> Provenance:
    """What one document says."""
    return Provenance(
        document.language,
        document.origin,
        document.license,
        document.layers,
        document.annotation.method,
        document.annotation.passes,
        document.annotation.adjudicated,
    )


def tally(documents: Iterable[Document]) -> Counter[Provenance]:
    """How many documents say the same; two such counts add up with `+`."""
    return Counter(map(provenance, documents))


def by(counted: Mapping[Provenance, int], *names: str) -> dict[tuple[Any, ...], int]:
    """How many documents there are for each combination of values of some fields, in order."""
    found: Counter[tuple[Any, ...]] = Counter()
    for item, number in counted.items():
        found[tuple(getattr(item, name) for name in names)] += number
    return dict(sorted(found.items()))
