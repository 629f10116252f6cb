"""The flat spans that rules or sequence labellers find, before they are made an article."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple


class Typed(NamedTuple):
    """A stretch of text in code points and its type, one of those of its column in `iob`."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Spans:
    """What was found in one text, by column of `iob.columns()`, each list in text order.

    An empty list of `speakers` beside contents means that speakers are not marked, and have to be
    guessed.
    """

    actors: list[Typed] = field(default_factory=list)
    contents: list[Typed] = field(default_factory=list)
    cues: list[Typed] = field(default_factory=list)
    speakers: list[Typed] = field(default_factory=list)
    claims: list[Typed] = field(default_factory=list)


def layers(columns: Collection[str]) -> tuple[str, ...]:
    """The layers that are annotated by who finds the spans of these columns."""
    needed = {"actors": "actors", "quotes": "contents", "claims": "claims"}
    return tuple(layer for layer, column in needed.items() if column in columns)
