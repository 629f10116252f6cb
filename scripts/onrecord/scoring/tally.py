"""The sums from which precision, recall and F1 follow."""

from typing import Any, NamedTuple

import numpy as np

Sums = np.ndarray[Any, np.dtype[np.float64]]
"""Tallies as an array: the last axis is `right, predicted, found, gold`."""


class Tally(NamedTuple):
    """What of the predicted is right, and what of the gold is found; tallies can be summed.

    Where credit is whole and goes to pairs, `right` and `found` are the same number of pairs.
    """

    right: float = 0.0
    predicted: float = 0.0
    found: float = 0.0
    gold: float = 0.0

    def plus(self, other: "Tally") -> "Tally":
        """The sums of both."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float | None:
        """`right / predicted`; 0 where only gold is there, None where nothing is."""
        return plain(precision(np.array(self)))

    @property
    def recall(self) -> float | None:
        """`found / gold`; 0 where only predictions are there, None where nothing is."""
        return plain(recall(np.array(self)))

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing is there."""
        return plain(f1(np.array(self)))


def precision(sums: Sums) -> Sums:
    """`right / predicted` along the last axis: 0 where only gold is there, NaN where nothing is."""
    return _share(sums[..., 0], sums[..., 1], sums[..., 3])


def recall(sums: Sums) -> Sums:
    """`found / gold` along the last axis: 0 where only predictions are there, NaN for nothing."""
    return _share(sums[..., 2], sums[..., 3], sums[..., 1])


def f1(sums: Sums) -> Sums:
    """The harmonic mean of precision and recall along the last axis; NaN where nothing is there."""
    p, r = precision(sums), recall(sums)
    total = p + r
    return np.divide(2 * p * r, total, out=np.array(total), where=total > 0)


def plain(value: Sums) -> float | None:
    """One figure as Python has it, None for NaN."""
    return None if np.isnan(value) else float(value)


def _share(part: Sums, whole: Sums, other: Sums) -> Sums:
    empty = np.where(other > 0, 0.0, np.nan)
    return np.divide(part, whole, out=empty, where=whole > 0)
