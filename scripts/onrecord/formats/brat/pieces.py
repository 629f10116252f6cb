"""The fragments in which brat has annotations: none of them reaches across the end of a line."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ...standoff.graph import Stretch

_BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
_SIZES = re.compile("[1-9][0-9]{0,5}( [1-9][0-9]{0,5})*")
_UNBROKEN = re.compile(f"[^{_BREAKS}]+")


def fragments(text: str, spans: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """The fragments of each span, which end where lines do.

    Tabs and all that some reader takes for the end of a line count as such: an annotation, with its
    words, has to stay on one line and in one column.
    """
    for start, end in spans:
        yield [match.span() for match in _UNBROKEN.finditer(text, start, end)]


def whole(text: str, pieces: Sequence[Stretch], sizes: str = "") -> tuple[Stretch, ...]:
    """The spans that fragments in order of the text make up.

    Those with only white space between them are one, unless `sizes` says how many make up each.
    """
    if _SIZES.fullmatch(sizes) and sum(map(int, sizes.split())) == len(pieces):
        return tuple(_sized(pieces, map(int, sizes.split())))
    made: list[Stretch] = []
    for start, end in pieces:
        if made and start >= made[-1][1] and not text[made[-1][1] : start].strip():
            made[-1] = made[-1][0], end
        else:
            made.append((start, end))
    return tuple(made)


def _sized(pieces: Sequence[Stretch], numbers: Iterable[int]) -> Iterator[Stretch]:
    at = 0
    for number in numbers:
        yield pieces[at][0], pieces[at + number - 1][1]
        at += number
