"""The sums from which precision, recall and F1 follow.

How they follow is said in `sums`, imported where it is used: it needs numpy, which commands that
only read their arguments should not wait for.
"""

from typing import NamedTuple


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
        from .sums import array, plain, precision

        return plain(precision(array(self)))

    @property
    def recall(self) -> float | None:
        """`found / gold`; 0 where only predictions are there, None where nothing is."""
        from .sums import array, plain, recall

        return plain(recall(array(self)))

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing is there."""
        from .sums import array, f1, plain

        return plain(f1(array(self)))
