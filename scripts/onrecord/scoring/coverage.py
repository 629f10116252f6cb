"""Credit for overlap: how much of each record its partner in the other annotation covers."""

from collections.abc import Iterable, Sequence
from math import fsum

from ..model import Article, Mention, Span
from .match import characters, pairs

Spans = Sequence[Span]


def coverage(near: Iterable[tuple[Spans, Spans]]) -> tuple[float, float]:
    """The sums of |g & p| / |p| and of |g & p| / |g| over pairs of gold and predicted spans.

    The span coverage of Johansson and Moschitti (2010), Syntactic and Semantic Structure for
    Opinion Expression Detection; theirs is summed over all pairs that overlap, ours over one-to-one
    partners, so that no record is credited twice.
    """
    shares = []
    for one, other in near:
        gold, predicted = characters(one), characters(other)
        both = len(gold & predicted)
        shares.append((both / len(predicted), both / len(gold)))
    return fsum(right for right, _ in shares), fsum(found for _, found in shares)


def near_mentions(one: Article, other: Article) -> list[tuple[Spans, Spans]]:
    """Mentions that overlap, paired one to one with the greatest total overlap."""
    ones, others = ([(_span(m),) for m in article.mentions] for article in (one, other))
    return [(ones[i], others[j]) for i, j in pairs(ones, others, _nearness)]


def _nearness(one: Spans, other: Spans) -> float:
    """IoU of two contiguous spans; of equal ones the longer overlap weighs a trace more."""
    (a,), (b,) = one, other
    both = min(a.end, b.end) - max(a.start, b.start)
    if both <= 0:
        return 0
    return both / (max(a.end, b.end) - min(a.start, b.start)) + 1e-6 * both


def _span(mention: Mention) -> Span:
    return Span(start=mention.start, end=mention.end, exact=mention.exact)
