"""Krippendorff's alpha: of labels on given units, and of units that annotators mark themselves."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from .units import Unit

Pairs = Counter[tuple[str, str]]
"""How often the first annotator gave the one label and the second the other."""


def nominal_alpha(pairs: Pairs) -> float | None:
    """Alpha for nominal data, two annotators and no missing values.

    The coincidence matrix holds each pair in both directions, o_ck + o_kc; then
    alpha = 1 - (n - 1) sum o_ck / sum n_c n_k, both sums over c != k (Krippendorff 2011, Computing
    Krippendorff's Alpha-Reliability, part B). None where less than two labels were given: chance
    cannot be told then.
    """
    given: Counter[str] = Counter()
    for (one, other), number in pairs.items():
        given.update({one: number})
        given.update({other: number})
    n = given.total()
    unequal = 2 * sum(number for (one, other), number in pairs.items() if one != other)
    expected = n * n - sum(number * number for number in given.values())
    return 1 - (n - 1) * unequal / expected if expected else None


class Unitized(NamedTuple):
    """One text as two annotators divide it: its length, and the units of each in text order.

    Units of one annotator do not overlap where they have the same label.
    """

    length: int
    one: Sequence[Unit]
    other: Sequence[Unit]


def unitized_alpha(texts: Sequence[Unitized]) -> float | None:
    """Alpha for unitizing, of two annotators: 1 - sum D_o / sum D_e, summed over the labels.

    Formulas and example are those of Krippendorff (2004), Content Analysis: An Introduction to Its
    Methodology, 2nd ed., page 254, after Krippendorff (1995), On the Reliability of Unitizing
    Continuous Data. Krippendorff et al. (2016) amend them for three annotators and more.
    Several texts are one continuum in which no gap reaches across their borders, so that their
    order does not matter. None where nobody marks a unit.
    """
    labels = {unit.label for text in texts for unit in chain(text.one, text.other)}
    expected = sum(expected_disagreement(texts, label) for label in sorted(labels))
    observed = sum(observed_disagreement(texts, label) for label in sorted(labels))
    return 1 - observed / expected if expected else None


def observed_disagreement(texts: Iterable[Unitized], label: str) -> float:
    """D_o: the squared differences of what lies on the same place, by the squared length.

    Units that overlap differ by the squares of the distances of their starts and of their ends, a
    unit in a gap of the other annotator by the square of its length.
    """
    length = differences = 0
    for text in texts:
        length += text.length
        differences += _differences(_of(label, text.one), _of(label, text.other))
    return differences / length**2


def expected_disagreement(texts: Sequence[Unitized], label: str) -> float:
    """D_e: what D_o would be if all units and gaps of both annotators met by chance.

    With N units of lengths l, gaps of lengths g, m = 2 annotators and a continuum of length L:
    2/L sum_l ((N - 1)/3 (2 l^3 - 3 l^2 + l) + l^2 sum_(g >= l) (g - l + 1))
    / (m L (m L - 1) - sum_l l (l - 1)).
    """
    whole = sum(text.length for text in texts)
    sides = [(_of(label, side), text.length) for text in texts for side in (text.one, text.other)]
    lengths = [unit.length for side, _ in sides for unit in side]
    room = _Room(gap for side, length in sides for gap in _gaps(side, length))
    met = sum(
        (len(lengths) - 1) * (2 * n**3 - 3 * n**2 + n) / 3 + n**2 * room.places(n) for n in lengths
    )
    chances = 2 * whole * (2 * whole - 1) - sum(n * (n - 1) for n in lengths)
    return 2 / whole * met / chances if chances else 0.0


class _Room:
    """Gaps by length, to count the places that a unit has in them."""

    def __init__(self, gaps: Iterable[int]) -> None:
        self._gaps = sorted(gaps)
        self._sums = [0, *accumulate(self._gaps)]

    def places(self, length: int) -> int:
        """The sum of `gap - length + 1` over the gaps that are at least so long."""
        at = bisect_left(self._gaps, length)
        number = len(self._gaps) - at
        return self._sums[-1] - self._sums[at] - number * (length - 1)


def _of(label: str, units: Iterable[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.label == label]


def _differences(ones: Sequence[Unit], others: Sequence[Unit]) -> int:
    """The sum of the squared differences of two lists of units in text order."""
    found, met = 0, set[Unit]()
    first = 0
    for one in ones:
        while first < len(others) and others[first].end <= one.start:
            first += 1
        at, alone = first, True
        while at < len(others) and others[at].start < one.end:
            found += (one.start - others[at].start) ** 2 + (one.end - others[at].end) ** 2
            met.add(others[at])
            at, alone = at + 1, False
        found += one.length**2 if alone else 0
    return found + sum(unit.length**2 for unit in others if unit not in met)


def _gaps(units: Iterable[Unit], length: int) -> Iterator[int]:
    """The lengths of the stretches before, between and after units in text order."""
    last = 0
    for unit in units:
        yield unit.start - last
        last = unit.end
    yield length - last
