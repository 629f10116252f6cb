"""Words of an article, cut so that each of its spans begins and ends at the edge of one."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ..model import Article, Mention, Span
from ..segment import paragraph_sentences, tokens_in
from ..standoff.graph import Stretch

Cut = Callable[[str, int, int], list[Stretch]]
"""The words of one sentence of a text, as `segment.tokens_in` gives them."""


def spans(article: Article) -> Iterator[Span | Mention]:
    """Every span that something is annotated on, each part of a discontinuous one by itself."""
    yield from article.mentions
    for quote in article.quotes:
        yield from quote.content
        yield from quote.cue
    for claim in article.claims:
        yield from claim.content


def cut_at_spans(article: Article) -> Cut:
    """A way to cut the sentences of an article into words: the tokens, cut at edges of spans."""
    edges = sorted({edge for span in spans(article) for edge in (span.start, span.end)})

    def cut(text: str, start: int, end: int) -> list[Stretch]:
        return [part for token in tokens_in(text, start, end) for part in _parts(token, edges)]

    return cut


def sentences(article: Article) -> Iterator[list[list[Stretch]]]:
    """The words of each sentence of one paragraph after the other."""
    cut, text = cut_at_spans(article), article.document.text
    for paragraph in paragraph_sentences(article):
        yield [cut(text, start, end) for start, end in paragraph]


def _parts(token: Stretch, edges: Sequence[int]) -> Iterator[Stretch]:
    start, end = token
    inner = edges[bisect_right(edges, start) : bisect_left(edges, end)]
    return pairwise([start, *inner, end])
