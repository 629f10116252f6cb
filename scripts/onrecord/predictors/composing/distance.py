"""How far spans stand from each other, in sentences and in characters."""

from bisect import bisect_right
from collections.abc import Sequence

from ...segment import Stretch
from ..overlaps import Stretched


class Sentences:
    """The sentences of a text, by offset."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = stretches
        self._starts = [start for start, _ in stretches]

    def number(self, offset: int) -> int:
        """The number of the sentence at an offset, counted from 0; -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    def between(self, one: Stretched, other: Stretched) -> int:
        """How many sentences lie between the nearer edges of two spans; 0 in one sentence."""
        first, second = (one, other) if _edges(one) <= _edges(other) else (other, one)
        return abs(self.number(second.start) - self.number(first.end - 1))


def gap(one: Stretched, other: Stretched) -> int:
    """How many characters lie between two spans; 0 where they touch or overlap."""
    return max(one.start - other.end, other.start - one.end, 0)


def _edges(span: Stretched) -> tuple[int, int]:
    return span.start, span.end
