"""Stretches in quotation marks: where they open and close, in every style and with nesting.

A quotation that goes on in the next paragraph is opened anew there and closed only at the end; each
of its paragraphs is a stretch of its own.
"""

from collections import defaultdict
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
    opened = _Opened()
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        at = match.start()
        level = opened.level(text[at]) if _closes(text, at) else None
        if level is None:
            if _opens(text, at, bool(opened.places)):
                opened.add(text[at], at)
        elif text[at] not in _SINGLE or not _is_plural(text, at):
            yield Quotation(opened.places[level], at + 1, level)
            opened.cut(level)
        elif _opens(text, at, is_open=True):
            opened.add(text[at], at)
    first = opened.places[0] if opened.places else None
    if first is not None and text[first] == goes_on and text[first] not in _SINGLE:
        yield Quotation(first, paragraph.end, 0)


class _Opened:
    """The marks that are open, and by what closes them the levels at which they are."""

    def __init__(self) -> None:
        self.places: list[int] = []
        self._levels: dict[str, list[int]] = defaultdict(list)

    def level(self, mark: str) -> int | None:
        """The innermost level that a mark closes."""
        levels = self._levels[mark]
        return levels[-1] if levels else None

    def add(self, mark: str, at: int) -> None:
        """A mark opens at `at`."""
        for closing in _PAIRS.get(mark, "") + _BOTH.get(mark, ""):
            self._levels[closing].append(len(self.places))
        self.places.append(at)

    def cut(self, level: int) -> None:
        """A level is closed, and those inside it are no longer open."""
        del self.places[level:]
        for levels in self._levels.values():
            while levels and levels[-1] >= level:
                levels.pop()


def _closes(text: str, at: int) -> bool:
    """Whether a mark can close: it touches what precedes, and single ones nothing behind."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if not before or (before.isspace() and mark not in _SPACED):
        return False
    return mark not in _SINGLE or not after.isalnum()


def _is_plural(text: str, at: int) -> bool:
    """Whether an apostrophe behind an "s" belongs to a plural, a noun following.

    That is so only where another mark on the line may close.
    """
    rest = text[at + 1 : at + 3]
    if text[at - 1] != "s" or rest[:1] != " " or not rest[1:].islower():
        return False
    end = text.find("\n", at)
    return any(text.find(mark, at + 1, end if end >= 0 else None) >= 0 for mark in "’'")


def _opens(text: str, at: int, is_open: bool) -> bool:
    """Whether a mark can open: it touches what follows, and single ones nothing before."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in _SPACED and mark in _PAIRS:
        return bool(after)
    if not after or after.isspace() or (mark not in _PAIRS and mark not in _BOTH):
        return False
    if mark in _PAIRS and mark not in _SINGLE:
        return True
    touches = before.isalnum() or (is_open and before in ".,!?…")
    return not touches and not (mark in "’'" and _is_elision(text, at))


def _is_elision(text: str, at: int) -> bool:
    """Whether an apostrophe stands for what is left out before it: '90s, ’tis."""
    return regex.match(r"\d0s|tis\b|twas\b|em\b|cause\b|til\b", text, pos=at + 1) is not None
