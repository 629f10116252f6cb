"""The text of a WebAnno TSV file, and the places of its tokens in it.

The file has the text of sentences, not what lies between them: that is a line feed and as many
blanks as the offsets ask for, as in WebAnno. Offsets count units of UTF-16, says the format, but
files that other programs wrote count otherwise, so that the unit is the first that fits all words.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from ...standoff import units
from ...standoff.format import Source
from ...standoff.graph import Stretch
from .table import Row, Sentence

UNITS = ("utf-16", "code-points", "utf-8", "graphemes")

_WIDEST = 10_000
"""Units between two sentences that are believed; a wrong offset shall not make a text of blanks."""

Places = Mapping[int, Stretch]
"""For each line with a token, its start and end in code points of the text."""


def text_and_places(sentences: Sequence[Sentence], source: Source) -> tuple[str, Places]:
    """The text and where the tokens stand; what does not fit is told."""
    chosen = source.reading.offsets or next((u for u in UNITS if _fits(sentences, u)), UNITS[0])
    places: dict[int, Stretch] = {}
    pieces: list[str] = []
    end = length = 0
    for sentence in sentences:
        if not (sentence.rows and sentence.texts):
            source.wrong(sentence.line, "a sentence without text or tokens, expected both")
            break
        first = sentence.rows[0]
        if not 0 <= first.start - end <= _WIDEST:
            source.wrong(first.line, f"sentence begins at {first.start}, expected {end} ({chosen})")
            break
        pieces += [_between(first.start - end, is_first=not pieces), sentence.text]
        length += len(pieces[-2])
        places |= _places(sentence, chosen, length, source)
        length += len(sentence.text)
        end = first.start + units.offsets(sentence.text, chosen)[-1]
    return "".join(pieces), places


def _between(width: int, *, is_first: bool) -> str:
    return " " * width if is_first or not width else "\n" + " " * (width - 1)


def _fits(sentences: Sequence[Sentence], unit: str) -> bool:
    """Whether all tokens have their words, and no sentence begins inside the one before."""
    end = 0
    for sentence in sentences:
        if not sentence.rows or sentence.rows[0].start < end:
            return False
        if any(_place(sentence, row, unit) is None for row in sentence.rows):
            return False
        end = sentence.rows[0].start + units.offsets(sentence.text, unit)[-1]
    return True


def _places(sentence: Sentence, unit: str, before: int, source: Source) -> dict[int, Stretch]:
    found = {}
    for row in sentence.rows:
        if (place := _place(sentence, row, unit)) is None:
            told = f"{row.words[:40]!r} at {row.start}-{row.end}"
            source.wrong(row.line, f"{told}, expected the words that the text has there ({unit})")
        else:
            found[row.line] = (before + place[0], before + place[1])
    return found


def _place(sentence: Sentence, row: Row, unit: str) -> Stretch | None:
    """Where a row stands in its sentence, if its words do."""
    first = sentence.rows[0].start
    into = _into(sentence.text, unit)
    start, end = into.get(row.start - first), into.get(row.end - first)
    if start is None or end is None or sentence.text[start:end] != row.words:
        return None
    return start, end


@lru_cache(maxsize=4)
def _into(text: str, unit: str) -> Mapping[int, int]:
    return units.to_code_points(text, unit)
