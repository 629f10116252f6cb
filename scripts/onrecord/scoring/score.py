"""Score predicted annotations against gold ones, over a corpus."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..model import Article
from . import resample
from .comparison import Annotation, Comparison
from .measure import Measure
from .measures import MEASURES
from .sums import Sums, plain, precision, recall

SAMPLES = 1000
"""How often documents are drawn again for an interval."""

SWAPS = 10_000
"""How often predictions change sides for a test."""


@dataclass(frozen=True, slots=True)
class Result:
    """The figure of one measure, with a 95 % interval; None is a figure that is not defined.

    `gold` and `predicted` are how many units there are to find and were predicted; where pairs are
    judged, both are their number, and a mean of measures has none. Precision and recall are there
    where the figure is an F1.
    """

    measure: Measure
    gold: int | None
    predicted: int | None
    precision: float | None
    recall: float | None
    figure: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better than another system one does by a measure, and whether that may be chance.

    `low` and `high` bound the difference with 95 %; `p` is the probability of one as great if the
    systems were the same.
    """

    measure: Measure
    figure: float | None
    other: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None


@dataclass(frozen=True)
class Score:
    """What each document adds to each measure: documents by tallies by their four numbers."""

    measures: Sequence[Measure]
    documents: Sequence[str]
    sums: Sums

    def results(self, *, samples: int = SAMPLES, seed: int = 0) -> list[Result]:
        """The figures over all documents; without `samples` there are no intervals."""
        figures = self._figures(self._rows.sum(axis=0)[None])[0]
        low, high = self._interval(self._rows, self._figures, samples, seed)
        return [
            Result(measure, *self._sizes(measure, at), *map(plain, (figures[i], low[i], high[i])))
            for i, (measure, at) in enumerate(zip(self.measures, self._places, strict=True))
        ]

    def against(
        self, other: "Score", *, samples: int = SAMPLES, swaps: int = SWAPS, seed: int = 0
    ) -> list[Difference]:
        """How much better this is than another system on the same documents."""
        width = self._rows.shape[1]
        both = np.concatenate([self._rows, other._rows], axis=1)

        def difference(rows: Sums) -> Sums:
            return self._figures(rows[:, :width]) - self._figures(rows[:, width:])

        ours, theirs = (self._figures(s._rows.sum(axis=0)[None])[0] for s in (self, other))
        low, high = self._interval(both, difference, samples, seed)
        p = resample.randomisation(self._rows, other._rows, self._figures, samples=swaps, seed=seed)
        columns = (ours, theirs, ours - theirs, low, high, p)
        return [
            Difference(measure, *(plain(column[i]) for column in columns))
            for i, measure in enumerate(self.measures)
        ]

    @cached_property
    def _places(self) -> list[slice]:
        """Which tallies belong to each measure."""
        ends = np.cumsum([measure.width for measure in self.measures]).tolist()
        return [slice(end - m.width, end) for end, m in zip(ends, self.measures, strict=True)]

    @cached_property
    def _rows(self) -> Sums:
        """One row of numbers a document."""
        return self.sums.reshape(len(self.documents), -1)

    def _figures(self, rows: Sums) -> Sums:
        """The figure of every measure for rows of sums."""
        tallies = rows.reshape(len(rows), -1, 4)
        found = zip(self.measures, self._places, strict=True)
        return np.stack([measure.figure(tallies[:, at]) for measure, at in found], axis=-1)

    def _interval(
        self, rows: Sums, figure: resample.Figure, samples: int, seed: int
    ) -> tuple[Sums, Sums]:
        """The bounds of every figure; none where fewer than two documents have something of it."""
        nothing = np.full(len(self.measures), np.nan)
        if not samples:
            return nothing, nothing
        there = [(self.sums[:, at].sum(axis=(1, 2)) > 0).sum() > 1 for at in self._places]
        bounds = resample.interval(rows, figure, samples=samples, seed=seed)
        return np.where(there, bounds[0], nothing), np.where(there, bounds[1], nothing)

    def _sizes(
        self, measure: Measure, at: slice
    ) -> tuple[int | None, int | None, float | None, float | None]:
        """Gold, predicted, precision and recall."""
        total = self.sums[:, at].sum(axis=(0, 1))
        if measure.kind == "mean F1":
            return None, None, None, None
        is_f1 = measure.kind == "F1"
        shares = (plain(precision(total)), plain(recall(total))) if is_f1 else (None, None)
        return round(total[3]), round(total[1]), *shares


def compare(gold: Iterable[Article], predicted: Mapping[str, Article]) -> list[Comparison]:
    """The annotations of each gold document side by side, by id; without a prediction, nothing.

    The predicted records are judged on the gold document's text.
    """
    by_name = sorted(gold, key=lambda article: article.document.id)
    return [
        Comparison(Annotation(article), Annotation(_beside(article, predicted)))
        for article in by_name
    ]


def score(comparisons: Sequence[Comparison], measures: Sequence[Measure] = MEASURES) -> Score:
    """Count what each document adds to each measure."""
    names = [comparison.gold.article.document.id for comparison in comparisons]
    rows = [
        [tally for measure in measures for tally in measure.tallies(comparison)]
        for comparison in comparisons
    ]
    width = sum(measure.width for measure in measures)
    return Score(measures, names, np.array(rows, dtype=float).reshape(len(names), width, 4))


def _beside(gold: Article, predicted: Mapping[str, Article]) -> Article:
    found = predicted.get(gold.document.id)
    if found is None:
        return Article(gold.document)
    return Article(gold.document, found.actors, found.mentions, found.quotes, found.claims)
