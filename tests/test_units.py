"""Offsets in every unit lead to code points, and the unit is recognised or refused."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.standoff.graph import Stretch
from onrecord.standoff.units import (
    UNITS,
    AmbiguousUnitError,
    offsets,
    recognised,
    to_code_points,
)

FAMILY, FLAG = "👩‍👩‍👧", "🇰🇷"
PIECES = ["a", "é", "x\u0302", " ", "\r", "\n", "😀", FAMILY, FLAG, "ש"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)

COUNT: dict[str, Callable[[str], int]] = {
    "code-points": len,
    "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
    "utf-8": lambda text: len(text.encode()),
}
"""How long a text is in each unit that cuts anywhere between code points."""


@given(TEXTS, st.sampled_from(sorted(COUNT)))
def test_an_offset_is_the_length_of_what_stands_before(text: str, unit: str) -> None:
    assert list(offsets(text, unit)) == [COUNT[unit](text[:at]) for at in range(len(text) + 1)]


@given(TEXTS, st.sampled_from(sorted(COUNT)))
def test_the_way_back_is_the_inverse(text: str, unit: str) -> None:
    back = to_code_points(text, unit)
    assert [back[offset] for offset in offsets(text, unit)] == list(range(len(text) + 1))
    assert len(back) == len(text) + 1


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("abc", 3), (FAMILY, 1), (FLAG * 2, 2), ("x\u0302y\r\n", 3)]
)
def test_clusters_are_counted(text: str, count: int) -> None:
    assert offsets(text, "graphemes")[-1] == count
    assert len(offsets(text, "graphemes")) == len(text) + 1


@given(TEXTS)
def test_a_cluster_begins_at_its_first_code_point(text: str) -> None:
    back = to_code_points(text, "graphemes")
    assert sorted(back) == list(range(offsets(text, "graphemes")[-1] + 1))
    starts = [back[cluster] for cluster in sorted(back)]
    assert starts == sorted(set(starts))
    assert (starts[0], starts[-1]) == (0, len(text))


def test_no_offset_lies_inside_a_character() -> None:
    assert to_code_points("a😀b", "utf-16") == {0: 0, 1: 1, 3: 2, 4: 3}
    assert to_code_points("é", "utf-8") == {0: 0, 2: 1}


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Stretch]]:
    """A text, and stretches of it that begin and end between clusters."""
    text = draw(TEXTS.filter(bool))
    edges = sorted(to_code_points(text, "graphemes").values())
    places = st.tuples(st.sampled_from(edges), st.sampled_from(edges))
    return text, draw(st.lists(places.map(lambda p: (min(p), max(p))), max_size=5))


@given(marked(), st.sampled_from(UNITS))
def test_the_unit_that_made_offsets_is_recognised(
    case: tuple[str, list[Stretch]], unit: str
) -> None:
    text, places = case
    counted = offsets(text, unit)
    spans = [((counted[start], counted[end]), text[start:end]) for start, end in places]
    try:
        found = recognised(text, spans)
    except AmbiguousUnitError:
        assert _readings(text, spans) > 1
        return
    back = to_code_points(text, found)
    assert [(back[start], back[end]) for (start, end), _ in spans] == places


def _readings(text: str, spans: list[tuple[Stretch, str]]) -> int:
    """How many different places the spans have in the units in which their words fit."""
    found = set()
    for unit in UNITS:
        back = to_code_points(text, unit)
        places = [(back.get(start, -1), back.get(end, -1)) for (start, end), _ in spans]
        words = [words for _, words in spans]
        inside = all(-1 not in place for place in places)
        if inside and all(not w or text[a:b] == w for (a, b), w in zip(places, words, strict=True)):
            found.add(tuple(places))
    return len(found)


def test_what_fits_nowhere_is_refused() -> None:
    with pytest.raises(AmbiguousUnitError, match="none of code-points, utf-16"):
        recognised("some words", [((0, 4), "none")], ("code-points", "utf-16"))
    with pytest.raises(AmbiguousUnitError, match="none"):
        recognised("short", [((0, 90), "")])


def test_what_fits_in_several_units_is_refused() -> None:
    with pytest.raises(AmbiguousUnitError, match="each of code-points, utf-16"):
        recognised("😀 haha", [((3, 5), "")], ("code-points", "utf-16"))
    with pytest.raises(AmbiguousUnitError, match="each of"):
        recognised("😀aaaa", [((2, 3), "a")], ("utf-16", "code-points"))


def test_words_decide() -> None:
    assert recognised("😀 one", [((3, 6), "one")], ("code-points", "utf-16")) == "utf-16"
    assert recognised("😀 one", [((2, 5), "one")], ("utf-16", "code-points")) == "code-points"


def test_the_first_unit_is_meant_where_all_agree() -> None:
    assert recognised("plain", [((0, 5), "plain")], ("utf-8", "code-points")) == "utf-8"
    assert recognised("😀", [], ("utf-16",)) == "utf-16"
