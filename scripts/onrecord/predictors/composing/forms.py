"""The forms of mentions: name, pronoun, nominal, adjective."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...english import PRONOUNS, head
from ..flat import Typed
from ..lexicon import Lexicon, countries

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
    places = sorted({exact for span, exact in cut if span.type == "gpe"})
    return [
        Reference(*span[:2], exact, span.type, _form(text, span, places, words))
        for span, exact in cut
    ]


def state(exact: str, places: Sequence[str], words: Lexicon) -> str:
    """The name of the state whose adjective of nationality `exact` is; empty if it is none.

    Known are those of the word list, and those that share the stem of a name among `places`, which
    are in alphabetical order.
    """
    if exact in words.adjectives:
        return words.adjectives[exact]
    if not _is_derived(exact, words):
        return ""
    stems = [place for place in places if _is_stem(place.lower(), exact.lower())]
    return min(stems, key=len, default="")


def _form(text: str, span: Typed, places: Sequence[str], words: Lexicon) -> str:
    exact = text[span.start : span.end]
    # Without word lists the language is not English, and the case of a letter is all there is.
    if words.lists and exact.lower() in PRONOUNS and exact != "US":
        return "pronoun"
    first = exact.split(maxsplit=1)[0].lower()
    if first in words("mentions", "determiners") or head(exact)[0].islower():
        return "nominal"
    if span.type == "gpe" and (state(exact, places, words) or _modifies(text, span, words)):
        return "adjective"
    return "name"


def _is_derived(exact: str, words: Lexicon) -> bool:
    return exact.lower().endswith(tuple(words("adjectives", "suffixes")))


def _is_stem(place: str, adjective: str) -> bool:
    """Whether an adjective is a longer or a later form of the name of a place."""
    if place == adjective or len(place) < _STEM:
        return False
    return adjective.startswith(place.rstrip("aeiouy")) and len(adjective) >= len(place)


def _modifies(text: str, span: Typed, words: Lexicon) -> bool:
    """Whether a word that could be an adjective of nationality stands before a common noun."""
    exact = text[span.start : span.end]
    if not exact.lower().endswith(tuple(words("adjectives", "likely"))) or exact in countries():
        return False
    before = text[max(span.start - 30, 0) : span.start].split()[-1:]
    is_place = bool(before) and before[0].lower() in words("adjectives", "places_follow")
    return not is_place and text[span.end : span.end + 2].strip(" -")[:1].islower()
