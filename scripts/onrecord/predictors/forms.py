"""The forms of mentions: name, pronoun, nominal, adjective."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from ..english import PRONOUNS
from .lexicon import Lexicon
from .spans import Typed

_STEM = 4


class Reference(NamedTuple):
    """A mention before it is known whose it is."""

    start: int
    end: int
    exact: str
    kind: str
    form: str

    @property
    def key(self) -> str:
        """The words, in a form in which equal names are equal."""
        return self.exact.casefold().replace(".", "")


def references(text: str, spans: Iterable[Typed], words: Lexicon) -> list[Reference]:
    """The mentions of one text with their forms; the spans are sound and do not cross."""
    cut = [(span, text[span.start : span.end]) for span in spans]
    places = {exact for span, exact in cut if span.type == "gpe"}
    return [
        Reference(span.start, span.end, exact, span.type, form(exact, span.type, places, words))
        for span, exact in cut
    ]


def form(exact: str, kind: str, places: Collection[str], words: Lexicon) -> str:
    """The form of one mention; `places` are the exact words of the gpe mentions of its document."""
    first = exact.split(maxsplit=1)[0].lower()
    # Without word lists the language is not English, and the case of a letter is all there is.
    if words.lists and exact.lower() in PRONOUNS and exact != "US":
        return "pronoun"
    if first in words("mentions", "determiners") or _is_common(exact):
        return "nominal"
    if kind == "gpe" and state(exact, places, words):
        return "adjective"
    return "name"


def state(exact: str, places: Collection[str], words: Lexicon) -> str:
    """The name of the state whose adjective of nationality `exact` is; empty if it is none.

    Known are those of the word list, and those that share the stem of a name among `places`.
    """
    if exact in words.adjectives:
        return words.adjectives[exact]
    lowered = exact.lower()
    if " " in exact or not lowered.endswith(tuple(words("adjectives", "suffixes"))):
        return ""
    stems = [place for place in sorted(places) if _is_stem(place.lower(), lowered)]
    return min(stems, key=len, default="")


def _is_common(exact: str) -> bool:
    """Whether a phrase begins and ends in common words."""
    return exact[0].islower() and exact.rsplit(maxsplit=1)[-1][0].islower()


def _is_stem(place: str, adjective: str) -> bool:
    """Whether an adjective is a longer or a later form of the name of a place."""
    if place == adjective or " " in place or len(place) < _STEM:
        return False
    stem = place.rstrip("aeiouy")
    return adjective.startswith(stem) and len(adjective) > len(place) - 1
