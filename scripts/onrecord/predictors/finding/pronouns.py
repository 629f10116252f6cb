"""Pronouns that stand for somebody."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ..flat import Typed
from ..overlaps import Overlaps
from .reading import Reading
from .tokens import Token

_BODY = "body"
"""A state or an organization."""
_KINDS = {"speaking_plural": _BODY, "neuter": _BODY, "plural": "group", "persons": "person"}
"""Whom pronouns stand for; of several lists that have one the last counts."""


class Pronouns:
    """The pronouns of one English text, whose names and contents of quotes are known."""

    def __init__(self, reading: Reading, names: Sequence[Typed], contents: Sequence[Typed]) -> None:
        self._tokens = reading.tokens
        self._words = reading.words
        self._contents = Overlaps(contents)
        bodies = [name for name in names if name.type in ("gpe", "organization")]
        self._ends = [name.end for name in bodies]
        self._listed = {
            word: kind
            for name, kind in _KINDS.items()
            for word in reading.words("mentions", name) - reading.words("mentions", "unmarked")
        }
        self._kinds = ["organization", *(name.type for name in bodies)]

    def spans(self) -> Iterator[Typed]:
        """Personal, possessive and reflexive pronouns but the empty "it" and "you".

        "I" and "my" count only inside contents.
        """
        for token in (token for sentence in self._tokens for token in sentence):
            kind = self._kind(token)
            if kind and (not self._is_first_person(token) or self._is_said(token)):
                yield Typed(token.start, token.end, kind)

    def _is_first_person(self, token: Token) -> bool:
        return token.lower in self._words("mentions", "speaking")

    def _is_said(self, token: Token) -> bool:
        return self._contents.any_overlap(token.start, token.start + 1)

    def _kind(self, token: Token) -> str:
        """The kind of actor that a pronoun stands for, empty for other words."""
        kind = self._listed.get(token.lower, "")
        if token.text == "US":
            return ""
        return self._last_body(token.start) if kind == _BODY else kind

    def _last_body(self, at: int) -> str:
        """The kind of the last state or body that was named."""
        return self._kinds[bisect_right(self._ends, at)]
