"""The offsets of a document in code points, whatever unit its source counts in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..standoff.graph import Stretch
from ..standoff.units import AmbiguousUnitError, offsets, recognised, to_code_points


@dataclass(frozen=True, slots=True)
class Given:
    """A stretch in some unit, and the words that a source says stand there; empty if it does not.

    `name` is what people are shown it as.
    """

    name: str
    stretch: Stretch
    words: str = ""


Agree = Callable[[str, str], bool]
"""Whether words of the text, and those that a source gives, are the same to its rules."""


def counted(
    text: str, given: Sequence[Given], units: Sequence[str], *, told: str | None, agree: Agree
) -> list[Stretch]:
    """Where the stretches are in code points.

    The unit is the one told, else that in which all words agree, else the first of `units` if the
    text is the same in all.

    Raises:
        ValueError: the unit cannot be recognised, or a stretch cannot be in it; `args` has a
            message for each fault.
    """
    unit = told or _unit(text, given, units, agree)
    into = to_code_points(text, unit)
    wrong = [g for g in given if not _sound(g, into)]
    if wrong:
        last = offsets(text, unit)[-1]
        raise ValueError(*(f"{_shown(g)}, expected 0 to {last} in {unit}" for g in wrong))
    return [(into[g.stretch[0]], into[g.stretch[1]]) for g in given]


def _sound(given: Given, into: dict[int, int]) -> bool:
    start, end = given.stretch
    return start < end and start in into and end in into


def _shown(given: Given) -> str:
    return f"{given.name} at {given.stretch[0]}-{given.stretch[1]}"


def _unit(text: str, given: Sequence[Given], units: Sequence[str], agree: Agree) -> str:
    if text.isascii() and "\r" not in text:
        return units[0]  # a character is one of anything; CR LF is one grapheme cluster
    if all(list(offsets(text, unit)) == list(offsets(text, units[0])) for unit in units[1:]):
        return units[0]
    ways = [to_code_points(text, unit) for unit in units]
    said = [(g.stretch, _as_text(text, g, ways, agree)) for g in given]
    try:
        return recognised(text, said, units)
    except AmbiguousUnitError as error:
        raise ValueError(f"{error}; say which with --offsets") from None


def _as_text(text: str, given: Given, ways: Sequence[dict[int, int]], agree: Agree) -> str:
    """The words as they stand in the text, if in some unit they agree with it."""
    for into in ways if given.words else ():
        if _sound(given, into):
            own = text[into[given.stretch[0]] : into[given.stretch[1]]]
            if agree(own, given.words):
                return own
    return given.words
