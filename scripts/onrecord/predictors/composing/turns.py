"""Who speaks a quote beside which nobody is named as its speaker: by turns, as in a dialogue."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..flat import Typed
from ..overlaps import Overlaps
from .distance import Sentences, gap
from .draft import Draft
from .forms import Reference


class Turns:
    """Goes through the quotes of one text in order, and remembers who spoke."""

    def __init__(
        self,
        text: str,
        sentences: Sentences,
        references: Sequence[Reference],
        contents: Iterable[Typed],
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._references = references
        self._contents = Overlaps(contents)
        self._spoken: dict[Typed | None, list[list[int]]] = defaultdict(list)

    def add(self, quote: Draft) -> None:
        """Take note of who spoke a quote."""
        if quote.speakers:
            self._spoken[quote.outer].append(quote.speakers)

    def beside(self, quote: Draft, able: Sequence[int]) -> list[int]:
        """The nearest name in the sentence of a quote without cue."""
        if quote.cue is not None:
            return []
        names = [i for i in able if self._references[i].form == "name"]
        near = [
            (gap(self._references[i], part), i)
            for i in names
            for part in quote.neighbours(self._references[i].start)
            if self._sentences.between(self._references[i], part) == 0
        ]
        return [min(near)[1]] if near else []

    def introduced(self, quote: Draft, able: Sequence[int]) -> list[int]:
        """The first person of the sentence before a quote without cue, if nobody speaks there."""
        first = quote.contents[0].start
        number = self._sentences.number(first) - 1
        if quote.cue is not None or number < 0:
            return []
        start, end = self._sentences.stretches[number]
        if "\n" in self._text[start:first] or self._contents.any_overlap(start, end):
            return []
        inside = [i for i in able if start <= self._references[i].start < end]
        return [i for i in inside if self._references[i].kind == "person"][:1]

    def last(self, quote: Draft, able: Sequence[int]) -> list[int]:
        """Who spoke last with the same content around, if they are among those who can."""
        heard = set(able)
        spoken = reversed(self._spoken[quote.outer] if heard else [])
        return next((speakers for speakers in spoken if heard.issuperset(speakers)), [])
