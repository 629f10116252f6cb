"""Places in text order: as many as can be, at the lowest cost."""

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from onrecord.subsequence import Choice, in_order

CHOICES = st.lists(
    st.builds(
        Choice,
        st.tuples(st.integers(0, 4), st.integers(1, 3)).map(lambda pair: (pair[0], sum(pair))),
        st.sampled_from([0.0, 0.25, 0.5]),
    ),
    max_size=3,
)


def key(choice: Choice) -> tuple[int, int]:
    return choice.place[0], -choice.place[1]


def weight(options: list[list[Choice]], *, distinct: bool) -> float:
    """The greatest weight of all ways to choose."""
    best = 0.0
    for ways in product(*([None, *choices] for choices in options)):
        chosen = [choice for choice in ways if choice is not None]
        if all(key(a) < key(b) or (key(a) == key(b) and not distinct) for a, b in pairwise(chosen)):
            best = max(best, sum(1 - choice.cost for choice in chosen))
    return best


@given(st.lists(CHOICES, max_size=5), st.booleans())
def test_the_choice_is_the_best_of_all(options: list[list[Choice]], distinct: bool) -> None:
    found = in_order(options, distinct=distinct)
    placed = [place for place in found if place is not None]
    keys = [(start, -end) for start, end in placed]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys) or not distinct
    total = 0.0
    for place, choices in zip(found, options, strict=True):
        if place is not None:
            total += max(1 - choice.cost for choice in choices if choice.place == place)
    assert abs(total - weight(options, distinct=distinct)) < 1e-9


def test_of_equal_choices_the_first_is_taken() -> None:
    he = [Choice((0, 2)), Choice((9, 11)), Choice((20, 22))]
    assert in_order([he], distinct=True) == [(0, 2)]
    assert in_order([he, [Choice((12, 14))], he], distinct=True) == [(0, 2), (12, 14), (20, 22)]
    assert in_order([], distinct=True) == []
