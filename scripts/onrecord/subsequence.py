"""One place for each of a list of things that stand in order, chosen so that most have one."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

Stretch = tuple[int, int]


class Choice(NamedTuple):
    """A place that a thing may have, and what it costs: 0 where nothing speaks against it."""

    place: Stretch
    cost: float = 0.0


def in_order(options: Sequence[Sequence[Choice]], *, distinct: bool) -> list[Stretch | None]:
    """The place of each thing: by start, of those that start together the longest first.

    As many as can be have a place, at the lowest cost; the others, which have no place or stand
    out of order, have None. If `distinct`, no two have the same place.

    The heaviest increasing subsequence, found as in Jacobson and Vo (1992), "Heaviest
    Increasing/Common Subsequence Problems": ends of partial solutions are kept only where no other
    ends earlier and weighs as much.
    """
    ends: list[tuple[int, int]] = []
    best: list[_Step] = []
    find = bisect_left if distinct else bisect_right
    for number, choices in enumerate(options):
        steps = []
        for choice in choices:
            key = choice.place[0], -choice.place[1]
            at = find(ends, key)
            before = best[at - 1] if at else None
            weight = (before.weight if before else 0.0) + 1 - choice.cost
            steps.append((key, _Step(weight, number, choice.place, before)))
        for key, step in steps:
            _enter(ends, best, key, step)
    found: list[Stretch | None] = [None] * len(options)
    last = best[-1] if best else None
    while last is not None:
        found[last.number] = last.place
        last = last.before
    return found


class _Step(NamedTuple):
    """The end of a partial solution."""

    weight: float
    number: int
    place: Stretch
    before: "_Step | None"


def _enter(
    ends: list[tuple[int, int]], best: list[_Step], key: tuple[int, int], new: _Step
) -> None:
    """Keep a partial solution, and of the others those that end earlier or weigh more."""
    at = bisect_right(ends, key)
    if at and best[at - 1].weight >= new.weight:
        return
    first = bisect_left(ends, key)
    last = first
    while last < len(best) and best[last].weight <= new.weight:
        last += 1
    ends[first:last] = [key]
    best[first:last] = [new]
