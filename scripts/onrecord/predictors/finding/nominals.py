"""Noun phrases that stand for somebody: who speaks, who is described, who comes again."""

from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from ..flat import Typed
from ..overlaps import Overlaps
from .phrases import Phrase, Phrases
from .reading import Reading

_ADDED = regex.compile(r" (?:of|at|in|for|from|on|near|with) [^,;.:“”\"]{2,60}")
_APPOSITION = regex.compile(r",[^,;.“”\"]{3,60}, ")
_ADVERBS = regex.compile(r"(?: (?:also|has|had|have|then|later|\p{Ll}+ly))* ?")
_CLOSING = ",”\"’'?!"
_FAR = 80
"""Characters from a phrase to the cue that it is the subject of, less than."""
_BEHIND = 2
"""Characters from a cue to a speaker behind it."""


class Nominals:
    """The noun phrases of one English text, whose names and cues are known."""

    def __init__(self, reading: Reading, names: Sequence[Typed], cues: Sequence[Typed]) -> None:
        self._text = reading.text
        self._words = reading.words
        self._names = Overlaps(names)
        self._phrases = list(Phrases(reading, self._names))
        self._cues = Overlaps(cues)
        self._order = {cue: -at for at, cue in enumerate(reversed(cues))}
        self._named = {(name.type, name.end) for name in names}
        self._nouns = Counter(phrase.noun for phrase in self._phrases)
        self._bodies = {
            word.lower()
            for name in names
            if name.type == "organization"
            for word in self._text[name.start : name.end].split()
        }

    def spans(self) -> Iterator[Typed]:
        """Phrases for a person, a body or a group that speak, describe a name, or come again."""
        for phrase in self._phrases:
            end = self._speaking(phrase)
            stands = phrase.kind != "artifact" and (
                self._describes(phrase) or self._comes_again(phrase)
            )
            if end is not None or stands:
                yield Typed(phrase.start, end or phrase.end, phrase.kind)

    def _comes_again(self, phrase: Phrase) -> bool:
        """Whether a phrase takes up a named body, or its noun stands in several phrases."""
        if phrase.first in self._words("mentions", "definite") and phrase.noun in self._bodies:
            return True
        determined = phrase.first in self._words("mentions", "determiners")
        return determined and self._nouns[phrase.noun] > 1

    def _describes(self, phrase: Phrase) -> bool:
        """Whether a phrase stands behind a name, parted by a comma."""
        parted = self._text[max(phrase.start - 2, 0) : phrase.start] == ", "
        listed = phrase.kind in ("person", "organization")
        return parted and listed and (phrase.kind, phrase.start - 2) in self._named

    def _speaking(self, phrase: Phrase) -> int | None:
        """Where a phrase in the place of a speaker ends, with all that belongs to it."""
        near = [
            *self._cues.starting(phrase.end + 1, phrase.end + _FAR),
            *self._cues.overlapping(phrase.start - _BEHIND - 1, phrase.start),
        ]
        for cue in sorted(near, key=self._order.__getitem__):
            if cue.start - phrase.end > 0 and (end := self._subject_end(phrase, cue)):
                return end
            if 0 < phrase.start - cue.end <= _BEHIND and self._takes(cue):
                return phrase.end
        return None

    def _subject_end(self, phrase: Phrase, cue: Typed) -> int | None:
        """Where a phrase that is the subject of a cue ends; None if it is not."""
        start, stop = phrase.end, cue.start
        between = (_ADVERBS, _APPOSITION)
        if any(pattern.fullmatch(self._text, start, stop) for pattern in between):
            return start
        inside = any(name.type == "person" for name in self._names.starting(start + 1, stop))
        if not inside and _ADDED.fullmatch(self._text, start, stop):
            return start + len(self._text[start:stop].rstrip())
        return None

    def _takes(self, cue: Typed) -> bool:
        """Whether a mention stands behind a cue: told X; "...", said X; according to X."""
        word = self._text[cue.start : cue.end].lower()
        addressed = word in self._words("quotes", "addressed") or word.startswith("according")
        return addressed or self._text[max(cue.start - 2, 0) : cue.start].rstrip()[-1:] in _CLOSING
