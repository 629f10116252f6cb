"""Where words stand in a text, also when they were not copied exactly.

Whoever repeats words of an article, a language model above all, straightens its quotation marks,
breaks its lines elsewhere, or adds a full stop. The words are looked for as they are, and only
where they stand nowhere in an ever looser way. What is found is always a stretch of the text.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from .edges import is_blank, is_sound

_MARKS = dict.fromkeys("“”„‟«»‹›‘’‚‛「」『』〈〉《》﹁﹂﹃﹄＂`´", '"') | {"'": '"'}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_UNSEEN = "\xad\u200b\u2060\ufeff"
_FOLDED = str.maketrans({**_MARKS, **_DASHES, "…": "..."} | dict.fromkeys(_UNSEEN, ""))
_AROUND = " \"'.,;:!?()[]-"

Stretch = tuple[int, int]


class Lookup:
    """Finds words in one text; what was looked for once is remembered."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[str, list[Stretch]] = {}

    def places(self, words: str) -> list[Stretch]:
        """Every stretch at which the words stand, in order; they may overlap.

        None begins or ends where a span may not. Words are looked for as they are; else with
        quotation marks, dashes, ellipses and white space alike; else without the punctuation
        around them; as a last resort in whatever case.
        """
        if words not in self._known:
            self._known[words] = next(filter(None, self._ways(words)), [])
        return self._known[words]

    def arrangements(self, parts: Sequence[str]) -> list[tuple[Stretch, ...]]:
        """For every place of the longest of the parts that can be found, it and the parts around.

        Each part has the place nearest to the part beside it, towards the longest. Parts that have
        none are left out; the order is the one given, or where that leaves out more, the text's.
        """
        found = [places for part in parts if (places := self.places(part))]
        given, in_turn = _arranged(found), _arranged(sorted(found))
        return given if _most(given) >= _most(in_turn) else in_turn

    def _ways(self, words: str) -> Iterator[list[Stretch]]:
        yield self._exact(words)
        folded = _folded(unicodedata.normalize("NFC", words))
        for text, query in (
            (self._plain, folded),
            (self._plain, folded.strip(_AROUND)),
            (self._lower, folded.casefold().strip(_AROUND)),
        ):
            yield self._mapped(text, query)

    def _exact(self, words: str) -> list[Stretch]:
        spans = ((at, at + len(words)) for at in _finds(self.text, words))
        return [span for span in spans if is_sound(self.text, *span)]

    def _mapped(self, text: tuple[str, list[int]], words: str) -> list[Stretch]:
        """Where words stand in an altered text, as stretches of the text itself."""
        altered, origin = text
        ends = (at + len(words) - 1 for at in _finds(altered, words))
        spans = ((origin[end + 1 - len(words)], origin[end] + 1) for end in ends)
        return [span for span in dict.fromkeys(spans) if is_sound(self.text, *span)]

    @cached_property
    def _plain(self) -> tuple[str, list[int]]:
        return _altered(self.text, str)

    @cached_property
    def _lower(self) -> tuple[str, list[int]]:
        return _altered(self.text, str.casefold)


def _arranged(found: Sequence[list[Stretch]]) -> list[tuple[Stretch, ...]]:
    """Parts around each place of the longest one, of which all places are given in order."""
    lengths = [places[0][1] - places[0][0] for places in found]
    middle = lengths.index(max(lengths)) if lengths else 0
    arrangements = []
    for place in found[middle] if found else ():
        chosen = [place]
        for places in reversed(found[:middle]):
            at = bisect_right(places, chosen[0][0], key=_end)
            chosen[:0] = places[max(at - 1, 0) : at]
        for places in found[middle + 1 :]:
            at = bisect_left(places, (chosen[-1][1], 0))
            chosen += places[at : at + 1]
        arrangements.append(tuple(chosen))
    return arrangements


def _end(place: Stretch) -> int:
    return place[1]


def _most(arrangements: Sequence[tuple[Stretch, ...]]) -> int:
    return max(map(len, arrangements), default=0)


def _finds(text: str, words: str) -> Iterator[int]:
    """Where `words` begin, occurrences that overlap included; nowhere if they are empty."""
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _folded(text: str) -> str:
    plain, _ = _altered(text, str)
    return plain.strip()


def _altered(text: str, case: Callable[[str], str]) -> tuple[str, list[int]]:
    """The text with alike characters made one, and of which character each came."""
    characters: list[str] = []
    origin: list[int] = []
    for at, character in enumerate(text):
        blank = is_blank(character) and character not in _UNSEEN
        if blank and (not characters or characters[-1] == " "):
            continue
        for folded in " " if blank else case(character).translate(_FOLDED):
            characters.append(folded)
            origin.append(at)
    return "".join(characters), origin
