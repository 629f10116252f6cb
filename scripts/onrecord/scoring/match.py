"""Pairing the records of two annotations of one document."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from ..model import Article, Claim, Mention, Quote, Span
from ..problem import MissingExtraError

OVERLAP = 0.5
"""Intersection over union of characters from which two contents are the same quote or claim."""

T = TypeVar("T")


def characters(spans: Sequence[Span]) -> set[int]:
    """The offsets that a list of spans covers."""
    return {offset for span in spans for offset in range(span.start, span.end)}


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Intersection over union of the characters of two lists of spans, from 0 to 1."""
    a, b = characters(one), characters(other)
    return len(a & b) / len(a | b)


def pairs(
    ones: Sequence[T], others: Sequence[T], weight: Callable[[T, T], float]
) -> list[tuple[int, int]]:
    """A one-to-one pairing with the greatest total weight; pairs of weight 0 are left out.

    Optimal, so independent of the order of records: the assignment problem, solved after Jonker
    and Volgenant (1987).
    """
    if not ones or not others:
        return []
    try:
        import numpy as np
        from scipy.optimize import linear_sum_assignment
    except ImportError:
        raise MissingExtraError("comparing needs scipy: pip install 'onrecord[score]'") from None

    weights = np.array([[weight(one, other) for other in others] for one in ones])
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if weights[i, j] > 0]


def same_actors(one: Article, other: Article) -> dict[str, str]:
    """For each actor of `other` the actor of `one` that it shares the most mentions with."""
    spans = {(m.start, m.end): m.actor for m in one.mentions}
    shared = Counter(
        (spans[m.start, m.end], m.actor) for m in other.mentions if (m.start, m.end) in spans
    )
    left = sorted({a for a, _ in shared})
    right = sorted({b for _, b in shared})
    found = pairs(left, right, lambda a, b: shared[a, b])
    return {right[j]: left[i] for i, j in found}


def mention_pairs(one: Article, other: Article) -> list[tuple[Mention, Mention]]:
    """Mentions with the same offsets; where several share them, those of one actor first."""
    actors = same_actors(one, other)

    def weight(a: Mention, b: Mention) -> float:
        if (a.start, a.end) != (b.start, b.end):
            return 0
        return 2.0 if a.actor == actors.get(b.actor) else 1.0

    return _by_key(one.mentions, other.mentions, lambda m: (m.start, m.end), weight)


def quote_pairs(one: Article, other: Article) -> list[tuple[Quote, Quote]]:
    """Quotes whose contents overlap, the total overlap greatest; equal ones are told by the cue."""

    def weight(a: Quote, b: Quote) -> float:
        shared = overlap(a.content, b.content)
        if shared == 0:
            return 0
        return shared + (0.01 if a.cue == b.cue else 0) + (0.001 if _depth(a) == _depth(b) else 0)

    found = pairs(one.quotes, other.quotes, weight)
    return [(one.quotes[i], other.quotes[j]) for i, j in found]


def claim_pairs(one: Article, other: Article) -> list[tuple[Claim, Claim]]:
    """Claims whose contents overlap, the total overlap greatest."""
    found = pairs(one.claims, other.claims, lambda a, b: overlap(a.content, b.content))
    return [(one.claims[i], other.claims[j]) for i, j in found]


def _depth(quote: Quote) -> bool:
    return quote.within is not None


def _by_key(
    ones: Sequence[T],
    others: Sequence[T],
    key: Callable[[T], object],
    weight: Callable[[T, T], float],
) -> list[tuple[T, T]]:
    """Optimal pairs among records with equal keys."""
    groups: dict[object, tuple[list[T], list[T]]] = {}
    for one in ones:
        groups.setdefault(key(one), ([], []))[0].append(one)
    for other in others:
        groups.setdefault(key(other), ([], []))[1].append(other)
    return [
        (left[i], right[j])
        for left, right in groups.values()
        for i, j in pairs(left, right, weight)
    ]
