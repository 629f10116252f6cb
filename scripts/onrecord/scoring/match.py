"""Pairing the records of two annotations of one document."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from ..model import Article, Claim, Mention, Quote
from .assignment import assign
from .ordered import Ordered, Table
from .spans import Bounds, bounds, iou, touching

OVERLAP = 0.5
"""Intersection over union of characters from which two contents are the same quote or claim."""

TIE = 1e-9
"""What tells equal overlaps: less than any two differ by that are not equal, for all but huge
contents."""

T = TypeVar("T")
P = ParamSpec("P")
Pairing = Callable[Concatenate[Ordered, Ordered, P], list[tuple[T, T]]]
"""Pairs what two annotations of one text have."""

Paired = Callable[Concatenate[Article, Article, P], list[tuple[T, T]]]
"""The same, for articles."""


def _from_both_sides(table: Table) -> Callable[[Pairing[P, T]], Paired[P, T]]:
    """The same pairs whichever annotation is named first, also of pairings that weigh the same.

    The one whose records of `table` come first is taken as the first.
    """

    def made(find: Pairing[P, T]) -> Paired[P, T]:
        @wraps(find)
        def found(
            one: Article, other: Article, /, *args: P.args, **options: P.kwargs
        ) -> list[tuple[T, T]]:
            ours, theirs = Ordered(one), Ordered(other)
            if theirs.key(table) < ours.key(table):
                return [(a, b) for b, a in find(theirs, ours, *args, **options)]
            return find(ours, theirs, *args, **options)

        return found

    return made


def same_actors(one: Article, other: Article) -> dict[str, str]:
    """For each actor of `other` the actor of `one` that it is paired with, one to one.

    The pairing is that in which actors share the most mentions.
    """
    return {theirs: ours for ours, theirs in actor_pairs(one, other)}


def _actor_pairs(one: Ordered, other: Ordered) -> list[tuple[str, str]]:
    """The actors of two annotations, by id, that share the most mentions."""
    spans: dict[tuple[int, int], list[str]] = {}
    for mention in one.mentions:
        spans.setdefault((mention.start, mention.end), []).append(mention.actor)
    together = Counter(
        (actor, m.actor) for m in other.mentions for actor in spans.get((m.start, m.end), ())
    )
    left, right = ({name: at for at, name in enumerate(s.actors)} for s in (one, other))
    found = assign({(left[a], right[b]): float(n) for (a, b), n in together.items()})
    return [(one.actors[i], other.actors[j]) for i, j in found]


actor_pairs = _from_both_sides("mentions")(_actor_pairs)


@_from_both_sides("mentions")
def mention_pairs(one: Ordered, other: Ordered) -> list[tuple[Mention, Mention]]:
    """Mentions with the same offsets; where several share them, those of one actor first."""
    actors = {(ours, theirs) for ours, theirs in _actor_pairs(one, other)}
    there: dict[tuple[int, int], list[int]] = {}
    for j, mention in enumerate(other.mentions):
        there.setdefault((mention.start, mention.end), []).append(j)
    edges = {
        (i, j): 2.0 if (mention.actor, other.mentions[j].actor) in actors else 1.0
        for i, mention in enumerate(one.mentions)
        for j in there.get((mention.start, mention.end), ())
    }
    return [(one.mentions[i], other.mentions[j]) for i, j in assign(edges)]


@_from_both_sides("mentions")
def near_mentions(one: Ordered, other: Ordered) -> list[tuple[Bounds, Bounds]]:
    """Where mentions stand that overlap, paired one to one with the greatest total overlap."""
    ours, theirs = (sorted(((m.start, m.end),) for m in side.mentions) for side in (one, other))
    weights = {(i, j): iou(ours[i], theirs[j]) for i, j in touching(ours, theirs)}
    return [(ours[i], theirs[j]) for i, j in assign(weights)]


@_from_both_sides("quotes")
def quote_pairs(one: Ordered, other: Ordered, *, least: float = 0.0) -> list[tuple[Quote, Quote]]:
    """Quotes whose contents overlap, the total overlap greatest; equal ones are told by the cue.

    `least` is the intersection over union below which two are no pair.
    """

    def ties(a: Quote, b: Quote) -> float:
        return (TIE if a.cue == b.cue else 0) + (TIE / 10 if _depth(a) == _depth(b) else 0)

    return _content_pairs(one.quotes, other.quotes, ties, least)


@_from_both_sides("claims")
def claim_pairs(one: Ordered, other: Ordered, *, least: float = 0.0) -> list[tuple[Claim, Claim]]:
    """Claims whose contents overlap, the total overlap greatest; equal ones are told by labels.

    `least` is the intersection over union below which two are no pair.
    """

    def ties(a: Claim, b: Claim) -> float:
        return TIE if (a.kind, a.polarity) == (b.kind, b.polarity) else 0

    return _content_pairs(one.claims, other.claims, ties, least)


R = TypeVar("R", Quote, Claim)


def overlapping(
    ones: Sequence[R], others: Sequence[R], *, ties: Callable[[R, R], float], least: float = 0.0
) -> dict[tuple[int, int], float]:
    """The pairs whose contents overlap, weighed by that, with what `ties` adds for each.

    Those that overlap by less than `least` are left out.
    """
    left, right = ([bounds(r.content) for r in side] for side in (ones, others))
    weights = {(i, j): iou(left[i], right[j]) for i, j in touching(left, right)}
    return {
        (i, j): weight + ties(ones[i], others[j])
        for (i, j), weight in weights.items()
        if weight > 0 and weight >= least
    }


def _content_pairs(
    ones: Sequence[R], others: Sequence[R], ties: Callable[[R, R], float], least: float
) -> list[tuple[R, R]]:
    edges = overlapping(ones, others, ties=ties, least=least)
    return [(ones[i], others[j]) for i, j in assign(edges)]


def _depth(quote: Quote) -> bool:
    return quote.within is not None
