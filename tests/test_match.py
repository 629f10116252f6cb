"""Pairing is optimal, and does not depend on the order of anything."""

import random
from itertools import permutations

import pytest

from onrecord.scoring.assignment import assign
from onrecord.scoring.match import overlapping
from onrecord.scoring.spans import Bounds, iou, shared, size, touching

from .articles import add_quote, article, spans


def best(weights: dict[tuple[int, int], float], left: int, right: int) -> float:
    """The greatest total weight, by trying everything."""
    if left > right:
        weights = {(j, i): weight for (i, j), weight in weights.items()}
        left, right = right, left
    return max(
        sum(weights.get((i, j), 0.0) for i, j in enumerate(chosen))
        for chosen in permutations(range(right), left)
    )


def test_pairings_weigh_as_much_as_any_can() -> None:
    rng = random.Random(11)
    for _ in range(5000):
        left, right = rng.randint(0, 5), rng.randint(0, 5)
        edges = [(i, j) for i in range(left) for j in range(right) if rng.random() < 0.5]
        rng.shuffle(edges)
        weights = {edge: rng.choice([0.25, 0.5, 0.5, 1.0, rng.random() + 0.01]) for edge in edges}
        found = assign(weights)
        assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
        total = sum(weights[pair] for pair in found)
        assert total == pytest.approx(best(weights, left, right))
        assert assign(dict(sorted(weights.items(), reverse=True))) == found


def test_touching_finds_what_looking_at_every_pair_finds() -> None:
    rng = random.Random(12)

    def side() -> list[Bounds]:
        starts = [rng.randint(0, 40) for _ in range(rng.randint(0, 9))]
        return [((start, start + rng.choice([1, 2, 5, 30])),) for start in starts]

    for _ in range(1000):
        ones, others = side(), side()
        pairs = {
            (i, j)
            for i, one in enumerate(ones)
            for j, other in enumerate(others)
            if shared(one, other)
        }
        assert set(touching(ones, others)) == pairs


def test_overlap_counts_characters_of_all_parts() -> None:
    one, other = ((0, 4), (10, 14)), ((2, 12),)
    assert size(one) == 8
    assert shared(one, other) == 4
    assert iou(one, other) == pytest.approx(4 / 14)
    assert iou(one, ((5, 9),)) == 0


def test_parts_whose_hulls_cross_without_a_shared_character_are_no_pair() -> None:
    made = article("one two three four")
    other = article("one two three four")
    add_quote(made, "one", "three")
    add_quote(other, "two", "four")
    assert overlapping(made.quotes, other.quotes, ties=lambda a, b: 1.0) == {}
    assert spans(made, "one")[0].end <= spans(made, "two")[0].start
