"""Where records stand in a text, and how far two of them cover the same."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from ..model import Mention, Span

Bounds = tuple[tuple[int, int], ...]
"""Start and end of each of a list of spans, in order and apart from each other."""


def bounds(spans: Iterable[Span | Mention]) -> Bounds:
    """Where spans stand."""
    return tuple((span.start, span.end) for span in spans)


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
