"""Noun phrases that may stand for somebody: a determiner, a few words, a noun that is listed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from ...english import head
from ..flat import Typed
from ..overlaps import Overlaps
from .reading import Reading
from .tokens import Token

_BETWEEN = (" ", "\N{NO-BREAK SPACE}", "'s ", "’s ", "' ", "’ ")
_NO_NOUN = frozenset("of in at and to that who is was were are for on with from by".split())
_OF = regex.compile(r" (?:of|at|in|for|from) (?:the )?")
_OF_PLAIN = regex.compile(r" (?:of|for) (?:the |an? )?\p{Ll}+")
_NAME_BEHIND = regex.compile(r"\s\p{Lu}")
_LONGEST = 6
_JOINT = 10
"""Characters between a noun and the name that a preposition joins to it, less than."""
_KINDS = {
    "artifacts": "artifact",
    "groups": "group",
    "organizations": "organization",
    "persons": "person",
}
"""What nouns stand for; of several lists that have one the last counts."""


class Phrase(NamedTuple):
    """A noun phrase, in lower case; `kind` is that of an actor."""

    start: int
    end: int
    kind: str
    lower: str

    @property
    def noun(self) -> str:
        """The head."""
        return head(self.lower)

    @property
    def first(self) -> str:
        """The first word."""
        return self.lower.split(maxsplit=1)[0]


class Phrases:
    """Finds the noun phrases of one English text, whose names are known."""

    def __init__(self, reading: Reading, names: Overlaps[Typed]) -> None:
        self._text = reading.text
        self._tokens = reading.tokens
        self._words = reading.words
        self._names = names
        self._kinds = dict.fromkeys(reading.words.generic.get("gpe", ()), "gpe")
        for name, kind in _KINDS.items():
            self._kinds |= dict.fromkeys(reading.words("kinds", name), kind)

    def __iter__(self) -> Iterator[Phrase]:
        for tokens in self._tokens:
            at = 0
            while at < len(tokens):
                if tokens[at].lower in self._words("mentions", "determiners"):
                    phrase, at = self._determined(tokens, at)
                else:
                    phrase, at = self._undetermined(tokens[at]), at + 1
                if phrase is not None:
                    yield phrase

    def _determined(self, tokens: Sequence[Token], at: int) -> tuple[Phrase | None, int]:
        """A determiner, at most a few words, the noun, and the name that "of" or "at" adds."""
        last = self._last_noun(tokens, at)
        if last == at:
            return None, at + 1
        end = tokens[last].end
        if _NAME_BEHIND.match(self._text, end):
            return None, last + 1
        kind = self._kind(tokens[last])
        end = self._with_name(end, every=kind == "person")
        return self._phrase(tokens[at].start, end, kind), last + 1

    def _last_noun(self, tokens: Sequence[Token], at: int) -> int:
        """Where the last of the nouns that stand together behind a determiner is, else `at`."""
        last = at
        for index in range(at + 1, min(at + _LONGEST, len(tokens))):
            token = tokens[index]
            parted = self._text[tokens[index - 1].end : token.start] not in _BETWEEN
            article = index == at + 1 and token.lower in self._words("mentions", "articles")
            if parted or article or token.lower in _NO_NOUN:
                break
            if self._kind(token):
                last = index
            elif last > at:
                break
        return last

    def _with_name(self, end: int, *, every: bool) -> int:
        """The end of the name that a preposition joins to a noun; of bodies only "of" counts."""
        for name in self._names.starting(end + 1, end + _JOINT):
            if _OF.fullmatch(self._text, end, name.start):
                return name.end if every or self._text.startswith(" of", end) else end
        return end

    def _undetermined(self, token: Token) -> Phrase | None:
        """A group, or the description of a name, without a determiner."""
        kind = self._kind(token)
        if kind == "group":
            return self._phrase(token.start, token.end, kind)
        if kind != "person" or self._text[token.start - 2 : token.start] != ", ":
            return None
        end = self._with_name(token.end, every=True)
        if end == token.end and (match := _OF_PLAIN.match(self._text, end)):
            end = match.end()
        return self._phrase(token.start, end, kind) if end > token.end else None

    def _kind(self, token: Token) -> str:
        """The kind of actor that a noun stands for, empty for other words."""
        return "" if token.big else self._kinds.get(token.lower, "")

    def _phrase(self, start: int, end: int, kind: str) -> Phrase:
        return Phrase(start, end, kind, self._text[start:end].lower())
