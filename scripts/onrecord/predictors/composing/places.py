"""Where spans stand to each other: in sentences, in contents, apart."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from ...segment import Stretch
from ..spans import Typed
from .forms import Reference


class Sentences:
    """The sentences of a text, by offset."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = stretches
        self._starts = [start for start, _ in stretches]

    def number(self, offset: int) -> int:
        """The number of the sentence at an offset, counted from 0; -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    def between(self, one: Typed | Reference, other: Typed | Reference) -> int:
        """How many sentences lie between the nearer edges of two spans; 0 in one sentence."""
        first, second = sorted((one[:2], other[:2]))
        return abs(self.number(second[0]) - self.number(first[1] - 1))


def innermost(span: Typed | Reference, contents: Iterable[Typed]) -> Typed | None:
    """The shortest of the contents that holds a span and is not equal to it."""
    holding = [
        content
        for content in contents
        if content.start <= span.start and span.end <= content.end and not same(span, content)
    ]
    return min(holding, key=lambda content: content.end - content.start, default=None)


def same(one: Typed | Reference, other: Typed | Reference) -> bool:
    """Whether two spans have the same edges."""
    return one[:2] == other[:2]


def gap(one: Typed | Reference, other: Typed | Reference) -> int:
    """How many characters lie between two spans; 0 where they touch or overlap."""
    return max(one.start - other.end, other.start - one.end, 0)
