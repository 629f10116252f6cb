"""The annotations of one source document over its settled text: verified, trimmed, widened."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..anchor import occurrences
from ..losses import Losses
from ..model import Span
from ..problem import Problem
from . import settle
from .graph import Node, Standoff, Stretch


@dataclass(frozen=True, slots=True)
class Bench:
    """Where one document is worked on: the source, its settled text, and where to tell things.

    With `reanchor`, words that do not stand where the source says are looked for.
    """

    source: Standoff
    settled: settle.Settled
    losses: Losses
    problems: list[Problem]
    reanchor: bool = False

    @property
    def text(self) -> str:
        """The text that the document will have."""
        return self.settled.text

    def lost(self, kind: str, line: int, found: str = "") -> None:
        """Something of the source has no place in the record model."""
        self.losses.lost(kind, self._where(line), found)

    def changed(self, kind: str, line: int, found: str = "") -> None:
        """Something of the source is taken over, but not as it stands."""
        self.losses.changed(kind, self._where(line), found)

    def wrong(self, line: int, message: str) -> None:
        """The source cannot be taken over as it is."""
        self.problems.append(Problem(self._path, line, 1, "source", message))

    @property
    def _path(self) -> str:
        return self.source.path or self.source.name

    def _where(self, line: int) -> str:
        return f"{self._path}:{line}" if line else self._path


def place(bench: Bench, node: Node) -> tuple[Span, ...]:
    """The spans of a node in the settled text, in order; () where it has none, or all are empty."""
    found = []
    for number, stretch in enumerate(node.spans):
        words = node.exact[number] if number < len(node.exact) else None
        anchored = _anchored(bench, node, stretch, words)
        settled = anchored and _settled(bench, node, anchored)
        if settled:
            found.append(settled)
    joined = settle.merged(bench.text, found)
    if len(joined) < len(found):
        bench.changed("parts joined", node.line, node.key)
    return _spans(bench.text, joined)


def merged(text: str, found: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, as one where they overlap, or only spaces stand between."""
    return _spans(text, settle.merged(text, [(span.start, span.end) for span in found]))


def in_words(found: Iterable[Span]) -> str:
    """Spans as people are shown them."""
    return " … ".join(span.exact for span in found)


def _spans(text: str, stretches: Sequence[Stretch]) -> tuple[Span, ...]:
    return tuple(Span(start=start, end=end, exact=text[start:end]) for start, end in stretches)


def _anchored(bench: Bench, node: Node, stretch: Stretch, words: str | None) -> Stretch | None:
    """The stretch of the source's text that is meant, proved by its words if they are given."""
    text, (start, end) = bench.source.text, stretch
    if words is not None and text[max(0, start) : max(0, end)] == words and 0 <= start <= end:
        return stretch
    if words is None and 0 <= start <= end <= len(text):
        bench.losses.unproved += 1
        return stretch
    if words is None:
        told = f"{node.key} at {start}-{end} in a text of {len(text)} characters"
    elif bench.reanchor and (found := _nearest(text, words, start)) is not None:
        bench.changed("moved to its words", node.line, words)
        return found, found + len(words)
    else:
        told = f"{text[max(0, start) : max(0, end)]!r} at {start}-{end}, expected {words!r}"
    bench.wrong(node.line, told)
    return None


def _nearest(text: str, words: str, start: int) -> int | None:
    """Where the words stand next to an offset; None if nowhere, or twice as near."""
    by_gap = sorted((abs(at - start), at) for at in occurrences(text, words)) if words else []
    gaps = [gap for gap, _ in by_gap[:2]]
    return by_gap[0][1] if gaps and (len(gaps) == 1 or gaps[0] < gaps[1]) else None


def _settled(bench: Bench, node: Node, stretch: Stretch) -> Stretch | None:
    start, end = bench.settled.stretch(*stretch)
    found = settle.span(bench.text, start, end)
    if found is None:
        bench.lost("span without words", node.line, node.key)
    elif found != (start, end):
        for kind in _moved((start, end), found):
            bench.changed(kind, node.line, bench.text[slice(*found)])
    return found


def _moved(before: Stretch, after: Stretch) -> Iterator[str]:
    if after[0] > before[0] or after[1] < before[1]:
        yield "white space trimmed"
    if after[0] < before[0] or after[1] > before[1]:
        yield "span widened to whole words"
