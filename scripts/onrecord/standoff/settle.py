"""Bring a foreign text and the spans over it into the form that the corpus asks for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from ..edges import cuts_cluster, cuts_word, is_blank, joined
from ..normal import article_text, composed
from .graph import Stretch

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_LEADING = "\r\n\ufeff"
_FARTHEST = 1000
"""Characters by which an edge is moved at most; no word or emoji is that long."""
_UNFIT = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but line ends and tab, and halves of surrogate pairs."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A text in the form of the corpus, and the way to it from that of the source.

    `starts` and `ends` have for each offset of the source the offset at which a span that begins,
    or ends, there does so now; both are empty where nothing moved.
    """

    text: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def stretch(self, start: int, end: int) -> Stretch:
        """Where a stretch of the source is now; it may be empty."""
        if not self.starts:
            return start, end
        return self.starts[start], self.ends[end]


def settled(text: str) -> Settled:
    """A text as `normal.article_text` makes it, with a space for each control character."""
    fit = _UNFIT.sub(" ", text)
    wanted = article_text(fit.encode())
    if wanted == text:
        return Settled(text)
    kept = _clusters(fit, _kept(fit))
    made = "".join(words for words, _, _ in kept)
    assert made == wanted, "normal form C does not reach across grapheme clusters"
    return Settled(made, *_ways(len(text), kept))


def span(text: str, start: int, end: int) -> Stretch | None:
    """The stretch without white space at its ends, widened to whole words; None if it is empty.

    An edge that lies far inside of a word stays where it is, for the checks to tell.
    """
    while start < end and is_blank(text[start]):
        start += 1
    while start < end and is_blank(text[end - 1]):
        end -= 1
    if start >= end:
        return None
    return _widened(text, start, -1), _widened(text, end, 1)


def merged(text: str, stretches: Iterable[Stretch]) -> list[Stretch]:
    """The parts of a span in order; as one where they overlap, or only spaces stand between."""
    made: list[Stretch] = []
    for start, end in sorted(stretches):
        if made and start <= made[-1][1]:
            made[-1] = made[-1][0], max(made[-1][1], end)
        else:
            made.append((start, end))
    return joined(text, made)


Piece = tuple[str, int, int]
"""Some characters, and from where to where they stood in the source."""


def _kept(text: str) -> list[int]:
    """The offsets of the characters that stay, a CR LF as its LF, in order."""
    found: list[int] = []
    for match in _LINE.finditer(text):
        found += range(match.start(), match.start() + len(match[1].rstrip()))
        found += range(match.end() - 1, match.end()) if match[2] else ()
    while found and text[found[-1]] in "\r\n":
        found.pop()
    first = next((n for n, at in enumerate(found) if text[at] not in _LEADING), len(found))
    return found[first:]


def _clusters(text: str, kept: Sequence[int]) -> list[Piece]:
    """The characters that stay in normal form C, cluster by cluster."""
    bare = "".join("\n" if text[at] == "\r" else text[at] for at in kept)
    pieces: list[Piece] = []
    for match in regex.finditer(r"\X", bare):
        words = composed(match[0])
        if words == match[0]:
            at = range(match.start(), match.end())
            pieces += [(bare[n], kept[n], kept[n] + 1) for n in at]
        else:
            pieces.append((words, kept[match.start()], kept[match.end() - 1] + 1))
    return pieces


def _ways(length: int, pieces: Iterable[Piece]) -> tuple[list[int], list[int]]:
    """Where each offset of the source leads, as the start and as the end of a span."""
    starts, ends = [0] * (length + 1), [0] * (length + 1)
    at, done = 0, 0
    for words, start, end in pieces:
        for offset in range(done, end):
            starts[offset] = at
            ends[offset] = at if offset <= start else at + len(words)
        at, done = at + len(words), end
    for offset in range(done, length + 1):
        starts[offset] = ends[offset] = at
    return starts, ends


def _widened(text: str, edge: int, step: int) -> int:
    way = range(edge, edge + _FARTHEST * step, step)
    return next((at for at in way if not _cuts(text, at)), edge)


def _cuts(text: str, at: int) -> bool:
    return cuts_cluster(text, at) or cuts_word(text, at)
