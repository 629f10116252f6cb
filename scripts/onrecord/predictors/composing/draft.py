"""A quote before it is a record."""

from bisect import bisect_left
from dataclasses import dataclass, field

from ..flat import Typed


@dataclass
class Draft:
    """Contents that make one quote, in order and apart; its cue; who speaks it and is spoken to.

    Speakers and addressees are indices of references, `outer` is the content around the quote.
    """

    outer: Typed | None
    contents: list[Typed]
    cue: Typed | None = None
    speakers: list[int] = field(default_factory=list)
    addressees: list[int] = field(default_factory=list)

    def neighbours(self, offset: int) -> list[Typed]:
        """The last content that starts before an offset, and the next."""
        at = bisect_left(self.contents, offset, key=_start)
        return self.contents[max(at - 1, 0) : at + 1]

    def holds(self, start: int, end: int) -> bool:
        """Whether its contents have any of the characters from `start` to `end`."""
        before = bisect_left(self.contents, end, key=_start)
        return before > 0 and self.contents[before - 1].end > start


def _start(span: Typed) -> int:
    return span.start
