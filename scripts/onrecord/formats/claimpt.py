"""The JSON Lines of ClaimPT, as its authors describe it."""

from collections.abc import Iterator
from typing import Any

import msgspec

from ..standoff.graph import Stretch
from .shapes import MisshapenError

FIELDS = frozenset(
    "claim begin_character end_character text_segment claim_topic claim_span claim_object claimer"
    " time stance id document news_article_topic publication_time items".split()
)
"""What an item and its document have."""


class Words(msgspec.Struct):
    """Some words of the text, in code points."""

    begin: int
    end: int
    text: str = ""
    type: str | None = None


Several = Words | list[Words] | str | None
"""Words, several of them, or nothing; a string tells of something without place in the text."""


class Item(msgspec.Struct):
    """A claim, or what could be taken for one; only a claim has what follows its segment."""

    claim: bool
    begin_character: int
    end_character: int
    text_segment: str = ""
    id: str | int | None = None
    claim_topic: str | None = None
    stance: Any = None
    claim_span: Several = None
    claim_object: Several = None
    claimer: Several = None
    time: Several = None

    @property
    def segment(self) -> Words:
        """The sentence, without its marks."""
        return Words(self.begin_character, self.end_character, self.text_segment)


class Entry(msgspec.Struct):
    """What one line tells: all items of a document, or a single one and its document."""

    document: str
    publication_time: str | None = None
    news_article_topic: str | None = None
    items: list[Any] | None = None


def several(given: Several) -> list[Words]:
    """The words, in order of the text."""
    if isinstance(given, list):
        return sorted(given, key=lambda words: (words.begin, words.end))
    return [given] if isinstance(given, Words) else []


def place(words: Words, text: str) -> Stretch:
    """Where words stand.

    Raises:
        MisshapenError: outside the text.
    """
    if not 0 <= words.begin < words.end <= len(text):
        raise MisshapenError(
            f"{words.begin}-{words.end}, expected a span in {len(text)} characters"
        )
    return words.begin, words.end


def distance(words: Words, segment: Words) -> tuple[bool, int]:
    """How far words stand from a segment; words that overlap it count as farther than all else."""
    before, after = segment.begin - words.end, words.begin - segment.end
    return max(before, after) < 0, max(before, after)


def fitting(text: str, items: list[Item]) -> str:
    """The text; with LF for CR LF if only that agrees with all the words that items give."""
    plain = text.replace("\r\n", "\n")
    given = [words for item in items for words in _all(item) if words.text]
    agree = [all(t[w.begin : w.end] == w.text for w in given) for t in (text, plain)]
    return plain if agree == [False, True] else text


def _all(item: Item) -> Iterator[Words]:
    yield item.segment
    for given in (item.claim_span, item.claim_object, item.claimer, item.time):
        yield from several(given)
