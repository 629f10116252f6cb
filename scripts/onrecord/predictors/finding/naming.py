"""Names: runs of capitalised words, without titles and articles."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import regex

from ...segment import Stretch
from ..overlaps import Overlaps
from .reading import Reading
from .tokens import Token

_NAME_BEHIND = regex.compile(r"\s(?:the\s)?\p{Lu}")
_WORD_BEHIND = regex.compile(r"\s(\p{Ll}+)")
_NAMED_ALONE = regex.compile(r"['’]s\b|\s\p{Lu}\p{Ll}")
_SPACES = (" ", "\N{NO-BREAK SPACE}")
_TITLED = 0.7
"""Share of longer words with a capital from which a line is a title."""


class Name(NamedTuple):
    """One place of a name; `titled` where a title before it shows that it is a person's."""

    start: int
    end: int
    exact: str
    titled: bool = False


class _Line(NamedTuple):
    start: int
    end: int


class Naming:
    """The names of one document.

    Where there are no word lists they are capitalised words that do not only begin a sentence; in
    scripts without capitals there are none.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.text
        self._words = reading.words
        self._titles = Overlaps(self._titled())
        flat = [token for sentence in reading.tokens for token in sentence]
        self._small = {token.text for token in flat if not token.big}
        self._inner = {
            token.text
            for token in flat
            if token.big and not token.first and not self._in_title(token)
        }

    def names(self) -> list[Name]:
        """The names, in the order of the text."""
        runs = [run for tokens in self._reading.tokens for run in self._runs(tokens)]
        found = [name for run in runs for name in self._cut(run)]
        alone = {name.exact for name in found if not name.titled}
        return [part for name in found for part in self._split(name, alone)]

    def _titled(self) -> Iterator[_Line]:
        """Headlines and other lines in which nearly every word has a capital."""
        reading = self._reading
        for (_, end), tokens in zip(reading.sentences, reading.tokens, strict=True):
            long = [token.big for token in tokens if len(token.text) > 3]
            if len(long) > 2 and sum(long) > _TITLED * len(long):
                role = reading.role(end - 1)
                ends = self._text[end - 1] in ".!?" and role != "headline"
                if not ends and role not in ("byline", "dateline"):
                    yield _Line(tokens[0].start, tokens[-1].end)

    def _in_title(self, token: Token) -> bool:
        return self._titles.any_overlap(token.start, token.start + 1)

    def _runs(self, tokens: Sequence[Token]) -> Iterator[list[Token]]:
        """Words that stand together as parts of names."""
        run: list[Token] = []
        for token in tokens:
            if run and not self._goes_on(run[-1], token):
                yield run
                run = []
            if self._may_name(token) or (run and self._links(run[-1], token)):
                run.append(token)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _goes_on(self, last: Token, token: Token) -> bool:
        """Whether what stands between two words can stand inside a name."""
        between, before = self._text[last.end : token.start], last.lower
        if between == ". ":
            return before in self._words("mentions", "titles")
        if between.strip() in ("’s", "'s", "’", "'") and token.big:
            is_body = token.lower in self._words("kinds", "organizations")
            return (before.endswith("s") and is_body) or before in self._words("kinds", "groups")
        return between in _SPACES

    def _links(self, last: Token, token: Token) -> bool:
        """Whether "of" or "for" stands inside a name: Bank of X, Institute for the Y."""
        if token.lower == "the":
            return last.lower in ("of", "for")
        behind = _NAME_BEHIND.match(self._text, token.end) is not None
        bodies = self._words("naming", "behind_of")
        return token.lower in ("of", "for") and behind and last.lower in bodies

    def _may_name(self, token: Token) -> bool:
        lower = token.lower
        if not token.big or lower in self._words("naming", "calendar") or lower == "i":
            return False
        if self._in_title(token):
            return token.text in self._inner
        if not token.first or token.text in self._inner:
            return True
        if lower in self._words("naming", "openers") or lower in self._small:
            return False
        match = _WORD_BEHIND.match(self._text, token.end)
        if match and match[1] in self._words("reporting", "plain"):
            return True
        acronym = token.text.isupper() and len(token.text) > 1
        return acronym or _NAMED_ALONE.match(self._text, token.end) is not None

    def _cut(self, run: Sequence[Token]) -> Iterator[Name]:
        """A run without titles; a name behind a title is a person's."""
        first, past = 0, len(run)
        while past and not run[past - 1].big:
            past -= 1
        openers = self._words("naming", "openers")
        while first < past and run[first].first and run[first].lower in openers:
            first += 1
        run = run[first:past]
        number = next((at for at in range(len(run)) if self._is_title(run, at)), None)
        if number is not None:
            yield from self._whole(run[:number])
            while number < len(run) and self._is_title(run, number):
                number += 1
        yield from self._whole(run[number or 0 :], titled=number is not None)

    def _is_title(self, run: Sequence[Token], at: int) -> bool:
        """Whether a word is a title, and not the beginning of a body's name: Defence Ministry."""
        bodies = self._words("kinds", "organizations")
        is_body = any(token.lower in bodies for token in run[at : at + 3])
        return run[at].lower in self._words("mentions", "titles") and not is_body

    def _whole(self, run: Sequence[Token], *, titled: bool = False) -> Iterator[Name]:
        if run and run[0].big:
            start, end = run[0].start, run[-1].end
            yield Name(start, end, self._text[start:end], titled)

    def _split(self, name: Name, alone: Collection[str]) -> Iterator[Name]:
        """A name that is two: "President of Arland Jo Roe", where "Arland" also stands alone."""
        before = self._text[max(name.start - len(" of the "), 0) : name.start]
        parts = self._parts(name, alone) if before.endswith((" of ", " of the ")) else None
        if parts is None:
            yield name
        else:
            (start, middle), (behind, end) = parts
            yield Name(start, middle, self._text[start:middle])
            yield Name(behind, end, self._text[behind:end], titled=True)

    def _parts(self, name: Name, alone: Collection[str]) -> tuple[Stretch, Stretch] | None:
        """Where the longest name that is known ends in another, and where the rest begins."""
        bodies = self._words("kinds", "organizations")
        blank = name.exact.rfind(" ")
        while (blank := name.exact.rfind(" ", 0, max(blank, 0))) > 0:
            first, rest = name.exact[:blank], name.exact[blank + 1 :]
            known = first in alone or first.rpartition(" ")[2].lower() in bodies
            if known and bodies.isdisjoint(rest.lower().split()):
                middle = name.start + blank
                return (name.start, middle), (middle + 1, name.end)
        return None
