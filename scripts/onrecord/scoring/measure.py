"""What a measure is: a name, the records it judges, what it means, and how it counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..documented import paragraphs
from ..schema import labels
from .comparison import LAYER, Comparison
from .credit import Credits
from .sums import Sums, f1
from .tally import Tally

_FIGURES = {
    "F1": "Precision, recall and F1 of the sums over all documents.",
    "accuracy": "Of these pairs alone, over all documents; what has no partner does not count.",
    "macro-F1": "The mean of the F1s of those labels that occur on either side of these pairs, over"
    " all documents; what has no partner does not count.",
    "mean F1": "Each is one of the sums over all documents; not defined where one of them is not.",
}
"""What the figure of each kind of measure is."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure; the docstring of what counts is its documentation.

    A document gives `width` tallies, which are summed over documents; the figure is the F1 of the
    sums, or the mean of the F1s. `credits` breaks the tally down by record where that can be done;
    `also` are layers that it needs beside that of its group.
    """

    group: str
    count: Callable[[Comparison], Sequence[Tally]]
    documented: Callable[..., object]
    width: int = 1
    kind: str = "F1"
    credits: Callable[[Comparison], Credits] | None = None
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name, unique in its group."""
        return self.documented.__name__.strip("_").replace("_", "-")

    @property
    def key(self) -> str:
        """Group and name, unique: `mentions:strict`."""
        return f"{self.group}:{self.name}"

    @property
    def definition(self) -> str:
        """What is counted as right, on one line."""
        return self.paragraphs()[0]

    def paragraphs(self) -> list[str]:
        """The documentation, each paragraph on one line, the definition first."""
        return [*paragraphs(self.documented), _FIGURES[self.kind]]

    def tallies(self, comparison: Comparison) -> Sequence[Tally]:
        """What one document adds: nothing where its gold is not exhaustive in the layers."""
        return self.count(comparison) if self.judges(comparison) else [Tally()] * self.width

    def judges(self, comparison: Comparison) -> bool:
        """Whether the gold document is annotated exhaustively in the layers that it needs."""
        return {LAYER[self.group], *self.also} <= set(comparison.gold.article.document.layers)

    def figure(self, sums: Sums) -> Sums:
        """The figure for sums whose last two axes are the tallies and their four numbers.

        A mean over labels is one over those that occur; any other is NaN where a part of it is.
        """
        found = f1(sums)
        there = ~np.isnan(found) if self.kind == "macro-F1" else np.ones(found.shape, dtype=bool)
        number = there.sum(axis=-1)
        total: Sums = np.where(there, found, 0.0).sum(axis=-1)
        mean: Sums = np.divide(total, number, out=np.full_like(total, np.nan), where=number > 0)
        return mean


def by_record(group: str, *also: str) -> Callable[[Callable[[Comparison], Credits]], Measure]:
    """A measure from the credit of every record; `also` are further layers that it needs."""
    return lambda earn: Measure(
        group, lambda comparison: [earn(comparison).tally()], earn, credits=earn, also=also
    )


def by_document(group: str) -> Callable[[Callable[[Comparison], Tally]], Measure]:
    """A measure from one tally of the document as a whole."""
    return lambda count: Measure(group, lambda comparison: [count(comparison)], count)


def accuracy(group: str, *also: str) -> Callable[[Callable[[Comparison], Sequence[bool]]], Measure]:
    """The share of matched pairs that are right, from a verdict on each."""

    def made(judge: Callable[[Comparison], Sequence[bool]]) -> Measure:
        def count(comparison: Comparison) -> Sequence[Tally]:
            verdicts = judge(comparison)
            right, of = sum(verdicts), len(verdicts)
            return [Tally(right, of, right, of)]

        return Measure(group, count, judge, kind="accuracy", also=also)

    return made


def macro(
    table: str, field: str
) -> Callable[[Callable[[Comparison], Sequence[tuple[str, str]]]], Measure]:
    """The mean of the F1s of the labels of a field, from the two labels of each pair."""

    def made(pairs: Callable[[Comparison], Sequence[tuple[str, str]]]) -> Measure:
        names = tuple(labels(table, field))

        def count(comparison: Comparison) -> Sequence[Tally]:
            found = pairs(comparison)
            return [_of_label(name, found) for name in names]

        return Measure(table, count, pairs, width=len(names), kind="macro-F1")

    return made


def mean(group: str, *measures: Measure) -> Callable[[Callable[[], object]], Measure]:
    """The mean of the F1s of other measures."""
    return lambda documented: Measure(
        group,
        lambda comparison: [tally for m in measures for tally in m.count(comparison)],
        documented,
        width=len(measures),
        kind="mean F1",
    )


def _of_label(name: str, pairs: Sequence[tuple[str, str]]) -> Tally:
    right = sum(gold == predicted == name for gold, predicted in pairs)
    predicted = sum(predicted == name for _, predicted in pairs)
    return Tally(right, predicted, right, sum(gold == name for gold, _ in pairs))
