"""The kinds of the actors that names name, by votes of all places of a name."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ...english import head
from ..flat import Typed
from ..lexicon import countries
from .naming import Name
from .reading import Reading

_BEFORE = 30
"""Characters before a name in which a word tells its kind."""


def named(reading: Reading, names: Sequence[Name]) -> Iterator[Typed]:
    """The names of actors, typed by kind; names of things are left out."""
    kinds = _Votes(reading).kinds(names)
    return (Typed(*name[:2], kind) for name in names if (kind := kinds[name.exact]))


class _Votes:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.text
        self._words = reading.words

    def kinds(self, names: Sequence[Name]) -> dict[str, str]:
        """The kind for each name; empty for what is no actor."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for name in names:
            # A title tells more than the words around a name.
            votes[name.exact]["person" if name.titled else self._vote(name)] += 1 + name.titled
        best = {exact: vote.most_common(1)[0][0] for exact, vote in votes.items()}
        people = {
            part for exact, kind in best.items() if kind == "person" for part in exact.split()
        }
        other = {"unknown": "gpe", "thing": ""}
        return {
            exact: kind if kind not in other else "person" if exact in people else other[kind]
            for exact, kind in best.items()
        }

    def _vote(self, name: Name) -> str:
        """What one place of a name says of its kind."""
        tokens = name.exact.lower().replace("’", "'").split()
        if not self._words.lists:
            return "person" if len(tokens) > 1 else "gpe"
        kind = self._told_by_words(name.exact, tokens)
        return kind or self._told_by_place(name, len(tokens) > 1)

    def _told_by_words(self, exact: str, tokens: Sequence[str]) -> str:
        bodies, places = self._words("kinds", "organizations"), self._words("naming", "geography")
        if exact in self._words("naming", "bodies"):
            return "organization"
        if self._is_place(exact):
            return "gpe"
        last = head(" ".join(tokens))
        if last in bodies and not (last in places and len(tokens) == 2):
            return "organization"
        if last in places or (len(tokens) > 1 and tokens[0] in places):
            return "thing"
        return "organization" if not bodies.isdisjoint(tokens) else ""

    def _told_by_place(self, name: Name, several: bool) -> str:
        exact = name.exact
        before = self._text[max(name.start - _BEFORE, 0) : name.start].split()[-1:] or [""]
        previous = before[0].lower().strip('(“"‘,')
        acronym = exact.isupper() and 1 < len(exact) < 6
        if several:
            dated = self._reading.role(name.start) == "dateline"
            is_place = dated or previous in ("in", "at", "near")
            return "thing" if previous == "the" else "gpe" if is_place else "person"
        if previous == "the" and not acronym:
            derived = exact.lower().endswith(tuple(self._words("adjectives", "likely")))
            return "gpe" if derived else "thing"
        if acronym:
            return "organization"
        return "gpe" if previous in self._words("naming", "places") else "unknown"

    def _is_place(self, exact: str) -> bool:
        listed = exact in self._words("naming", "known") or exact in self._words.adjectives
        return listed or exact in countries() or exact.lower() in self._words("naming", "states")
