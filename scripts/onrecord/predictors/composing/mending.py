"""Make the edges of spans sound: on whole words and visible characters, without white space."""

from collections.abc import Iterable, Iterator, Sequence

from ...edges import cuts_cluster, cuts_word, is_blank
from ..flat import Typed


class Edges:
    """The places in one text at which a span may begin and end."""

    def __init__(self, text: str) -> None:
        self._text = text

    def sound(self, spans: Iterable[Typed]) -> list[Typed]:
        """The spans on sound edges, each once, by start, longest first; empty ones are left out.

        White space goes off; what cuts a word or a visible character takes it in as a whole.
        """
        widened = (self._sound(span) for span in spans)
        once = {(span.start, span.end): span for span in widened if span is not None}
        return sorted(once.values(), key=_outer_first)

    def _sound(self, span: Typed) -> Typed | None:
        start, end = self.trimmed(max(span.start, 0), min(span.end, len(self._text)))
        if start >= end:
            return None
        while self._cuts(start):
            start -= 1
        while self._cuts(end):
            end += 1
        # A visible character may begin with a space, and no edge of it is sound then.
        return Typed(start, end, span.type) if (start, end) == self.trimmed(start, end) else None

    def _cuts(self, at: int) -> bool:
        return cuts_word(self._text, at) or cuts_cluster(self._text, at)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch without white space at its edges, possibly empty."""
        while start < end and is_blank(self._text[start]):
            start += 1
        while start < end and is_blank(self._text[end - 1]):
            end -= 1
        return start, end


def uncrossed(spans: Iterable[Typed]) -> list[Typed]:
    """The spans without those that cross a longer one; by start, longest first."""
    ordered = sorted(spans, key=_outer_first)
    kept = [span for group in _overlapping(ordered) for span in _longest(group)]
    return sorted(kept, key=_outer_first)


def _overlapping(ordered: Iterable[Typed]) -> Iterator[list[Typed]]:
    """Groups of spans of which none overlaps one of another group."""
    group: list[Typed] = []
    reach = 0
    for span in ordered:
        if group and span.start >= reach:
            yield group
            group = []
        group.append(span)
        reach = max(reach, span.end)
    if group:
        yield group


def _longest(group: Sequence[Typed]) -> Sequence[Typed]:
    """Those that cross none that is longer."""
    if not _any_cross(group):
        return group
    kept: list[Typed] = []
    for span in sorted(group, key=lambda span: (span.start - span.end, span.start)):
        if not any(_cross(span, other) for other in kept):
            kept.append(span)
    return kept


def _any_cross(ordered: Iterable[Typed]) -> bool:
    """Whether spans in order cross; one look at each, which is all that most texts need."""
    around: list[int] = []
    for span in ordered:
        while around and around[-1] <= span.start:
            around.pop()
        if around and around[-1] < span.end:
            return True
        around.append(span.end)
    return False


def _cross(one: Typed, other: Typed) -> bool:
    return (
        one.start < other.start < one.end < other.end
        or other.start < one.start < other.end < one.end
    )


def _outer_first(span: Typed) -> tuple[int, int]:
    return span.start, -span.end
