"""Which contents are one quote, by which cue, and who speaks it."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import regex

from .. import marks
from ..segment import Stretch
from .forms import Reference
from .lexicon import Lexicon
from .spans import Typed

_FEW = 40
"""Characters between a cue and a speaker that stands behind it, with titles."""
_ONLY_MARKS = regex.compile(r"[\W_]*")
_AND = regex.compile(
    r"\s*,?\s*(?:and|und|et|y|e|och|og|en|и|і|&)\s+(?:the\s+)?(?:\p{Lu}\w+\s+){0,3}(?:of\s+\p{Lu}\w+\s+)?"
)


@dataclass
class Attributed:
    """One quote: its contents in order, its cue, and who speaks it and is spoken to.

    Speakers and addressees are indices of references, `outer` is the content around the quote.
    """

    outer: Typed | None
    contents: list[Typed]
    cue: Typed | None = None
    speakers: list[int] = field(default_factory=list)
    addressees: list[int] = field(default_factory=list)

    def holds(self, start: int, end: int) -> bool:
        """Whether its content has any of the characters from `start` to `end`."""
        return any(start < part.end and part.start < end for part in self.contents)


@dataclass(frozen=True)
class Attribution:
    """What quotes are found in: a text, its sentences, its mentions and the words of its language.

    `marked` are the spans that are known to speak; where there are none speakers are guessed.
    """

    text: str
    sentences: Sequence[Stretch]
    references: Sequence[Reference]
    marked: Sequence[Typed]
    words: Lexicon

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
        places = [innermost(mention, contents) for mention in self.references]
        for number, quote in enumerate(found):
            self._hear(quote, places, found[:number])
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
        near = [cue for cue in cues if self._sentence_gap(content, cue) == 0]
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
        return quoted and 0 <= self._sentence_gap(last, content) <= 1

    def _sentence_gap(self, one: Typed, other: Typed) -> int:
        """How many sentences lie between the nearer edges of two spans."""
        first, second = sorted((one, other))
        return abs(self.sentence(second.start) - self.sentence(first.end - 1))

    def sentence(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1

    def _hear(
        self, quote: Attributed, places: Sequence[Typed | None], before: Sequence[Attributed]
    ) -> None:
        """Find who speaks the quote and who is spoken to; `places` are the contents of mentions."""
        heard = [
            index
            for index, mention in enumerate(self.references)
            if places[index] == quote.outer and not quote.holds(mention.start, mention.end)
        ]
        marked = {(span.start, span.end) for span in self.marked}
        known = [i for i in heard if (self.references[i].start, self.references[i].end) in marked]
        able = [i for i in heard if self._can_speak(self.references[i], quote.cue)]
        quote.speakers = (
            self._nearest(quote, known)
            or self._subject(quote, able)
            or self._beside(quote, able)
            or self._previous(quote, able, before)
        )
        quote.addressees = self._addressed(quote, able)

    def _can_speak(self, mention: Reference, cue: Typed | None) -> bool:
        lowered = mention.exact.lower()
        if mention.form == "adjective" or lowered in self.words("mentions", "possessives"):
            return False
        if self.text[mention.end : mention.end + 2] not in ("'s", "’s"):
            return True
        # A noun as cue: by the mayor's reckoning.
        return cue is not None and cue.start == mention.end + len("'s ")

    def _nearest(self, quote: Attributed, known: Sequence[int]) -> list[int]:
        """Of the marked speakers in the sentence the nearest, with those it is joined to."""
        anchor = quote.cue or quote.contents[0]
        near = [i for i in known if self._sentence_gap(anchor, self._span(i)) == 0]
        if not near:
            return []
        best = min(near, key=lambda i: (_gap(anchor, self._span(i)), i))
        return self._with_joined(best, near)

    def _subject(self, quote: Attributed, able: Sequence[int]) -> list[int]:
        """The mention in the place of the speaker, in the sentence of the cue."""
        if quote.cue is None:
            return []
        cue = quote.cue
        near = [i for i in self._outermost(able) if self._sentence_gap(cue, self._span(i)) == 0]
        before = [i for i in near if self.references[i].end <= cue.start]
        before = [i for i in before if not self._is_governed(i)] or before
        behind = [i for i in near if 0 <= self.references[i].start - cue.end <= _FEW]
        if behind and (self._is_inverted(quote) or not before):
            return self._with_joined(behind[0], behind)
        if not before:
            return []
        return self._with_joined(self._named(before[-1], before), before)

    def _is_governed(self, index: int) -> bool:
        """Whether a preposition stands before a mention."""
        words = self.text[: self.references[index].start].rsplit(maxsplit=2)[-2:]
        while words and words[-1].lower() in ("the", "a", "an"):
            words.pop()
        return bool(words) and words[-1].lower() in self.words("quotes", "prepositions")

    def _is_inverted(self, quote: Attributed) -> bool:
        """Whether the speaker stands behind the cue: "...", said X; according to X."""
        assert quote.cue is not None
        word, _, _ = self.text[quote.cue.start : quote.cue.end].partition(" ")
        if word.lower() in (self.words("quotes", "followed") or {""}):
            return True
        ends = [part.end for part in quote.contents if part.end <= quote.cue.start]
        return bool(ends) and bool(_ONLY_MARKS.fullmatch(self.text, max(ends), quote.cue.start))

    def _named(self, index: int, others: Sequence[int]) -> int:
        """The name that a description follows after a comma, else the mention itself."""
        described = self.references[index]
        for other in others:
            name = self.references[other]
            alike = name.form == "name" and described[3:] == (name.kind, "nominal")
            if alike and self.text[name.end : described.start].strip() == ",":
                return other
        return index

    def _with_joined(self, index: int, others: Sequence[int]) -> list[int]:
        """The mention with those that a conjunction joins to it."""
        joined = [index]
        for other in sorted(others):
            one, two = sorted((self._span(joined[-1]), self._span(other)))
            between = self.text[one.end : two.start]
            if one.end < two.start and _AND.fullmatch(between):
                joined.append(other)
        return sorted(dict.fromkeys(joined))

    def _previous(
        self, quote: Attributed, able: Sequence[int], before: Sequence[Attributed]
    ) -> list[int]:
        """Who spoke last, else the nearest mention before the quote."""
        told = self._told_before(quote, able, before)
        if told:
            return told
        heard = set(able)
        for other in reversed(before):
            if other.outer == quote.outer and heard.issuperset(other.speakers) and other.speakers:
                return other.speakers
        start = quote.contents[0].start
        earlier = [i for i in self._outermost(able) if self.references[i].end <= start]
        return earlier[-1:]

    def _beside(self, quote: Attributed, able: Sequence[int]) -> list[int]:
        """The nearest name in the sentence of a quote without cue."""
        if quote.cue is not None:
            return []
        names = [i for i in able if self.references[i].form == "name"]
        spans = [(self._span(i), part, i) for i in names for part in quote.contents]
        near = [
            (_gap(span, part), i) for span, part, i in spans if self._sentence_gap(span, part) == 0
        ]
        return [min(near)[1]] if near else []

    def _told_before(
        self, quote: Attributed, able: Sequence[int], before: Sequence[Attributed]
    ) -> list[int]:
        """The first person of the sentence before a quote without cue, if nobody speaks there."""
        number = self.sentence(quote.contents[0].start) - 1
        if quote.cue is not None or number < 0:
            return []
        start, end = self.sentences[number]
        if "\n" in self.text[start : quote.contents[0].start]:
            return []
        if any(other.holds(start, end) for other in before):
            return []
        inside = [i for i in able if start <= self.references[i].start < end]
        return [i for i in inside if self.references[i].kind == "person"][:1]

    def _addressed(self, quote: Attributed, able: Sequence[int]) -> list[int]:
        """Whom the cue has as its object: "told parliament"."""
        cue = quote.cue
        if cue is None:
            return []
        word = self.text[cue.start : cue.end].lower()
        if word not in self.words("quotes", "addressed"):
            return []
        free = [i for i in able if i not in quote.speakers]
        behind = [i for i in free if 0 < self.references[i].start - cue.end <= 5]
        return behind[:1]

    def _outermost(self, indices: Sequence[int]) -> list[int]:
        """Those mentions that lie in no other of them."""
        kept: list[int] = []
        for index in indices:
            if not kept or self.references[index].end > self.references[kept[-1]].end:
                kept.append(index)
        return kept

    def _span(self, index: int) -> Typed:
        mention = self.references[index]
        return Typed(mention.start, mention.end, mention.kind)


def innermost(span: Typed | Reference, contents: Iterable[Typed]) -> Typed | None:
    """The shortest of the contents that holds a span and is not equal to it."""
    holding = [
        content
        for content in contents
        if content.start <= span.start and span.end <= content.end and not _same(span, content)
    ]
    return min(holding, key=lambda content: content.end - content.start, default=None)


def _cuts(content: Typed, cue: Typed) -> bool:
    """Whether a cue has characters of a content without being a part of it."""
    shared = content.start < cue.end and cue.start < content.end
    inside = content.start <= cue.start and cue.end <= content.end
    return shared and (not inside or _same(cue, content))


def _same(one: Typed | Reference, other: Typed) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _gap(one: Typed, other: Typed) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
