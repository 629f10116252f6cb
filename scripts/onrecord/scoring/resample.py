"""How sure figures are: intervals and a test, from drawing documents again.

Both work on an array of the sums that each document adds, one row a document, and on a figure of
summed rows, so that a corpus is compared once and drawn from thousands of times.
"""

import warnings
from collections.abc import Callable, Iterator
from itertools import product

import numpy as np

from ..problem import MissingExtraError
from .sums import Sums

Figure = Callable[[Sums], Sums]
"""Makes figures of sums; the first axis is kept, NaN is a figure that is not defined."""

_AT_ONCE = 20_000_000
"""How many random numbers are held in memory."""


def interval(
    rows: Sums, figure: Figure, *, samples: int, seed: int = 0, level: float = 0.95
) -> tuple[Sums, Sums]:
    """The bounds of a bootstrap interval of each figure, documents being drawn with replacement.

    Expanded percentiles (Hesterberg 2015, section 5.3): plain ones are too narrow where documents
    are few. Draws in which a figure is not defined are left out; NaN where none is left, or with
    fewer than two documents. `rows`: one a document, any number of numbers each.
    """
    if len(rows) < 2:
        nothing = np.full_like(figure(rows.sum(axis=0)[None])[0], np.nan)
        return nothing, nothing
    drawn = np.concatenate([figure(part @ rows) for part in _draws(len(rows), samples, seed)])
    tail = _expanded((1 - level) / 2, len(rows))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "All-NaN slice", RuntimeWarning)
        low, high = np.nanquantile(drawn, (tail, 1 - tail), axis=0)
    return low, high


def randomisation(ones: Sums, others: Sums, figure: Figure, *, samples: int, seed: int = 0) -> Sums:
    """The probability of a difference as great as that seen, if the two systems were the same.

    Two-sided paired approximate randomisation (Noreen 1989; Yeh 2000): each document's predictions
    change sides with probability one half. Where there are no more ways to change sides than
    `samples`, all are tried, and it is exact. NaN where the difference is not defined.
    """
    total, change = ones.sum(axis=0), others - ones
    other_total = others.sum(axis=0)
    seen = np.abs(figure(total[None]) - figure(other_total[None]))[0]
    exact = 2 ** min(len(ones), 64) <= samples
    as_great, tried = np.zeros_like(seen), 0
    for swapped in _every_way(len(ones)) if exact else _coins(len(ones), samples, seed):
        moved = swapped @ change
        found = np.abs(figure(total + moved) - figure(other_total - moved))
        # Rounding must not tell apart what is equal, nor an undefined difference count as small.
        as_great += (np.nan_to_num(found, nan=np.inf) >= seen - 1e-12).sum(axis=0)
        tried += len(swapped)
    # What was seen is one of the ways: among all of them already, beside those drawn once more.
    beside = 0 if exact else 1
    return np.where(np.isnan(seen), np.nan, (as_great + beside) / (tried + beside))


def _draws(number: int, samples: int, seed: int) -> Iterator[Sums]:
    """How often each document is drawn, one row a sample."""
    random = np.random.default_rng(seed)
    for size in _portions(number, samples):
        drawn = random.integers(0, number, size=(size, number))
        drawn += number * np.arange(size)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=size * number)
        yield counts.reshape(size, number).astype(float)


def _coins(number: int, samples: int, seed: int) -> Iterator[Sums]:
    """Which documents change sides, one row a sample."""
    random = np.random.default_rng(seed)
    for size in _portions(number, samples):
        yield random.integers(0, 2, size=(size, number)).astype(float)


def _every_way(number: int) -> Iterator[Sums]:
    """All ways in which documents can change sides."""
    yield np.array(list(product((0.0, 1.0), repeat=number))).reshape(-1, number)


def _portions(number: int, samples: int) -> Iterator[int]:
    most = max(1, _AT_ONCE // number)
    for done in range(0, samples, most):
        yield min(most, samples - done)


def _expanded(tail: float, number: int) -> float:
    """The share of draws to leave out on each side, so that `tail` of all intervals miss there."""
    try:
        from scipy.stats import norm, t
    except ImportError:
        raise MissingExtraError("intervals need scipy: pip install 'onrecord[score]'") from None
    return float(norm.cdf(np.sqrt(number / (number - 1)) * t.ppf(tail, number - 1)))
