"""Annotations as labelled units of a text: what the alphas and gamma are computed from.

There are four tiers of them: mentions (labelled by the kind of their actor), the contents of quotes
(by form), cues, and the contents of claims (by kind). Each part of a discontinuous span is a unit.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..chains import Chains
from ..model import Article
from ..segment import Stretch

TIERS: Mapping[str, str] = {
    "mentions": "mentions",
    "quotes": "quotes",
    "cues": "quotes",
    "claims": "claims",
}
"""The tiers of units, each with the table its units are taken from."""

NONE = ""
"""The label of a token in no unit."""


class Unit(NamedTuple):
    """A stretch of text in code points, end excluded, and its label."""

    start: int
    end: int
    label: str

    @property
    def length(self) -> int:
        """How many code points it covers."""
        return self.end - self.start


def units(article: Article) -> dict[str, list[Unit]]:
    """The units of every tier; of two that overlap the one that stands first labels the tokens.

    That is the longer mention, but the inner content: the shorter one, and of equal ones that of
    the quote which lies within the other. In no tier does the order of records matter.
    """
    chains = Chains(article)
    mentions = [Unit(m.start, m.end, chains.actor(m).kind) for m in article.mentions]
    depths = [
        (len(chains.chain(quote)), Unit(span.start, span.end, quote.form))
        for quote in article.quotes
        for span in quote.content
    ]
    cues = [Unit(span.start, span.end, "cue") for quote in article.quotes for span in quote.cue]
    claims = [Unit(s.start, s.end, claim.kind) for claim in article.claims for s in claim.content]
    return {
        "mentions": sorted(mentions, key=_longest),
        "quotes": [unit for _, unit in sorted(depths, key=lambda d: (d[1].length, -d[0], d[1]))],
        "cues": sorted(cues),
        "claims": sorted(claims, key=lambda unit: (unit.length, unit)),
    }


def token_labels(tokens: Sequence[Stretch], found: Iterable[Unit]) -> list[str]:
    """For each token the label of the first unit that shares a character with it, or NONE."""
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    labels = [NONE] * len(tokens)
    for unit in found:
        for at in range(bisect_right(ends, unit.start), bisect_left(starts, unit.end)):
            labels[at] = labels[at] or unit.label
    return labels


def flat(found: Sequence[Unit]) -> list[Unit]:
    """The units in text order without those that overlap a longer one of the same label.

    Of equally long ones the earliest is kept. Units of different labels may overlap.
    """
    kept: dict[str, list[Unit]] = {}
    for unit in sorted(found, key=_longest):
        same = kept.setdefault(unit.label, [])
        at = bisect_left(same, unit)
        if not any(_meet(unit, neighbour) for neighbour in same[max(at - 1, 0) : at + 1]):
            same.insert(at, unit)
    return sorted(unit for same in kept.values() for unit in same)


def _longest(unit: Unit) -> tuple[int, Unit]:
    return -unit.length, unit


def _meet(one: Unit, other: Unit) -> bool:
    return one.start < other.end and other.start < one.end
