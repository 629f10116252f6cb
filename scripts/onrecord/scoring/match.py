"""Pairing the records of two annotations of one document."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from ..model import Article, Claim, Mention, Quote, Span
from ..problem import MissingExtraError
from .ordered import Ordered, Table
from .spans import Bounds, bounds

OVERLAP = 0.5
"""Intersection over union of characters from which two contents are the same quote or claim."""

Edges = Mapping[tuple[int, int], float]
"""The weight of each pair that may be made, by the indices of its two members."""

T = TypeVar("T")
P = ParamSpec("P")


def size(spans: Bounds) -> int:
    """How many characters spans cover."""
    return sum(end - start for start, end in spans)


def shared(ones: Bounds, others: Bounds) -> int:
    """How many characters both cover."""
    return sum(
        max(0, min(end, last) - max(start, first)) for start, end in ones for first, last in others
    )


def iou(one: Bounds, other: Bounds) -> float:
    """Intersection over union of the characters of two lists of spans, from 0 to 1."""
    both = shared(one, other)
    return both / (size(one) + size(other) - both) if both else 0.0


def coverage(gold: Bounds, predicted: Bounds) -> tuple[float, float]:
    """The shares of the gold and of the predicted characters that both cover.

    The span coverage of Johansson and Moschitti (2010), Syntactic and Semantic Structure for
    Opinion Expression Detection; theirs is summed over all pairs that overlap, here it is asked for
    one-to-one partners, so that no record is credited twice.
    """
    both = shared(gold, predicted)
    return both / size(gold), both / size(predicted)


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Intersection over union of the characters of two lists of spans, from 0 to 1."""
    return iou(bounds(one), bounds(other))


def touching(ones: Sequence[Bounds], others: Sequence[Bounds]) -> Iterator[tuple[int, int]]:
    """The indices of all pairs whose hulls, from first start to last end, share a character."""
    order = sorted(range(len(others)), key=lambda j: others[j][0][0])
    starts = [others[j][0][0] for j in order]
    reach, furthest = 0, []  # the last end of any that starts before
    for j in order:
        reach = max(reach, others[j][-1][1])
        furthest.append(reach)
    for i, one in enumerate(ones):
        start, end = one[0][0], one[-1][1]
        at = bisect_left(starts, end)
        while at and furthest[at - 1] > start:
            at -= 1
            if others[order[at]][-1][1] > start:
                yield i, order[at]


def assign(edges: Edges) -> list[tuple[int, int]]:
    """The one-to-one pairing with the greatest total weight; weights are above 0.

    The assignment problem, solved for each connected part by itself, after Jonker and Volgenant
    (1987). Of pairings of equal weight always the same one is chosen, whatever the order of edges.
    """
    found = []
    for part in _parts(sorted(edges)):
        found += part if len(part) == 1 else _solved(part, edges)
    return sorted(found)


def pairs(
    ones: Sequence[T], others: Sequence[T], weight: Callable[[T, T], float]
) -> list[tuple[int, int]]:
    """A one-to-one pairing with the greatest total weight; pairs of weight 0 are left out."""
    weights = {
        (i, j): weight(one, other) for i, one in enumerate(ones) for j, other in enumerate(others)
    }
    return assign({pair: found for pair, found in weights.items() if found > 0})


Found = Callable[Concatenate[Article, Article, P], list[tuple[T, T]]]
"""What pairs records of two annotations of one text."""


def _from_both_sides(table: Table) -> Callable[[Found[P, T]], Found[P, T]]:
    """The same pairs whichever annotation is named first, also of pairings that weigh the same.

    The one whose records of `table` come first is taken as the first.
    """

    def made(find: Found[P, T]) -> Found[P, T]:
        @wraps(find)
        def found(
            one: Article, other: Article, /, *args: P.args, **options: P.kwargs
        ) -> list[tuple[T, T]]:
            if Ordered(other).key(table) < Ordered(one).key(table):
                return [(a, b) for b, a in find(other, one, *args, **options)]
            return find(one, other, *args, **options)

        return found

    return made


def same_actors(one: Article, other: Article) -> dict[str, str]:
    """For each actor of `other` the actor of `one` that it is paired with, one to one.

    The pairing is that in which actors share the most mentions.
    """
    return {theirs: ours for ours, theirs in _actor_pairs(one, other)}


@_from_both_sides("mentions")
def _actor_pairs(one: Article, other: Article) -> list[tuple[str, str]]:
    spans: dict[tuple[int, int], list[str]] = {}
    for mention in one.mentions:
        spans.setdefault((mention.start, mention.end), []).append(mention.actor)
    together = Counter(
        (actor, m.actor) for m in other.mentions for actor in spans.get((m.start, m.end), ())
    )
    ours, theirs = Ordered(one).actors, Ordered(other).actors
    left, right = ({name: at for at, name in enumerate(names)} for names in (ours, theirs))
    found = assign({(left[a], right[b]): float(n) for (a, b), n in together.items()})
    return [(ours[i], theirs[j]) for i, j in found]


@_from_both_sides("mentions")
def mention_pairs(one: Article, other: Article) -> list[tuple[Mention, Mention]]:
    """Mentions with the same offsets; where several share them, those of one actor first."""
    actors = same_actors(one, other)
    ours, theirs = Ordered(one).mentions, Ordered(other).mentions
    there: dict[tuple[int, int], list[int]] = {}
    for j, mention in enumerate(theirs):
        there.setdefault((mention.start, mention.end), []).append(j)
    edges = {
        (i, j): 2.0 if mention.actor == actors.get(theirs[j].actor) else 1.0
        for i, mention in enumerate(ours)
        for j in there.get((mention.start, mention.end), ())
    }
    return [(ours[i], theirs[j]) for i, j in assign(edges)]


@_from_both_sides("mentions")
def near_mentions(one: Article, other: Article) -> list[tuple[Bounds, Bounds]]:
    """Where mentions stand that overlap, paired one to one with the greatest total overlap."""
    ours, theirs = ([((m.start, m.end),) for m in a.mentions] for a in (one, other))
    ours, theirs = sorted(ours), sorted(theirs)
    weights = {(i, j): iou(ours[i], theirs[j]) for i, j in touching(ours, theirs)}
    return [(ours[i], theirs[j]) for i, j in assign(weights)]


@_from_both_sides("quotes")
def quote_pairs(one: Article, other: Article, *, least: float = 0.0) -> list[tuple[Quote, Quote]]:
    """Quotes whose contents overlap, the total overlap greatest; equal ones are told by the cue.

    `least` is the intersection over union below which two are no pair.
    """

    def ties(a: Quote, b: Quote) -> float:
        return (_TIE if a.cue == b.cue else 0) + (_TIE / 10 if _depth(a) == _depth(b) else 0)

    return _content_pairs(Ordered(one).quotes, Ordered(other).quotes, ties, least)


@_from_both_sides("claims")
def claim_pairs(one: Article, other: Article, *, least: float = 0.0) -> list[tuple[Claim, Claim]]:
    """Claims whose contents overlap, the total overlap greatest; equal ones are told by labels.

    `least` is the intersection over union below which two are no pair.
    """

    def ties(a: Claim, b: Claim) -> float:
        return _TIE if (a.kind, a.polarity) == (b.kind, b.polarity) else 0

    return _content_pairs(Ordered(one).claims, Ordered(other).claims, ties, least)


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


_TIE = 1e-6
"""Less than any two overlaps of texts differ by that are not equal, for all but huge contents."""


def _depth(quote: Quote) -> bool:
    return quote.within is not None


def _parts(edges: list[tuple[int, int]]) -> Iterable[list[tuple[int, int]]]:
    """The edges by connected part; both lists are in order."""
    left, right = Counter(i for i, _ in edges), Counter(j for _, j in edges)
    single = [[edge] for edge in edges if left[edge[0]] == 1 and right[edge[1]] == 1]
    tangled = [edge for edge in edges if left[edge[0]] > 1 or right[edge[1]] > 1]
    return [*single, *_connected(tangled)] if tangled else single


def _connected(edges: list[tuple[int, int]]) -> Iterable[list[tuple[int, int]]]:
    """The edges by connected part, found by merging (Tarjan 1975)."""
    parent: dict[tuple[bool, int], tuple[bool, int]] = {}

    def root(node: tuple[bool, int]) -> tuple[bool, int]:
        while (above := parent.setdefault(node, node)) != node:
            parent[node] = parent[above]
            node = above
        return node

    for i, j in edges:
        parent[root((True, j))] = root((False, i))
    parts: dict[tuple[bool, int], list[tuple[int, int]]] = {}
    for i, j in edges:
        parts.setdefault(root((False, i)), []).append((i, j))
    return parts.values()


def _solved(part: list[tuple[int, int]], edges: Edges) -> list[tuple[int, int]]:
    try:
        import numpy as np
        from scipy.optimize import linear_sum_assignment
    except ImportError:
        raise MissingExtraError("comparing needs scipy: pip install 'onrecord[score]'") from None

    rows, columns = (sorted({edge[side] for edge in part}) for side in (0, 1))
    weights = np.zeros((len(rows), len(columns)))
    row, column = ({name: at for at, name in enumerate(names)} for names in (rows, columns))
    for i, j in part:
        weights[row[i], column[j]] = edges[i, j]
    solved = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    return [(rows[r], columns[c]) for r, c in solved if weights[r, c] > 0]
