"""Scores of parts of a corpus: of records that show a phenomenon, of a form, of one document.

A record's credit is what it earns in the whole comparison; a part sums it over the gold records
that belong to the part (recall) and over the predicted ones that do (precision).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..phenomena import LAYERS, shown
from .comparison import Annotation, Comparison
from .measure import Measure
from .measures import MEASURES
from .ordered import TABLES
from .score import Result, Score
from .tally import Tally

BROKEN_DOWN = tuple(measure for measure in MEASURES if measure.credits is not None)
"""The measures that are sums over records."""


class Part(NamedTuple):
    """One part of the corpus, with the figures of every measure that applies to it."""

    name: str
    results: list[Result]


Membership = Callable[[Annotation, str], Sequence[Sequence[str]]]
"""For each record of a group (`mentions`, ...) of an annotation, the parts to which it belongs."""


def by_phenomenon(
    comparisons: Sequence[Comparison], *, samples: int = 0, seed: int = 0
) -> list[Part]:
    """The parts that the phenomena of documents, mentions, quotes and claims make."""
    names = [p.key for layer in LAYERS.values() for p in layer]
    found = _broken_down(comparisons, _phenomena)
    for comparison in comparisons:
        for name in shown(comparison.gold.view, "document")[comparison.gold.article.document.id]:
            _add_document(found, f"document:{name}", comparison)
    return _parts(found, names, samples, seed)


def by_form(comparisons: Sequence[Comparison], *, samples: int = 0, seed: int = 0) -> list[Part]:
    """The parts that the forms of mentions and of quotes make."""
    found = _broken_down(comparisons, _forms)
    return _parts(found, sorted(found), samples, seed)


def by_document(scored: Score) -> list[Part]:
    """Each document by itself, by every measure; one document has no intervals."""
    alone = (
        Score(scored.measures, [n], scored.sums[[at]]) for at, n in enumerate(scored.documents)
    )
    return [Part(one.documents[0], one.results(samples=0)) for one in alone]


Found = dict[str, dict[Measure, list[Tally]]]
"""For each part and measure the tallies of the documents that have something of it."""


def _broken_down(comparisons: Sequence[Comparison], membership: Membership) -> Found:
    found: Found = defaultdict(lambda: defaultdict(list))
    for comparison in comparisons:
        for group in TABLES:
            for name, measure, tally in _tallies(comparison, group, membership):
                found[name][measure].append(tally)
    return found


def _tallies(
    comparison: Comparison, group: str, membership: Membership
) -> Iterator[tuple[str, Measure, Tally]]:
    judged = [m for m in BROKEN_DOWN if m.group == group and m.judges(comparison)]
    if not judged:
        return
    gold, predicted = (membership(side, group) for side in (comparison.gold, comparison.predicted))
    names = {name for side in (gold, predicted) for of_record in side for name in of_record}
    chosen = {
        name: ([name in names for names in predicted], [name in names for names in gold])
        for name in names
    }
    for measure in judged:
        assert measure.credits is not None
        earned = measure.credits(comparison)
        for name in sorted(names):
            yield name, measure, earned.tally(*chosen[name])


def _add_document(found: Found, name: str, comparison: Comparison) -> None:
    for measure in BROKEN_DOWN:
        found[name][measure] += measure.tallies(comparison)


def _parts(found: Found, names: Sequence[str], samples: int, seed: int) -> list[Part]:
    return [Part(n, _results(found[n], samples, seed)) for n in names if n in found]


def _results(of_part: Mapping[Measure, list[Tally]], samples: int, seed: int) -> list[Result]:
    results = []
    for measure in BROKEN_DOWN:
        if tallies := of_part.get(measure):
            sums = np.array(tallies, dtype=float)[:, None, :]
            one = Score([measure], [""] * len(tallies), sums)
            results += one.results(samples=samples, seed=seed)
    return results


def _phenomena(side: Annotation, group: str) -> list[list[str]]:
    layer = group.removesuffix("s")
    names = shown(side.view, layer)
    return [[f"{layer}:{name}" for name in names[record.id]] for record in _records(side, group)]


def _forms(side: Annotation, group: str) -> list[list[str]]:
    if group == "claims":
        return [[] for _ in side.claims]
    return [[f"{group}:{record.form}"] for record in _records(side, group)]


def _records(side: Annotation, group: str) -> Sequence[Any]:
    """The records of a group in the order in which they earn credit."""
    records: Sequence[Any] = getattr(side, group)
    return records
