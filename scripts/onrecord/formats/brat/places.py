"""What the offsets of a file of brat count, and where in the text they lead.

brat counts code points, of a text whose line ends Python has made one character each, and with a
byte order mark as one more. Tools that write its format may count the text as it lies in the file,
or in other units.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...standoff.graph import Stretch
from ...standoff.units import UNITS, AmbiguousUnitError, to_code_points
from ..exact import solid
from .lines import Bound

_NATIVE, *_OTHERS = UNITS


@dataclass(frozen=True, slots=True)
class Counting:
    """A text, and for each offset as some tool counts the code point that it leads to."""

    text: str
    places: Mapping[int, int]

    def stretch(self, span: Stretch) -> Stretch | None:
        """A stretch of the text; None if an offset leads nowhere."""
        start, end = self.places.get(span[0]), self.places.get(span[1])
        return None if start is None or end is None else (start, end)

    def stretches(self, bound: Bound) -> list[Stretch] | None:
        """The stretches of an annotation as they stand in the file; None if one leads nowhere."""
        found = [self.stretch(span) for span in bound.spans]
        return [span for span in found if span] if all(found) else None


def counting(
    text: str, bounds: Sequence[Bound], *, unit: str | None = None, marked: bool = False
) -> Counting:
    """How the offsets of some annotations count a text, recognised by their words.

    Code points are preferred, whatever else fits. If nothing fits, they count the code points of
    the text as it is. `unit` is what they count if that is known; `marked` is a text that had a
    byte order mark before it.

    Raises:
        AmbiguousUnitError: several ways to count fit and lead to different places.
    """
    views = list(_views(text, marked=marked))
    plain = _counted(text, views[0], unit or _NATIVE)
    if not bounds or (len(views) == 1 and (unit or text.isascii())):
        return plain
    for names in [[unit]] if unit else [[_NATIVE], _OTHERS]:
        ways = [_counted(text, view, name) for view in views for name in names]
        fitting = [way for way in ways if all(fits(way, bound) for bound in bounds)]
        if fitting and not unit:
            _agreed(fitting, bounds)
        if fitting:
            return fitting[0]
    return plain


def fits(way: Counting, bound: Bound) -> bool:
    """Whether the words of an annotation stand where it says, but for white space."""
    spans = way.stretches(bound)
    if spans is None:
        return False
    there = "".join(way.text[start:end] for start, end in spans)
    return not bound.words or solid(there) == solid(bound.words)


def _views(text: str, *, marked: bool) -> Iterator[tuple[str, Sequence[int]]]:
    """The text as tools may see it, and for each code point of that the one of the text."""
    kept = [at for at in range(len(text) + 1) if text[max(0, at - 1) : at + 1] != "\r\n"]
    views: list[tuple[str, Sequence[int]]] = [(text, range(len(text) + 1))]
    views += [(text.replace("\r\n", "\n"), kept)] if "\r\n" in text else []
    for seen, places in views:
        yield seen, places
        if marked:
            yield f"\ufeff{seen}", [0, *places]


def _counted(text: str, view: tuple[str, Sequence[int]], unit: str) -> Counting:
    seen, places = view
    return Counting(text, {at: places[n] for at, n in to_code_points(seen, unit).items()})


def _agreed(ways: Sequence[Counting], bounds: Sequence[Bound]) -> None:
    """See that all ways lead to the same places."""
    for bound in bounds:
        if len({tuple(way.stretches(bound) or ()) for way in ways}) > 1:
            told = f"offsets of {bound.key} fit its words at several places"
            raise AmbiguousUnitError(f"{told}, expected to be told what they count")
