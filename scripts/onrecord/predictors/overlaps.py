"""Stretches of a text looked up by offset: which of them overlap another, which hold it.

A long text has thousands; to look at each of them for each of them would take the square.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Generic, Protocol, TypeVar


class Stretched(Protocol):
    """What begins at one offset and ends before another."""

    @property
    def start(self) -> int:
        """Of its first character."""
        ...

    @property
    def end(self) -> int:
        """Behind its last character."""
        ...


S = TypeVar("S", bound=Stretched)


class Overlaps(Generic[S]):
    """Stretches by start, in the order given where they start together."""

    def __init__(self, stretches: Iterable[S]) -> None:
        self._ordered = sorted(stretches, key=_start)
        self._starts = [each.start for each in self._ordered]
        self._reach = list(accumulate((each.end for each in self._ordered), max))

    def overlapping(self, start: int, end: int) -> Iterator[S]:
        """Those that have a character from `start` to `end`, in order."""
        first = bisect_right(self._reach, start)
        for at in range(first, bisect_left(self._starts, end)):
            if self._ordered[at].end > start:
                yield self._ordered[at]

    def any_overlap(self, start: int, end: int) -> bool:
        """Whether one of them has a character from `start` to `end`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start

    def starting(self, first: int, past: int) -> Sequence[S]:
        """Those that start at `first` or later, before `past`."""
        return self._ordered[bisect_left(self._starts, first) : bisect_left(self._starts, past)]

    def first_behind(self, offset: int) -> Sequence[S]:
        """The first that starts at an offset or later, if there is one."""
        at = bisect_left(self._starts, offset)
        return self._ordered[at : at + 1]


class Nested(Generic[S]):
    """Stretches that hold each other or lie apart, but never cross."""

    def __init__(self, stretches: Iterable[S]) -> None:
        self._ordered = sorted(stretches, key=_outer_first)
        self._keys = [_outer_first(each) for each in self._ordered]
        self._outer: list[int] = []
        for at, each in enumerate(self._ordered):
            around = at - 1
            while around >= 0 and self._ordered[around].end < each.end:
                around = self._outer[around]
            self._outer.append(around)

    def holding(self, start: int, end: int) -> Iterator[S]:
        """Those that hold all of a stretch, from the innermost outwards; of equal ones the last."""
        at = bisect_right(self._keys, (start, -end)) - 1
        while at >= 0:
            if self._ordered[at].end >= end:
                yield self._ordered[at]
            at = self._outer[at]

    def around(self, start: int, end: int) -> S | None:
        """The innermost that holds a stretch and is not equal to it."""
        wider = (
            each for each in self.holding(start, end) if (each.start, each.end) != (start, end)
        )
        return next(wider, None)


def _start(stretch: Stretched) -> int:
    return stretch.start


def _outer_first(stretch: Stretched) -> tuple[int, int]:
    return stretch.start, -stretch.end
