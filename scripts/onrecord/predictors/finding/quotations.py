"""Stretches in quotation marks: where they open and close, in every style and with nesting.

A quotation that goes on in the next paragraph is opened anew there and closed only at the end; each
of its paragraphs is a stretch of its own.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from ...model import Section

_PAIRS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "‹": "›",
    "‘": "’",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "﹃": "﹄",
}
"""What closes a mark that only opens, or nearly so."""
_BOTH = {'"': '"', "'": "'", "＂": "＂", "”": "”", "»": "«»", "›": "‹›", "’": "’"}
"""Marks that open where none is open: straight ones, and those of Swedish and Danish."""
_SPACED = frozenset("«»‹›")
"""Marks between which and the words French puts a space."""
_SINGLE = frozenset("'’‘‚")
_MARK = regex.compile(f"[{''.join({*_PAIRS, *_BOTH})}」』﹂﹄]")


class Quotation(NamedTuple):
    """A stretch with its marks; `depth` is 0 for one that lies in no other."""

    start: int
    end: int
    depth: int


def quotations(text: str, paragraphs: Sequence[Section]) -> list[Quotation]:
    """The stretches in marks, by start; a mark without a partner is passed over.

    Without a partner a mark counts only where the next paragraph opens with the same one.
    """
    found: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        goes_on = text[following.start] if following else ""
        found += _in_paragraph(text, paragraph, goes_on)
    return sorted(found, key=lambda found: (found.start, -found.end))


def _in_paragraph(text: str, paragraph: Section, goes_on: str) -> Iterator[Quotation]:
    opened: list[int] = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        at = match.start()
        level = _closed(text, at, opened)
        if level is not None:
            yield Quotation(opened[level], at + 1, level)
            del opened[level:]
        elif _opens(text, at, opened):
            opened.append(at)
    if opened and text[opened[0]] == goes_on and text[opened[0]] not in _SINGLE:
        yield Quotation(opened[0], paragraph.end, 0)


def _closed(text: str, at: int, opened: Sequence[int]) -> int | None:
    """Which of the open marks the one at `at` closes."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if (
        not before
        or (before.isspace() and mark not in _SPACED)
        or (mark in _SINGLE and after.isalnum())
    ):
        return None
    for level in range(len(opened) - 1, -1, -1):
        opening = text[opened[level]]
        if mark in _PAIRS.get(opening, "") or mark in _BOTH.get(opening, ""):
            is_apostrophe = mark in _SINGLE and _is_plural(text, at)
            return None if is_apostrophe else level
    return None


def _is_plural(text: str, at: int) -> bool:
    """Whether an apostrophe behind an "s" belongs to a plural, a noun following."""
    rest = text[at + 1 : at + 3]
    closes_later = any(
        mark in text[at + 1 : text.find("\n", at) % (len(text) + 1)] for mark in "’'"
    )
    return text[at - 1] == "s" and rest[:1] == " " and rest[1:].islower() and closes_later


def _opens(text: str, at: int, opened: Sequence[int]) -> bool:
    """Whether a mark can open: it touches what follows, and single ones nothing before."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in _SPACED and mark in _PAIRS:
        return bool(after)
    if not after or after.isspace() or (mark not in _PAIRS and mark not in _BOTH):
        return False
    if mark in _PAIRS and mark not in _SINGLE:
        return True
    touches = before.isalnum() or (bool(opened) and before in ".,!?…")
    return not touches and not (mark in "’'" and _is_elision(text, at))


def _is_elision(text: str, at: int) -> bool:
    """Whether an apostrophe stands for what is left out before it: '90s, ’tis."""
    return regex.match(r"\d0s|tis\b|twas\b|em\b|cause\b|til\b", text, pos=at + 1) is not None
