"""Who speaks a quote, and who is spoken to."""

from bisect import bisect_left
from collections.abc import Sequence

from ..flat import Typed
from ..lexicon import Lexicon
from ..overlaps import Nested
from .distance import Sentences, gap
from .draft import Draft
from .forms import Reference
from .subjects import Subjects
from .turns import Turns

_REACH = 3000
"""Characters from a quote to the furthest mention that may speak it."""
_BEHIND = 5
"""Characters from a cue to the first of those it addresses."""


class Speakers:
    """Who can speak in a text: its mentions, and the words of its language that tell.

    `contents` are those of all quotes. `marked` are the spans that are known to speak; where there
    are none speakers are guessed.
    """

    def __init__(
        self,
        text: str,
        sentences: Sentences,
        references: Sequence[Reference],
        *,
        contents: Sequence[Typed],
        marked: Sequence[Typed],
        words: Lexicon,
    ) -> None:
        nested = Nested(contents)
        self._text = text
        self._sentences = sentences
        self._references = references
        self._starts = [mention.start for mention in references]
        self._around = [nested.around(*mention[:2]) for mention in references]
        self._marked = {span[:2] for span in marked}
        self._words = words
        self._subjects = Subjects(text, sentences, references, words)
        self._turns = Turns(text, sentences, references, contents)

    def hear(self, quotes: Sequence[Draft]) -> None:
        """Find speakers and addressees of the quotes, which are in the order of the text."""
        for quote in quotes:
            heard = self._heard(quote)
            able = [i for i in heard if self._can_speak(self._references[i], quote.cue)]
            quote.speakers = self._speakers(quote, heard, able)
            quote.addressees = self._addressed(quote, able)
            self._turns.add(quote)

    def _heard(self, quote: Draft) -> list[int]:
        """The mentions near a quote with the same content around them and it."""
        first = bisect_left(self._starts, quote.contents[0].start - _REACH)
        last = bisect_left(self._starts, quote.contents[-1].end + _REACH)
        return [
            index
            for index in range(first, last)
            if self._around[index] == quote.outer and not quote.holds(*self._references[index][:2])
        ]

    def _speakers(self, quote: Draft, heard: Sequence[int], able: Sequence[int]) -> list[int]:
        """What the best evidence says that there is."""
        return (
            self._nearest_marked(quote, heard)
            or self._subjects.of(quote, able)
            or self._turns.beside(quote, able)
            or self._turns.introduced(quote, able)
            or self._turns.last(quote, able)
            or self._earlier(quote, able)
        )

    def _can_speak(self, mention: Reference, cue: Typed | None) -> bool:
        lowered = mention.exact.lower()
        if mention.form == "adjective" or lowered in self._words("mentions", "possessives"):
            return False
        if self._text[mention.end : mention.end + 2] not in ("'s", "’s"):
            return True
        # A noun as cue: by the mayor's reckoning.
        return cue is not None and cue.start == mention.end + len("'s ")

    def _nearest_marked(self, quote: Draft, heard: Sequence[int]) -> list[int]:
        """Of the marked speakers in the sentence the nearest, with those it is joined to."""
        anchor = quote.cue or quote.contents[0]
        known = [i for i in heard if self._references[i][:2] in self._marked]
        near = [i for i in known if self._sentences.between(anchor, self._references[i]) == 0]
        if not near:
            return []
        best = min(near, key=lambda i: (gap(anchor, self._references[i]), i))
        return self._subjects.with_joined(best, near)

    def _earlier(self, quote: Draft, able: Sequence[int]) -> list[int]:
        """The last mention before a quote."""
        start = quote.contents[0].start
        before = [i for i in self._subjects.outermost(able) if self._references[i].end <= start]
        return before[-1:]

    def _addressed(self, quote: Draft, able: Sequence[int]) -> list[int]:
        """Whom the cue has as its object: "told parliament"."""
        cue = quote.cue
        if cue is None:
            return []
        word = self._text[cue.start : cue.end].lower()
        if word not in self._words("quotes", "addressed"):
            return []
        free = [i for i in able if i not in quote.speakers]
        return [i for i in free if 0 < self._references[i].start - cue.end <= _BEHIND][:1]
