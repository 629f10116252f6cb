"""Who stands in the place of a speaker beside a cue, by the order of words."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from ..flat import Typed
from ..lexicon import Lexicon
from .distance import Sentences
from .draft import Draft
from .forms import Reference

_FEW = 40
"""Characters between a cue and a speaker that stands behind it, with titles."""
_APPOSED = 4
_LONGEST_JOINT = 60
_ONLY_MARKS = regex.compile(r"[\W_]*")
_AND = regex.compile(
    r"\s*,?\s*(?:and|und|et|y|e|och|og|en|и|і|&)\s+(?:the\s+)?"
    r"(?:\p{Lu}\w+\s+){0,3}(?:of\s+\p{Lu}\w+\s+)?"
)


@dataclass(frozen=True)
class Subjects:
    """The mentions of one text, of which some are subjects of cues. They are given by indices."""

    text: str
    sentences: Sentences
    references: Sequence[Reference]
    words: Lexicon

    def of(self, quote: Draft, able: Sequence[int]) -> list[int]:
        """The mention in the place of the speaker, in the sentence of the cue, with its equals."""
        cue = quote.cue
        if cue is None:
            return []
        near = [i for i in self.outermost(able) if self._is_beside(cue, i)]
        before = [i for i in near if self.references[i].end <= cue.start]
        before = [i for i in before if not self._is_governed(i)] or before
        behind = [i for i in near if 0 <= self.references[i].start - cue.end <= _FEW]
        if behind and (not before or self._is_inverted(quote, cue)):
            return self.with_joined(behind[0], behind)
        if not before:
            return []
        return self.with_joined(self._named(before[-1], before), before)

    def with_joined(self, index: int, others: Sequence[int]) -> list[int]:
        """A mention with those that a conjunction joins to it."""
        joined = [index]
        for other in sorted(others):
            one, two = sorted((self.references[joined[-1]], self.references[other]))
            near = 0 < two.start - one.end < _LONGEST_JOINT
            if near and _AND.fullmatch(self.text, one.end, two.start):
                joined.append(other)
        return sorted(dict.fromkeys(joined))

    def outermost(self, indices: Sequence[int]) -> list[int]:
        """Those mentions that lie in no other of them."""
        kept: list[int] = []
        for index in indices:
            if not kept or self.references[index].end > self.references[kept[-1]].end:
                kept.append(index)
        return kept

    def _is_beside(self, cue: Typed, index: int) -> bool:
        return self.sentences.between(cue, self.references[index]) == 0

    def _is_governed(self, index: int) -> bool:
        """Whether a preposition stands before a mention."""
        start = self.references[index].start
        words = self.text[max(start - _FEW, 0) : start].split()[-2:]
        while words and words[-1].lower() in ("the", "a", "an"):
            words.pop()
        return bool(words) and words[-1].lower() in self.words("quotes", "prepositions")

    def _is_inverted(self, quote: Draft, cue: Typed) -> bool:
        """Whether the speaker stands behind the cue: "...", said X; according to X."""
        word, _, _ = self.text[cue.start : cue.end].partition(" ")
        if word.lower() in (self.words("quotes", "followed") or {""}):
            return True
        ends = [part.end for part in quote.contents if part.end <= cue.start]
        return bool(ends) and bool(_ONLY_MARKS.fullmatch(self.text, max(ends), cue.start))

    def _named(self, index: int, others: Sequence[int]) -> int:
        """The name that a description follows after a comma, else the mention itself."""
        described = self.references[index]
        for other in others:
            name = self.references[other]
            alike = name.form == "name" and described[3:] == (name.kind, "nominal")
            near = 0 < described.start - name.end < _APPOSED
            if alike and near and self.text[name.end : described.start].strip() == ",":
                return other
        return index
