"""Stretches parted into clauses: at semicolons, before new subjects, before relative clauses."""

from collections.abc import Iterator

import regex

from ...segment import Stretch
from .reading import Reading

_SPLIT = regex.compile(
    r";\s+|(?:,\s+(?:and|but|so|while|yet)\s+|\s+and\s+|\s+but\s+|,\s+)(?=(?P<word>[\p{L}’']+)\s)"
)
_FINITE = regex.compile(
    r"(?:[\p{L}’'-]+\s){1,5}(?:is|are|was|were|has|have|had|will|would|can|could|may|might|did|does"
    r"|do|\p{Ll}{3,}ed|went|gave|said|took|came|told|rose|fell|made|put|held|left|lost|won)\b"
)
_FINAL = ".,;:!?…。！？"
_SHORTEST = 8


class Clauses:
    """Parts the stretches of one text."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._words = reading.words
        self._nested = reading.nested

    def parted(self, start: int, end: int) -> Iterator[Stretch]:
        """The clauses of a stretch, with the punctuation between them."""
        at = start
        for match in _SPLIT.finditer(self._text, start, end):
            if not self._is_quoted(match.start(), start, end) and self._parts(match, at, end):
                yield at, match.start()
                at = match.end()
        yield at, end

    def _parts(self, match: "regex.Match[str]", start: int, end: int) -> bool:
        """Whether a clause with a subject of its own begins behind the match."""
        if match[0].startswith(";"):
            return bool(self._words.lists)
        word = match["word"].lower()
        if match.start() - start < _SHORTEST or end - match.end() < _SHORTEST:
            return False
        if match[0].strip() == ",":
            # Behind a relative clause in the middle the main clause goes on.
            closes = self._text.find(", ", match.end(), end) < 0
            return closes and word in self._words("asserting", "relatives")
        if word in self._words("asserting", "pronouns"):
            return True
        big = self._text[match.end()].isupper()
        subject = big or word in self._words("asserting", "subjects")
        finite = _FINITE.match(self._text, match.end(), end) is not None
        return match[0].startswith(",") and subject and finite

    def _is_quoted(self, at: int, start: int, end: int) -> bool:
        """Whether an offset lies in marks that do not enclose the whole stretch."""
        return any(
            start <= each.start < at and each.end <= end and each[:2] != (start, end)
            for each in self._nested.holding(at, at + 1)
        )


def bare(reading: Reading, start: int, end: int) -> Stretch:
    """A clause without white space, a leading conjunction and final punctuation."""
    text = reading.text
    start += len(text[start:end]) - len(text[start:end].lstrip())
    first = text[start:end].partition(" ")[0]
    if first.lower() in reading.words("asserting", "leading"):
        start = min(start + len(first) + 1, end)
    return start, start + len(text[start:end].rstrip(_FINAL + " \n\t\u2028"))
