"""Spans looked up by offset are those that a look at each of them finds."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.predictors.composing.mending import uncrossed
from onrecord.predictors.flat import Typed
from onrecord.predictors.overlaps import Nested, Overlaps

PLACES = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair)))
SPANS = st.lists(PLACES, max_size=8, unique=True).map(
    lambda places: [Typed(*place, str(number)) for number, place in enumerate(places)]
)


def crosses(one: Typed, other: Typed) -> bool:
    first, second = sorted((one, other))
    return first.start < second.start < first.end < second.end


@given(SPANS, PLACES)
def test_overlaps(spans: list[Typed], place: tuple[int, int]) -> None:
    start, end = place
    found, ordered = Overlaps(spans), sorted(spans, key=lambda span: span.start)
    expected = [span for span in ordered if span.start < end and start < span.end]
    assert list(found.overlapping(start, end)) == expected
    assert found.any_overlap(start, end) == bool(expected)
    assert found.starting(start, end) == [span for span in ordered if start <= span.start < end]
    assert found.first_behind(end) == [span for span in ordered if span.start >= end][:1]


@given(SPANS, PLACES)
def test_nested(spans: list[Typed], place: tuple[int, int]) -> None:
    start, end = place
    nested = uncrossed(spans)
    holding = [span for span in nested if span.start <= start and end <= span.end]
    holding.sort(key=lambda span: span.end - span.start)
    assert list(Nested(nested).holding(start, end)) == holding
    around = [span for span in holding if span[:2] != place]
    assert Nested(nested).around(start, end) == next(iter(around), None)


@given(SPANS)
def test_of_spans_that_cross_the_longest_are_kept(spans: list[Typed]) -> None:
    kept: list[Typed] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if not any(crosses(span, other) for other in kept):
            kept.append(span)
    assert uncrossed(spans) == sorted(kept, key=lambda span: (span.start, -span.end))
    assert not any(crosses(*pair) for pair in combinations(uncrossed(spans), 2))
