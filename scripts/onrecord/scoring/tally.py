"""The sums from which precision, recall and F1 follow."""

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
        """`right / predicted`; 0 where nothing is predicted, None where there is no gold either."""
        return _share(self.right, self.predicted, self.gold)

    @property
    def recall(self) -> float | None:
        """`found / gold`; 0 where there is no gold, None where nothing is predicted either."""
        return _share(self.found, self.gold, self.predicted)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where both sides are empty."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _share(part: float, whole: float, other: float) -> float | None:
    if whole:
        return part / whole
    return 0.0 if other else None
