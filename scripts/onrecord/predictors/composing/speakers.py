"""Who speaks a quote, and who is spoken to."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from ..spans import Typed
from .forms import Reference
from .lexicon import Lexicon
from .places import Sentences, gap, innermost

_FEW = 40
"""Characters between a cue and a speaker that stands behind it, with titles."""
_LONGEST_JOINT = 60
_REACH = 3000
"""Characters from a quote to the furthest mention that may speak it."""
_ONLY_MARKS = regex.compile(r"[\W_]*")
_AND = regex.compile(
    r"\s*,?\s*(?:and|und|et|y|e|och|og|en|и|і|&)\s+(?:the\s+)?"
    r"(?:\p{Lu}\w+\s+){0,3}(?:of\s+\p{Lu}\w+\s+)?"
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
class Speakers:
    """Who can speak in a text: its mentions, and the words of its language that tell.

    `marked` are the spans that are known to speak; where there are none speakers are guessed.
    """

    text: str
    sentences: Sentences
    references: Sequence[Reference]
    marked: Sequence[Typed]
    words: Lexicon

    def hear(self, quotes: Sequence[Attributed], contents: Sequence[Typed]) -> None:
        """Find speakers and addressees of the quotes, which are in the order of the text.

        A mention speaks only where the same content is around it and the quote.
        """
        around = [innermost(mention, contents) for mention in self.references]
        starts = [mention.start for mention in self.references]
        for number, quote in enumerate(quotes):
            first = bisect_left(starts, quote.contents[0].start - _REACH)
            last = bisect_left(starts, quote.contents[-1].end + _REACH)
            heard = [
                index
                for index in range(first, last)
                if around[index] == quote.outer
                and not quote.holds(self.references[index].start, self.references[index].end)
            ]
            self._hear(quote, heard, quotes[:number])

    def _hear(self, quote: Attributed, heard: Sequence[int], before: Sequence[Attributed]) -> None:
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
        near = [i for i in known if self.sentences.between(anchor, self.references[i]) == 0]
        if not near:
            return []
        best = min(near, key=lambda i: (gap(anchor, self.references[i]), i))
        return self._with_joined(best, near)

    def _subject(self, quote: Attributed, able: Sequence[int]) -> list[int]:
        """The mention in the place of the speaker, in the sentence of the cue."""
        if quote.cue is None:
            return []
        cue = quote.cue
        near = [
            i for i in self._outermost(able) if self.sentences.between(cue, self.references[i]) == 0
        ]
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
        start = self.references[index].start
        words = self.text[max(start - _FEW, 0) : start].split()[-2:]
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
            near = 0 < described.start - name.end < 4
            if alike and near and self.text[name.end : described.start].strip() == ",":
                return other
        return index

    def _with_joined(self, index: int, others: Sequence[int]) -> list[int]:
        """The mention with those that a conjunction joins to it."""
        joined = [index]
        for other in sorted(others):
            one, two = sorted((self.references[joined[-1]], self.references[other]))
            near = 0 < two.start - one.end < _LONGEST_JOINT
            if near and _AND.fullmatch(self.text, one.end, two.start):
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
        near = [
            (gap(self.references[i], part), i)
            for i in names
            for part in quote.contents
            if self.sentences.between(self.references[i], part) == 0
        ]
        return [min(near)[1]] if near else []

    def _told_before(
        self, quote: Attributed, able: Sequence[int], before: Sequence[Attributed]
    ) -> list[int]:
        """The first person of the sentence before a quote without cue, if nobody speaks there."""
        number = self.sentences.number(quote.contents[0].start) - 1
        if quote.cue is not None or number < 0:
            return []
        start, end = self.sentences.stretches[number]
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
