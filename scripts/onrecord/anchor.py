"""Offsets from words: find a span by its text, move spans along a diff of two texts."""

import difflib
import re
from dataclasses import dataclass
from itertools import accumulate

CONTEXT = 25

_TOKEN = re.compile(r"\w+|\s|[^\w\s]")


def occurrences(text: str, exact: str, prefix: str = "", suffix: str = "") -> list[int]:
    """Where `exact` starts in `text` as whole words, with `prefix` before and `suffix` behind it.

    As in the selectors of the W3C Web Annotation model, prefix and suffix are the text right
    before and right behind; white space between is not added.
    """
    found = []
    at = text.find(exact)
    while at >= 0:
        end = at + len(exact)
        fits = text.endswith(prefix, 0, at) and text.startswith(suffix, end)
        if fits and not _cuts(text, at) and not _cuts(text, end):
            found.append(at)
        at = text.find(exact, at + 1)
    return found


def in_context(text: str, start: int, end: int) -> str:
    """The stretch with some characters around it, itself in brackets."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return f"…{before}[{text[start:end]}]{after}…".replace("\n", " ")


@dataclass(frozen=True)
class Moves:
    """How offsets of an old text map to a new one, word by word.

    `blocks` are the operations of a diff: `equal` or not, old start and end, new start and end.
    """

    blocks: tuple[tuple[bool, int, int, int, int], ...]

    def start(self, offset: int) -> int | None:
        """Where a span that started at `offset` starts now; None if its beginning is gone."""
        for equal, old, old_end, new, new_end in self.blocks:
            if equal and old <= offset < old_end:
                return new + offset - old
            if not equal and offset == old < old_end and new < new_end:
                return new
        return None

    def end(self, offset: int) -> int | None:
        """Where a span that ended at `offset` ends now; None if its end is gone."""
        for equal, old, old_end, new, new_end in self.blocks:
            if equal and old < offset <= old_end:
                return new + offset - old
            if not equal and old < offset == old_end and new < new_end:
                return new_end
        return None


def moves(old: str, new: str) -> Moves:
    """Align two versions of a text by their words, spaces and marks."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    i = [0, *accumulate(map(len, before))]
    j = [0, *accumulate(map(len, after))]
    return Moves(
        tuple(
            (name == "equal", i[i1], i[i2], j[j1], j[j2])
            for name, i1, i2, j1, j2 in matcher.get_opcodes()
        )
    )


def _cuts(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
