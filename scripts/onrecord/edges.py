"""Where a span may begin and end: not inside a word or a visible character, not at white space."""

from collections.abc import Iterable
from functools import lru_cache

import regex

BLANK = frozenset(
    " \t\n\r\v\f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
)
"""White space, and characters without width that separate or join words."""

_JOINING = regex.compile(
    r"[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}\p{GCB=Prepend}\p{GCB=RI}"
    r"\p{GCB=L}\p{GCB=V}\p{GCB=T}\p{GCB=CR}]"
)
"""Where none of these stands, a grapheme cluster ends: UAX 29, table 2."""

_SPACE = " \t\N{NO-BREAK SPACE}"

# Scripts that put spaces between words and join no particles to them.
_SPACED = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}\p{Georgian}\p{M}]{2}")


def is_blank(character: str) -> bool:
    """Whether no span begins or ends with the character."""
    return character.isspace() or character in BLANK


def cuts_cluster(text: str, at: int) -> bool:
    """Whether `at` lies inside a character that readers see as one (a grapheme cluster)."""
    around = text[at - 1 : at + 1]
    return bool(0 < at < len(text) and _JOINING.search(around) and at not in _boundaries(text))


def cuts_word(text: str, at: int) -> bool:
    """Whether `at` lies inside a word; never in scripts that join words or particles."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if not (before.isalnum() and after.isalnum()):
        return False
    if before.isascii() and after.isascii():
        return before.isdigit() == after.isdigit()
    return bool(_SPACED.fullmatch(before + after))


def is_sound(text: str, start: int, end: int) -> bool:
    """Whether a stretch that is not empty has an edge where a span may have one, at both ends."""
    return not (
        is_blank(text[start])
        or is_blank(text[end - 1])
        or any(cuts_cluster(text, at) or cuts_word(text, at) for at in (start, end))
    )


def are_parted(text: str, end: int, start: int) -> bool:
    """Whether more than spaces stands between parts of a span, one to `end`, one from `start`."""
    return bool(text[end:start].strip(_SPACE))


def joined(text: str, parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a span, given in order, as one where nothing but spaces stands between them."""
    made: list[tuple[int, int]] = []
    for start, end in parts:
        if made and not are_parted(text, made[-1][1], start):
            made[-1] = made[-1][0], end
        else:
            made.append((start, end))
    return made


@lru_cache(maxsize=8)
def _boundaries(text: str) -> frozenset[int]:
    return frozenset(match.start() for match in regex.finditer(r"\X", text))
