"""The coefficients of agreement: values of the literature, laws, and other implementations."""

import random
from collections import Counter
from itertools import pairwise

import krippendorff
import pytest
from sklearn.metrics import cohen_kappa_score

from onrecord.scoring.alpha import (
    Pairs,
    Unitized,
    expected_disagreement,
    nominal_alpha,
    observed_disagreement,
    unitized_alpha,
)
from onrecord.scoring.kappa import kappa
from onrecord.scoring.units import Unit, flat

SEEDS = range(20)


def drawn(seed: int, *, number: int = 40) -> list[tuple[str, str]]:
    """Labels of two annotators, of whom the second often follows the first."""
    chance = random.Random(seed)
    ones = [chance.choice("abcc") for _ in range(number)]
    return [(a, a if chance.random() < 0.6 else chance.choice("abd")) for a in ones]


def laid(label: str, *places: tuple[int, int], stretch: int = 1) -> list[Unit]:
    """Units by start and length."""
    return [Unit(at * stretch, (at + length) * stretch, label) for at, length in places]


def random_text(seed: int) -> Unitized:
    chance = random.Random(seed)

    def side() -> list[Unit]:
        starts = (chance.randrange(90) for _ in range(9))
        return flat([Unit(s, s + chance.randint(1, 10), chance.choice("ab")) for s in starts])

    return Unitized(100, side(), side())


def turned(pairs: Pairs) -> Pairs:
    return Counter({(b, a): number for (a, b), number in pairs.items()})


def test_nominal_alpha_of_krippendorff_2011() -> None:
    """Parts A and B: ten binary units, and twelve units with five labels."""
    binary = Counter(zip("0100000010", "1110010000", strict=True))
    nominal = Counter(zip("aabbdcccedda", "babbbccceddd", strict=True))
    assert nominal_alpha(binary) == pytest.approx(0.095, abs=0.0005)
    assert nominal_alpha(nominal) == pytest.approx(0.692, abs=0.0005)


@pytest.mark.parametrize("seed", SEEDS)
def test_nominal_alpha_is_that_of_the_library(seed: int) -> None:
    pairs = drawn(seed)
    numbers = [["abcd".index(pair[side]) for pair in pairs] for side in (0, 1)]
    theirs = krippendorff.alpha(numbers, level_of_measurement="nominal")
    assert nominal_alpha(Counter(pairs)) == pytest.approx(theirs)
    assert nominal_alpha(turned(Counter(pairs))) == nominal_alpha(Counter(pairs))


def test_nominal_alpha_at_its_ends() -> None:
    assert nominal_alpha(Counter({("a", "a"): 3, ("b", "b"): 1})) == 1
    assert nominal_alpha(Counter({("a", "a"): 3})) is None
    assert nominal_alpha(Counter()) is None


def test_kappa_of_cohen_1960() -> None:
    """The second example, 200 patients with three diagnoses: p_o = .70, p_e = .41."""
    table = [("a", (88, 10, 2)), ("b", (14, 40, 6)), ("c", (18, 10, 12))]
    pairs = Counter({(a, b): n for a, row in table for b, n in zip("abc", row, strict=True)})
    assert kappa(pairs) == pytest.approx(0.492, abs=0.0005)


@pytest.mark.parametrize("seed", SEEDS)
def test_kappa_is_that_of_the_library(seed: int) -> None:
    pairs = drawn(seed)
    theirs = cohen_kappa_score(*zip(*pairs, strict=True))
    assert kappa(Counter(pairs)) == pytest.approx(theirs)
    assert kappa(turned(Counter(pairs))) == kappa(Counter(pairs))


def test_kappa_at_its_ends() -> None:
    assert kappa(Counter({("a", "a"): 3, ("b", "b"): 1})) == 1
    assert kappa(Counter({("a", "b"): 3, ("b", "b"): 1})) == 0
    assert kappa(Counter({("a", "a"): 3})) is None
    assert kappa(Counter()) is None


def test_unitized_alpha_of_krippendorff_2004() -> None:
    """The example of page 254: a continuum from 150 to 450, labels c and k.

    The book computes .8591 from rounded disagreements.
    """
    both = laid("k", (30, 60), (150, 50))
    c = Unitized(300, laid("c", (75, 70), (220, 30)), laid("c", (70, 80), (205, 20), (250, 20)))
    k = Unitized(300, both, both)
    text = Unitized(300, sorted([*c.one, *k.one]), sorted([*c.other, *k.other]))
    assert observed_disagreement([text], "c") == pytest.approx(0.0144, abs=0.00005)
    assert expected_disagreement([text], "c") == pytest.approx(0.0532, abs=0.00005)
    assert expected_disagreement([text], "k") == pytest.approx(0.0490, abs=0.00005)
    assert unitized_alpha([c]) == pytest.approx(0.7286, abs=0.00005)
    assert unitized_alpha([k]) == 1
    assert unitized_alpha([text]) == pytest.approx(0.8591, abs=0.0005)


EXAMPLES_1995 = {
    "A": (((2, 8), (14, 6)), ((4, 4), (15, 2)), 0.03125, 0.553),
    "B": (
        ((0, 18),),
        ((0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (9, 1)),
        2.26736,
        -0.926,
    ),
    "C": (
        ((2, 6), (10, 2), (14, 4), (20, 2)),
        ((0, 2), (4, 4), (10, 4), (16, 2), (20, 2)),
        0.02777,
        0.679,
    ),
    "D": (
        ((0, 2), (2, 8), (10, 4), (14, 6), (20, 4)),
        ((0, 4), (4, 4), (8, 7), (15, 2), (17, 7)),
        0.38715,
        0.066,
    ),
}


@pytest.mark.parametrize("name", EXAMPLES_1995)
def test_unitized_alpha_of_krippendorff_1995(name: str) -> None:
    """The examples of page 57, in a continuum so finely divided that the divisions do not count.

    The paper's D_e is not quite that of the book, which the tolerance allows for.
    """
    one, other, observed, alpha = EXAMPLES_1995[name]
    sides = laid("x", *one), laid("x", *other)
    assert observed_disagreement([Unitized(24, *sides)], "x") == pytest.approx(observed, abs=1e-5)
    fine = 50_000
    sides = laid("x", *one, stretch=fine), laid("x", *other, stretch=fine)
    assert unitized_alpha([Unitized(24 * fine, *sides)]) == pytest.approx(alpha, abs=0.02)


def test_unitized_alpha_worked_by_hand() -> None:
    """One unit of 8 in 10 places against three of 1.

    They differ by 1 + 36, 9 + 16 and 25 + 4: D_o = 91 / 100. The terms of the 8 are 3/3 (1024 - 192
    + 8) = 840 and no gap is so long; those of each 1 are 0 and 1 + 1 + 2 + 1 + 1 + 3 = 9 places:
    D_e = 2/10 (840 + 27) / (20 * 19 - 56) = 173.4 / 324.
    """
    text = Unitized(10, laid("x", (1, 8)), laid("x", (2, 1), (4, 1), (6, 1)))
    assert unitized_alpha([text]) == pytest.approx(1 - 0.91 / (173.4 / 324))


@pytest.mark.parametrize("seed", SEEDS)
def test_laws_of_unitized_alpha(seed: int) -> None:
    texts = [random_text(seed), random_text(seed + 100)]
    assert unitized_alpha([Unitized(100, t.one, t.one) for t in texts]) == 1
    back = [Unitized(100, t.other, t.one) for t in texts]
    assert unitized_alpha(back) == pytest.approx(unitized_alpha(texts))
    assert unitized_alpha(texts[::-1]) == pytest.approx(unitized_alpha(texts))


def test_observed_disagreement_by_brute_force() -> None:
    """Section by section, as the definition has it: every pair of units and gaps of one label."""
    for seed in SEEDS:
        text = random_text(seed)
        for label in "ab":
            assert observed_disagreement([text], label) == pytest.approx(slowly(text, label))


def slowly(text: Unitized, label: str) -> float:
    ones, others = ([u for u in side if u.label == label] for side in (text.one, text.other))
    found = 0
    for mine, theirs in ((ones, others), (others, ones)):
        for unit in mine:
            places = set(range(unit.start, unit.end))
            met = [u for u in theirs if places & set(range(u.start, u.end))]
            found += sum((unit.start - u.start) ** 2 + (unit.end - u.end) ** 2 for u in met)
            found += 0 if met else 2 * len(places) ** 2
    return found / 2 / text.length**2


def test_expected_disagreement_of_single_characters_by_counting() -> None:
    """Three units of 1 in 24 places of two annotators: each may lie anywhere in a gap.

    The gaps are 1, 3 and 6 long, and 2 and 9; two units of 1 on one place do not differ.
    """
    text = Unitized(12, laid("x", (1, 1), (5, 1)), laid("x", (2, 1)))
    places = 3 * (1 + 3 + 6 + 2 + 9)
    assert expected_disagreement([text], "x") == pytest.approx(2 / 12 * places / (24 * 23))


def test_no_units_have_no_alpha() -> None:
    assert unitized_alpha([]) is None
    assert unitized_alpha([Unitized(10, [], [])]) is None
    assert unitized_alpha([Unitized(0, [], [])]) is None


def test_a_text_without_units_makes_room() -> None:
    """Its gaps count: more room makes agreement by chance less likely."""
    text = random_text(1)
    alone, beside = unitized_alpha([text]), unitized_alpha([text, Unitized(500, [], [])])
    assert alone is not None
    assert beside is not None
    assert beside > alone


def test_of_overlapping_units_the_longest_is_kept() -> None:
    units = [Unit(0, 5, "a"), Unit(3, 9, "a"), Unit(9, 12, "a"), Unit(4, 6, "b"), Unit(0, 5, "a")]
    assert flat(units) == [Unit(3, 9, "a"), Unit(4, 6, "b"), Unit(9, 12, "a")]
    assert flat(units[::-1]) == flat(units)
    assert flat([Unit(4, 6, "a"), Unit(2, 4, "a"), Unit(3, 5, "a")]) == laid("a", (2, 2), (4, 2))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_kept_neither_overlaps_nor_could_be_more(seed: int) -> None:
    chance = random.Random(seed)
    starts = [chance.randrange(60) for _ in range(25)]
    units = [Unit(s, s + chance.randint(1, 12), chance.choice("ab")) for s in starts]
    kept = flat(units)
    for label in "ab":
        same = [u for u in kept if u.label == label]
        assert all(a.end <= b.start for a, b in pairwise(same))
        for unit in units:
            meets = [u for u in same if unit.start < u.end and u.start < unit.end]
            assert unit.label != label or any(u.length >= unit.length for u in meets)
