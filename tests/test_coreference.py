"""Coreference: figures of the reference scorers, a paper's example, what must always hold."""

import random
from collections.abc import Callable, Hashable, Iterator, Set
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Article
from onrecord.scoring.coreference import (
    Clusters,
    b_cubed,
    ceaf_e,
    ceaf_m,
    lea,
    muc,
    shared_clusters,
)
from onrecord.scoring.match import mention_pairs
from onrecord.scoring.tally import Tally

from .articles import add_actor, article, corpus, seed

Measure = Callable[[Clusters, Clusters], Tally]

MEASURES: tuple[Measure, ...] = (muc, b_cubed, ceaf_e, ceaf_m, lea)

# Recall and precision. MUC, B3, CEAFe and CEAFm are the 64 figures of
# test/CorefMetricTestConfig.pm of conll/reference-coreference-scorers, LEA those of unittests.py of
# ns-moosavi/coval (all its 82 are here, of four measures). In A7 to A9 the
# response repeats a mention, which both scorers drop: what is left is A4.
REFERENCE = """
case    | gold           | predicted     | MUC     | B3         | CEAFe         | CEAFm   | LEA
A1      | a bc def       | a bc def      | 1 1     | 1 1        | 1 1           | 1 1     | 1 1
A2      | a bc def       | a de          | 1/3 1   | 7/18 1     | .6 .9         | 1/2 1   | 1/3 1
A3      | a bc def       | a bcx defy z  | 1 3/5   | 1 55/108   | .88571 .66429 | 1 2/3   | 1 4/9
A4 A7-9 | a bc def       | a bcx dy z    | 1/3 1/3 | 5/9 17/42  | .73333 .55    | 2/3 4/7 | 1/2 2/7
A5      | a bc def       | a bcxB dy z   | 1/3 1/4 | 5/9 5/16   | .68889 .51667 | 2/3 1/2 | 1/2 5/24
A6      | a bc def       | a bcx dy Bz   | 1/3 1/4 | 5/9 17/48  | .73333 .55    | 2/3 1/2 | 1/2 1/4
A10     | a bc def       | a b c d e f   | 0 0     | 1/2 1      |               |         | 1/6 1/6
A11     | a bc def       | abcdef        | 1 3/5   | 1 7/18     |               |         | 5/6 4/15
A12     | a bc def       | a x y c d e z | 0 0     | 13/36 4/7  |               |         | 1/6 1/7
A13     | a bc def       | axycdez       | 1/3 1/6 | 17/36 6/49 |               |         | 1/6 1/21
B1      | ab cde         | bcx de        |         |            |               |         | 1/5 2/5
C1      | ab cde fg      | bcx de fg     |         |            |               |         | 3/7 4/7
D1      | 12345 67 89ABC | 12345 6789ABC | 1 9/10  | 1 16/21    |               |         | 1 13/18
E1      | 12345 67 89ABC | 1234589ABC 67 | 1 9/10  | 1 7/12     |               |         | 1 29/54
F1 I1   | ABCD           | AB CD         | 2/3 1   |            |               |         | 1/3 1
G1      | AB CD          | ABCD          | 1 2/3   |            |               |         | 1 1/3
H1      | ABCD           | ABCD          | 1 1     |            |               |         | 1 1
J1      | ABC            | AC            | 1/2 1   |            |               |         | 1/3 1
K1      | BCDEGHJ        | ABC DEF GHI   | 1/2 1/2 |            |               |         | 1/7 1/3
L1      | ABC DEFG       | AB CD FGH     | 2/5 1/2 |            |               |         | 5/21 3/7
M1      | abcdef         | abcdef        | 1 1     | 1 1        | 1 1           | 1 1     | 1 1
M2      | abcdef         | a b c d e f   | 0 0     |            |               |         | 0 0
M3      | abcdef         | ab cde f      |         |            |               |         | 4/15 5/6
M4      | abcdef         | abcxyz        |         |            |               |         | 1/5 1/5
M5      | abcdef         | a b c x y z   | 0 0     |            |               |         | 0 0
M6      | abcdef         | ab cxy z      |         |            |               |         | 1/15 1/3
N1      | a b c d e f    | a b c d e f   | 0 0     |            |               |         | 1 1
N2      | a b c d e f    | abcdef        | 0 0     |            |               |         | 0 0
N3      | a b c d e f    | ab cde f      |         |            |               |         | 1/6 1/6
N4      | a b c d e f    | a b c x y z   | 0 0     |            |               |         | 1/2 1/2
N5      | a b c d e f    | abcxyz        |         |            |               |         | 0 0
N6      | a b c d e f    | ab cxy z      |         |            |               |         | 0 0
"""


def clusters(letters: str) -> Clusters:
    """Every word is a cluster, every letter a mention."""
    return [frozenset(word) for word in letters.split()]


def figures(tally: Tally) -> tuple[float | None, float | None, float | None]:
    return tally.recall, tally.precision, tally.f1


def compared(gold: Article, predicted: Article) -> tuple[Clusters, Clusters]:
    """The actors of both as clusters of the mentions they share."""
    return shared_clusters(gold, predicted, mention_pairs(gold, predicted))


def reference() -> Iterator[object]:
    """Every cell of the table that has figures."""
    lines = REFERENCE.strip().split("\n")
    head, *rows = ([cell.strip() for cell in line.split("|")] for line in lines)
    for case, gold, predicted, *cells in rows:
        for name, measure, cell in zip(head[3:], MEASURES, cells, strict=True):
            if cell:
                recall, precision = (float(Fraction(figure)) for figure in cell.split())
                expected = recall, precision, mean(recall, precision)
                yield pytest.param(measure, gold, predicted, expected, id=f"{case}-{name}")


def mean(recall: float, precision: float) -> float:
    """The harmonic mean."""
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


@pytest.mark.parametrize(("measure", "gold", "predicted", "expected"), list(reference()))
def test_figures_of_the_reference_scorers(
    measure: Measure, gold: str, predicted: str, expected: tuple[float, float, float]
) -> None:
    # They give some to five digits, and write 0 for a figure that has no denominator.
    found = tuple(f or 0.0 for f in figures(measure(clusters(gold), clusters(predicted))))
    assert found == pytest.approx(expected, abs=1e-5)


def test_the_example_of_the_papers_worked_by_hand() -> None:
    """The example of Pradhan et al. (2014), which Moosavi and Strube (2016) score with LEA.

    Of the three links of `abc` one is left, of the six of `defg` also one; `ab` is right, `cd` is
    not, and of the six links of `fghi` one is right.
    """
    gold, predicted = clusters("abc defg"), clusters("ab cd fghi")
    assert lea(gold, predicted) == pytest.approx(
        (2 * 1 + 2 * 0 + 4 * 1 / 6, 2 + 2 + 4, 3 * 1 / 3 + 4 * 1 / 6, 3 + 4)
    )
    assert muc(gold, predicted) == (1 + 0 + 1, 1 + 1 + 3, (3 - 2) + (4 - 3), 2 + 3)
    assert b_cubed(gold, predicted) == pytest.approx(
        (4 / 2 + 2 / 2 + 4 / 4, 8, (4 + 1) / 3 + (1 + 4) / 4, 7)
    )
    assert ceaf_e(gold, predicted) == pytest.approx((4 / 5 + 4 / 8, 3, 4 / 5 + 4 / 8, 2))


@pytest.mark.parametrize("measure", MEASURES)
def test_tallies_of_documents_are_summed(measure: Measure) -> None:
    """Documents apart score what they score as one, because no mention is in both."""
    one = clusters("abc de f"), clusters("ab cd ef")
    other = clusters("uvw xyz"), clusters("uvwx yz t")
    together = measure([*one[0], *other[0]], [*one[1], *other[1]])
    assert measure(*one).plus(measure(*other)) == pytest.approx(together)


@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_empty(measure: Measure) -> None:
    assert figures(measure([], [])) == (None, None, None)
    assert figures(measure(clusters("ab c"), [])) == (0, 0, 0)
    assert figures(measure([], clusters("ab c"))) == (0, 0, 0)


def test_singletons_alone_have_no_links() -> None:
    """The reference scorer prints 0; its authors say that the figure is then to be left out."""
    assert figures(muc(clusters("a b c"), clusters("a b"))) == (None, None, None)
    assert figures(lea(clusters("a b c"), clusters("a b"))) == pytest.approx((2 / 3, 1, 4 / 5))


@st.composite
def sides(draw: st.DrawFn, most: int = 6) -> tuple[Clusters, Clusters]:
    """Two sides, where each mention stands in a cluster of the one, of the other, or of both."""
    label = st.none() | st.integers(1, most)
    placed = draw(st.lists(st.tuples(label, label), max_size=20))
    both: list[dict[int, set[Hashable]]] = [{}, {}]
    for mention, labels in enumerate(placed):
        for side, at in zip(both, labels, strict=True):
            if at is not None:
                side.setdefault(at, set()).add(mention)
    return list(both[0].values()), list(both[1].values())


# The first example loads scipy, which takes longer than an example may.
lenient = settings(deadline=None)


@lenient
@given(sides())
def test_gold_is_right(pair: tuple[Clusters, Clusters]) -> None:
    gold, _ = pair
    mentions, largest = sum(map(len, gold)), max(map(len, gold), default=0)
    for measure in (b_cubed, ceaf_e, lea):
        assert measure(gold, gold).f1 == (1.0 if mentions else None)
    assert muc(gold, gold).f1 == (1.0 if largest > 1 else None)


@lenient
@given(sides(), st.randoms(use_true_random=False))
def test_order_and_names_do_not_matter(
    pair: tuple[Clusters, Clusters], order: random.Random
) -> None:
    renamed = [[{("m", str(m)) for m in cluster} for cluster in side] for side in pair]
    for side in renamed:
        order.shuffle(side)
    for measure in MEASURES:
        assert measure(*renamed) == pytest.approx(measure(*pair))


@lenient
@given(sides())
def test_swapped_sides_swap_precision_and_recall(pair: tuple[Clusters, Clusters]) -> None:
    gold, predicted = pair
    for measure in MEASURES:
        there, back = measure(gold, predicted), measure(predicted, gold)
        assert (back.found, back.gold, back.right, back.predicted) == pytest.approx(there)


@lenient
@given(sides())
def test_figures_are_shares(pair: tuple[Clusters, Clusters]) -> None:
    for measure in MEASURES:
        assert all(f is None or 0 <= f <= 1 + 1e-9 for f in figures(measure(*pair)))


@lenient
@given(sides())
def test_b_cubed_and_lea_by_their_definitions(pair: tuple[Clusters, Clusters]) -> None:
    """B3 mention by mention, LEA link by link."""
    gold, predicted = pair
    chosen = [
        len(cluster & other) / len(cluster)
        for cluster in gold
        for mention in cluster
        for other in predicted
        if mention in other
    ]
    assert b_cubed(gold, predicted).found == pytest.approx(sum(chosen))
    linked = {link for cluster in predicted for link in links(cluster)}
    kept = [len(c) * len(linked & links(c)) / len(links(c)) for c in gold]
    assert lea(gold, predicted).found == pytest.approx(sum(kept))


def links(cluster: Set[Hashable]) -> set[frozenset[Hashable]]:
    """The pairs of mentions in a cluster; that of a singleton with itself is a set of one."""
    return {frozenset(pair) for pair in combinations(cluster, 2)} or {frozenset(cluster)}


@lenient
@given(sides(most=4))
def test_ceaf_finds_the_best_of_all_alignments(pair: tuple[Clusters, Clusters]) -> None:
    few, many = sorted(pair, key=len)
    sums = [
        sum(2 * len(a & b) / (len(a) + len(b)) for a, b in zip(few, chosen, strict=True))
        for chosen in permutations(many, len(few))
    ]
    assert ceaf_e(*pair).right == pytest.approx(max(sums))


def test_mentions_that_make_a_pair_are_shared() -> None:
    """Two actors share a span, and mentions without a pair have the same ids on both sides."""
    gold = article("Kadresh's navy and Oruvia, she said")
    add_actor(gold, "kadresh", "Kadresh", "she")
    add_actor(gold, "navy", "Kadresh", "navy")
    add_actor(gold, "nobody")
    predicted = article("Kadresh's navy and Oruvia, she said")
    add_actor(predicted, "a", "Kadresh", "navy")
    add_actor(predicted, "b", "Kadresh", "Oruvia")
    one, other = compared(gold, predicted)
    assert [len(cluster) for cluster in one] == [2, 2]
    assert [[len(a & b) for b in other] for a in one] == [[0, 1], [2, 0]]
    assert figures(b_cubed(one, other)) == pytest.approx((2.5 / 4, 2.5 / 4, 2.5 / 4))


@pytest.mark.parametrize("measure", MEASURES)
def test_articles_of_the_corpus_are_right_against_themselves(measure: Measure) -> None:
    tallies = [measure(*compared(gold, gold)) for gold in corpus()]
    total = reduce(Tally.plus, tallies)
    assert total.f1 == 1.0
    assert total.gold > len(tallies)


@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_left_out_costs_recall_and_what_is_added_precision(measure: Measure) -> None:
    gold = seed()
    largest = max(gold.mentions, key=lambda m: sum(m.actor == n.actor for n in gold.mentions)).actor
    fewer = replace(gold, mentions=[m for m in gold.mentions if m.actor != largest])
    left = measure(*compared(gold, fewer))
    assert left.precision == 1.0
    assert (left.recall or 0) < 1
    added = measure(*compared(fewer, gold))
    assert added.recall == 1.0
    assert (added.precision or 0) < 1
