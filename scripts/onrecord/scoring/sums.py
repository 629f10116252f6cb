"""Precision, recall and F1 of any number of tallies at once."""

from collections.abc import Iterable
from typing import Any

import numpy as np

Sums = np.ndarray[Any, np.dtype[np.float64]]
"""Tallies as an array: the last axis is `right, predicted, found, gold`."""


def array(tally: Iterable[float]) -> Sums:
    """One tally as an array."""
    return np.array(list(tally), dtype=float)


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
