"""Spans as elements that contain each other: where two cross, the later one is cut."""

import heapq
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ...standoff.graph import Node

_LINE = re.compile(r"[^\n]+")
_FURTHER = re.compile(r"(.+)\.\d+\.\d+")
_BLANK = " \t\r\n"
"""White space of XML, which may stand between elements; other blanks are text."""

Section = tuple[str, int, int]
"""Role, start and end."""


@dataclass(slots=True)
class Piece:
    """A stretch inside one block that belongs to one node, and the pieces inside it.

    Parts of a node, and pieces of a part, count from 1 in order of the text.
    """

    start: int
    end: int
    node: Node
    part: int
    number: int
    inner: list["Piece"] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The `xml:id`: of a first piece that of the node, of others with numbers behind."""
        if self.number > 1:
            return f"{self.node.key}.{self.part}.{self.number}"
        return f"{self.node.key}.{self.part}" if self.part > 1 else self.node.key


def continued(name: str) -> str:
    """The `xml:id` of the node whose part goes on in the piece of this name, if that is none."""
    match = _FURTHER.fullmatch(name)
    return match[1] if match else ""


def lines(text: str, sections: Iterable[Section]) -> Iterator[Section]:
    """The lines that are not blank, each with the role of its section, empty outside of any."""
    at = 0
    for role, start, end in [*sorted(sections, key=lambda s: s[1:]), ("", len(text), len(text))]:
        yield from _cut(text, "", at, start)
        yield from _cut(text, role, max(at, start), end)
        at = max(at, end)


def nested(blocks: Sequence[Section], nodes: Sequence[Node]) -> list[list[Piece]]:
    """For each block the pieces of the nodes in it, none crossing another.

    Of nodes over the same stretch that which stands first is outside.
    """
    numbers: Counter[tuple[str, int]] = Counter()
    waiting = deque(
        sorted(
            (*span, rank, part)
            for rank, node in enumerate(nodes)
            for part, span in enumerate(node.spans, start=1)
        )
    )
    found: list[list[Piece]] = []
    here: list[tuple[int, int, int, int]] = []
    for _, start, end in blocks:
        while waiting and waiting[0][0] < end:
            here.append(waiting.popleft())
        here = [span for span in here if span[1] > start]
        inside = [(max(s, start), -min(e, end), rank, part) for s, e, rank, part in here]
        found.append(_tree(inside, nodes, numbers))
    return found


def _tree(
    inside: list[tuple[int, int, int, int]],
    nodes: Sequence[Node],
    numbers: Counter[tuple[str, int]],
) -> list[Piece]:
    heapq.heapify(inside)
    roots: list[Piece] = []
    around: list[Piece] = []
    while inside:
        start, minus_end, rank, part = heapq.heappop(inside)
        while around and around[-1].end <= start:
            around.pop()
        end = min([-minus_end, *(outer.end for outer in around[-1:])])
        if end < -minus_end:
            heapq.heappush(inside, (end, minus_end, rank, part))
        node = nodes[rank]
        numbers[node.key, part] += 1
        piece = Piece(start, end, node, part, numbers[node.key, part])
        (around[-1].inner if around else roots).append(piece)
        around.append(piece)
    return roots


def _cut(text: str, role: str, start: int, end: int) -> Iterator[Section]:
    for match in _LINE.finditer(text, start, max(start, end)):
        if match[0].strip(_BLANK):
            yield role, match.start(), match.end()
