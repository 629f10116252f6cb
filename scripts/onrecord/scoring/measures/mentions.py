"""Measures of mentions: whether their offsets are found, and what they are."""

from ..assignment import assign
from ..comparison import Comparison, Pairs
from ..credit import Credits, equal, paired, twice
from ..measure import Measure, by_record


@by_record("mentions")
def strict(c: Comparison) -> Credits:
    """The same offsets, and the actors are of the same kind."""
    gold, predicted = (
        [(m.start, m.end, kind) for m, kind in zip(side.mentions, side.kinds, strict=True)]
        for side in (c.gold, c.predicted)
    )
    return equal(gold, predicted)


@by_record("mentions")
def exact(c: Comparison) -> Credits:
    """The same offsets."""
    gold, predicted = ([(m.start, m.end) for m in s.mentions] for s in (c.gold, c.predicted))
    return equal(gold, predicted)


@by_record("mentions")
def partial(c: Comparison) -> Credits:
    """One for the same offsets, a half for any overlap; paired so that the sum is greatest.

    After SemEval 2013 task 9.1.
    """
    gold, predicted = c.gold.mentions, c.predicted.mentions
    weights = {
        (i, j): 1.0
        if (gold[i].start, gold[i].end) == (predicted[j].start, predicted[j].end)
        else 0.5
        for i, j in c.mention_edges
    }
    found = assign(weights)
    return _credits(c, found, [weights[pair] for pair in found])


@by_record("mentions")
def type_(c: Comparison) -> Credits:
    """Any overlap, and the actors are of the same kind; as many pairs as can be.

    After SemEval 2013 task 9.1.
    """
    gold, predicted = c.gold.kinds, c.predicted.kinds
    found = assign({(i, j): 1.0 for i, j in c.mention_edges if gold[i] == predicted[j]})
    return _credits(c, found, [1.0] * len(found))


@by_record("mentions")
def form(c: Comparison) -> Credits:
    """The same offsets and the same form."""
    gold, predicted = (
        [(m.start, m.end, m.form) for m in side.mentions] for side in (c.gold, c.predicted)
    )
    return equal(gold, predicted)


def _credits(c: Comparison, pairs: Pairs, earned: list[float]) -> Credits:
    worth = [1.0] * len(c.gold.mentions), [1.0] * len(c.predicted.mentions)
    return paired(pairs, *worth, twice(earned))


MENTIONS: tuple[Measure, ...] = (strict, exact, partial, type_, form)
