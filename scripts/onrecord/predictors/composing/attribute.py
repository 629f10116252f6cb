"""Which contents are one quote, and by which cue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ... import marks
from ..spans import Typed
from .places import Sentences, innermost, same
from .speakers import Attributed, Speakers


@dataclass(frozen=True)
class Attribution:
    """What quotes are found in: a text, its sentences, and who can speak in it."""

    text: str
    sentences: Sentences
    speakers: Speakers

    def quotes(self, contents: Sequence[Typed], cues: Iterable[Typed]) -> list[Attributed]:
        """The quotes in the order of their first contents; contents nest or stand apart.

        A content and a cue belong together only where the same content is the innermost around
        both, so that a quote lies in the content of the one that relays it.
        """
        around = {span: innermost(span, contents) for span in (*contents, *cues)}
        outside = [cue for cue in cues if not any(_cuts(content, cue) for content in contents)]
        found: list[Attributed] = []
        for outer in dict.fromkeys(around[content] for content in contents):
            level = [content for content in contents if around[content] == outer]
            found += self._grouped(outer, level, [c for c in outside if around[c] == outer])
        found.sort(key=lambda quote: (quote.contents[0].start, -quote.contents[0].end))
        self.speakers.hear(found, contents)
        return found

    def _grouped(
        self, outer: Typed | None, contents: Sequence[Typed], cues: Sequence[Typed]
    ) -> list[Attributed]:
        """The quotes of one level: contents by their cues, the rest with what it continues."""
        by_cue: dict[Typed, Attributed] = {}
        found: list[Attributed] = []
        for content in contents:
            cue = self._cue(content, contents, cues)
            last = found[-1] if found else None
            if cue is not None and cue in by_cue:
                by_cue[cue].contents.append(content)
            elif last is not None and self._is_continued(content, cue, last):
                last.contents.append(content)
                last.cue = last.cue or cue
            else:
                found.append(Attributed(outer, [content], cue))
                if cue is not None:
                    by_cue[cue] = found[-1]
        return found

    def _cue(self, content: Typed, level: Sequence[Typed], cues: Sequence[Typed]) -> Typed | None:
        """The last cue before it in its sentence, if no content parts them; else the next."""
        near = [cue for cue in cues if self.sentences.between(content, cue) == 0]
        last = max((part.end for part in level if part.end <= content.start), default=0)
        before = [cue for cue in near if last <= cue.start < content.start]
        behind = [cue for cue in near if cue.start >= content.end]
        return before[-1] if before else next(iter(behind), None)

    def _is_continued(self, content: Typed, cue: Typed | None, quote: Attributed) -> bool:
        """Whether quoted words go on with the quote before them, in the next sentence at most.

        With a cue of their own they do only where the quote before has none and is left open.
        """
        if cue is not None and (quote.cue or marks.closes(self.text, quote.contents[-1].end)):
            return False
        last = max([*quote.contents, *([quote.cue] if quote.cue else [])], key=lambda s: s.end)
        quoted = marks.opens(self.text, content.start) and content.type != "indirect"
        return quoted and 0 <= self.sentences.between(last, content) <= 1


def _cuts(content: Typed, cue: Typed) -> bool:
    """Whether a cue has characters of a content without being a part of it."""
    shared = content.start < cue.end and cue.start < content.end
    inside = content.start <= cue.start and cue.end <= content.end
    return shared and (not inside or same(cue, content))
