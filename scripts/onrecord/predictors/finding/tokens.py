"""The words of a text, as names and noun phrases are made of them."""

from collections.abc import Iterator
from typing import NamedTuple

import regex

from ...segment import Stretch

_TOKEN = regex.compile(
    r"(?:\p{L}\.){2,}|[\p{L}\p{M}\p{N}]+(?:(?:[-'’]|\.(?=\p{Lu}\p{Ll}))[\p{L}\p{M}\p{N}]+)*"
)
_ENDING = regex.compile(r"['’](?:s|ve|m|ll|d|re)$")
_NEW_START = regex.compile(r"[.:!?]|\s?[“‘\"'«„]")


class Token(NamedTuple):
    """A word without its possessive ending; `first` where a capital says nothing."""

    start: int
    end: int
    text: str
    first: bool

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def big(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper() or self.text[0].istitle()


def tokenized(text: str, sentence: Stretch) -> Iterator[Token]:
    """The words of one sentence."""
    first = True
    for match in _TOKEN.finditer(text, *sentence):
        ending = _ENDING.search(match[0])
        end = match.start() + ending.start() if ending else match.end()
        yield Token(match.start(), end, text[match.start() : end], first)
        first = _NEW_START.match(text, match.end()) is not None
