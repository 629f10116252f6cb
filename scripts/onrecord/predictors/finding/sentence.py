"""One sentence in which something may be reported, with the quotations in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

import regex

from ... import marks
from ..flat import Typed
from ..lexicon import Lexicon
from ..overlaps import Overlaps
from .quotations import Quotation
from .reading import Reading

FINAL = ".,;:!?…。"
"""Punctuation that belongs to no content, but before a closing mark."""
_ENDS = ".,!?…。！？、"
_ABBREVIATED = regex.compile(r"\b[ap]\.m\.$")
_ABBREVIATION = len(" a.m.\n")


class Sentence:
    """A sentence from `start` to `end` of its text; `quoted` are the quotations that touch it."""

    def __init__(self, reading: Reading, start: int, end: int) -> None:
        self.text = reading.text
        self.words: Lexicon = reading.words
        self.start = start
        self.end = end
        self.quoted: Sequence[Quotation] = list(reading.outermost.overlapping(start, end))

    @cached_property
    def overlaps(self) -> Overlaps[Quotation]:
        """The quotations by offset."""
        return Overlaps(self.quoted)

    def quoted_between(self, start: int, past: int) -> Sequence[Quotation]:
        """The quotations that end behind `start` and start before `past`."""
        first = bisect_right(self.quoted, start, key=_end)
        return self.quoted[first : bisect_left(self.quoted, past, key=_start)]

    def content(self, start: int, end: int) -> Typed | None:
        """A content whose form follows from the marks in it; marks are taken in whole.

        Final punctuation stays out, but for that before a closing mark.
        """
        inside = self.quoted_between(start, end)
        if inside:
            start, end = min(start, inside[0].start), max(end, inside[-1].end)
        while start < end and not (inside and inside[-1].end == end):
            if _ABBREVIATED.search(self.text[max(start, end - _ABBREVIATION) : end]):
                break
            if self.text[end - 1] not in FINAL and not self.text[end - 1].isspace():
                break
            end -= 1
        return Typed(start, end, "mixed" if inside else "indirect") if start < end else None

    def is_speech(self, quotation: Quotation) -> bool:
        """Whether the words in the marks are a sentence or look like a part of one."""
        inner = marks.bare(self.text[quotation.start : quotation.end]).strip()
        if not inner:
            return False
        before = self._before(quotation.start)
        ends = inner[-1] in _ENDS or self.text.startswith(",", quotation.end)
        starts = not inner[0].islower()
        number = inner.count(" ")
        if not self.words.lists:
            enough = number > 0 if ends or before == ":" else number > 3
            return enough or (number == 0 and starts and len(inner) > (2 if ends else 6))
        if not starts and before and before not in ",:”\"’'":
            return False
        return (ends and (starts or number > 3)) or (starts and number > 5)

    def _before(self, at: int) -> str:
        """The last character of the sentence before an offset that is seen; empty for none."""
        while at > self.start and self.text[at - 1].isspace():
            at -= 1
        return self.text[at - 1] if at > self.start else ""


def _start(quotation: Quotation) -> int:
    return quotation.start


def _end(quotation: Quotation) -> int:
    return quotation.end
