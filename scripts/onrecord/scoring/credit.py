"""How much of each record is right: what tallies are summed from."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from math import fsum

from .tally import Tally


@dataclass(frozen=True, slots=True)
class Side:
    """What the records of one annotation earn, and what each could; lists of equal length."""

    earned: Sequence[float]
    worth: Sequence[float]

    def sums(self, chosen: Sequence[bool] | None = None) -> tuple[float, float]:
        """Earned and possible in all, or of the chosen records alone."""
        if chosen is None:
            return fsum(self.earned), fsum(self.worth)
        return fsum(compress(self.earned, chosen)), fsum(compress(self.worth, chosen))


@dataclass(frozen=True, slots=True)
class Credits:
    """The credit of each predicted and of each gold record of one document, in their order."""

    predicted: Side
    gold: Side

    def tally(
        self, predicted: Sequence[bool] | None = None, gold: Sequence[bool] | None = None
    ) -> Tally:
        """The sums over all records, or over the chosen ones of each side."""
        return Tally(*self.predicted.sums(predicted), *self.gold.sums(gold))


def equal(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> Credits:
    """One for each record that has a partner with the same key; keys that are None do not count.

    Where a key stands more often on one side, its records there share what partners there are.
    """
    ours, theirs = Counter(gold), Counter(predicted)
    return Credits(_shares(predicted, theirs, ours), _shares(gold, ours, theirs))


def paired(
    pairs: Iterable[tuple[int, int]],
    gold: Sequence[float],
    predicted: Sequence[float],
    earned: Iterable[tuple[float, float]],
) -> Credits:
    """What each pair (index of gold, index of predicted) earns (for recall, for precision).

    `gold` and `predicted` are what each record is worth.
    """
    ours, theirs = [0.0] * len(gold), [0.0] * len(predicted)
    for (i, j), (found, right) in zip(pairs, earned, strict=True):
        ours[i], theirs[j] = found, right
    return Credits(Side(theirs, predicted), Side(ours, gold))


def twice(earned: Sequence[float]) -> list[tuple[float, float]]:
    """What pairs earn that earn the same for recall as for precision."""
    return list(zip(earned, earned, strict=True))


def _shares(keys: Sequence[Hashable], own: Counter[Hashable], other: Counter[Hashable]) -> Side:
    earned = [0.0 if key is None else min(1.0, other[key] / own[key]) for key in keys]
    return Side(earned, [0.0 if key is None else 1.0 for key in keys])
