"""Which contents are one quote, and by which cue."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ... import marks
from ..flat import Typed
from ..overlaps import Nested
from .distance import Sentences
from .draft import Draft


def grouped(
    text: str, sentences: Sentences, contents: Sequence[Typed], cues: Iterable[Typed]
) -> list[Draft]:
    """The quotes, in the order of their first contents; contents nest or stand apart.

    A content and a cue belong together only where the same content is the innermost around
    both, so that a quote lies in the content of the one that relays it.
    """
    nested, cut = Nested(contents), _Cutting(contents)
    levels: dict[Typed | None, tuple[list[Typed], list[Typed]]] = {}
    for content in contents:
        levels.setdefault(nested.around(*content[:2]), ([], []))[0].append(content)
    for cue in cues:
        outer = nested.around(*cue[:2])
        if outer in levels and not cut(cue):
            levels[outer][1].append(cue)
    found = [
        quote
        for outer, (level, beside) in levels.items()
        for quote in _Level(text, sentences, outer, level, beside).quotes()
    ]
    return sorted(found, key=lambda quote: (quote.contents[0].start, -quote.contents[0].end))


class _Level:
    """Contents with the same content around them, and the cues among them, both in order."""

    def __init__(
        self,
        text: str,
        sentences: Sentences,
        outer: Typed | None,
        contents: Sequence[Typed],
        cues: Sequence[Typed],
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._outer = outer
        self._contents = contents
        self._cues = cues

    def quotes(self) -> list[Draft]:
        """Contents by their cues, the rest with what it continues."""
        by_cue: dict[Typed, Draft] = {}
        found: list[Draft] = []
        past = 0
        for content in self._contents:
            cue = self._cue(content, past)
            past = content.end
            last = found[-1] if found else None
            if cue is not None and cue in by_cue:
                by_cue[cue].contents.append(content)
            elif last is not None and self._is_continued(content, cue, last):
                last.contents.append(content)
                last.cue = last.cue or cue
            else:
                found.append(Draft(self._outer, [content], cue))
                if cue is not None:
                    by_cue[cue] = found[-1]
        return found

    def _cue(self, content: Typed, past: int) -> Typed | None:
        """The last cue in its sentence that starts behind `past`, else the first behind it."""
        at = bisect_left(self._cues, content.start, key=_start)
        while at > 0 and self._cues[at - 1].start >= past:
            at -= 1
            if self._sentences.between(self._cues[at], content) == 0:
                return self._cues[at]
        at = bisect_left(self._cues, content.end, key=_start)
        behind = self._cues[at] if at < len(self._cues) else None
        near = behind is not None and self._sentences.between(content, behind) == 0
        return behind if near else None

    def _is_continued(self, content: Typed, cue: Typed | None, quote: Draft) -> bool:
        """Whether quoted words go on with the quote before them, in the next sentence at most.

        With a cue of their own they do only where the quote before has none and is left open.
        """
        last = quote.contents[-1]
        if cue is not None and (quote.cue or marks.closes(self._text, last.end)):
            return False
        if quote.cue is not None and quote.cue.end > last.end:
            last = quote.cue
        quoted = marks.opens(self._text, content.start) and content.type != "indirect"
        return quoted and self._sentences.between(last, content) <= 1


class _Cutting:
    """Tells whether one of the contents has characters of a cue without holding it."""

    def __init__(self, contents: Sequence[Typed]) -> None:
        self._places = {content[:2] for content in contents}
        self._edges = sorted({edge for place in self._places for edge in place})

    def __call__(self, cue: Typed) -> bool:
        at = bisect_left(self._edges, cue.start + 1)
        inside = at < len(self._edges) and self._edges[at] < cue.end
        return inside or cue[:2] in self._places


def _start(span: Typed) -> int:
    return span.start
