"""The quotations of LitBank, by lines of the text and tokens of a line, and who speaks them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ...standoff.format import Source
from ...standoff.graph import Edge, Node, Stretch
from ..exact import solid
from .clusters import CLUSTER

QUOTE, ATTRIB = "QUOTE", "ATTRIB"
"""What a line is, and the labels of node and edge that it becomes."""

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation; `speaker` is a cluster, empty if none is told."""

    key: str
    span: Stretch
    line: int
    speaker: str = ""


def quotations(words: str, text: str, source: Source) -> list[Quotation]:
    """What a file of quotations says; what is wrong with it is told."""
    tokens = _tokens(text)
    found: dict[str, Quotation] = {}
    for number, line in enumerate(words.split("\n"), start=1):
        kind, *columns = line.removesuffix("\r").split("\t")
        if kind == QUOTE and len(columns) == 6 and columns[0] not in found:
            message = _quote(found, columns, number, text, tokens)
        elif kind == ATTRIB and len(columns) == 2:
            message = _speaker(found, columns)
        else:
            form = "QUOTE and six columns, or ATTRIB and two, each id once"
            message = f"{line[:80]!r}, expected {form}" if line.strip() else ""
        if message:
            source.wrong(number, message)
    return list(found.values())


def attributed(
    quotations: Sequence[Quotation],
    mentions: Iterable[Node],
    text: str,
    source: Source,
) -> tuple[list[Node], list[Edge]]:
    """The quotations, each with an edge to a mention of its speaker.

    That is the mention nearest to the quotation, one outside all quotations before one within
    another; of two equally near the first.
    """
    known = _by_cluster(mentions)
    nodes = [Node(q.key, QUOTE, (q.span,), {}, (text[slice(*q.span)],)) for q in quotations]
    taken = [one.span for one in quotations]
    edges = []
    for one in quotations:
        speaker = _nearest(one.span, known.get(one.speaker, ()), taken)
        if speaker:
            source.changed("speaker of a cluster", one.line, " ".join(speaker.exact))
            edges.append(Edge(ATTRIB, one.key, speaker.key))
        else:
            source.lost("speaker without mention", one.line, one.speaker)
    return nodes, edges


def _tokens(text: str) -> list[list[Stretch]]:
    """The tokens of each line, as stretches of the text."""
    found, start = [], 0
    for line in text.split("\n"):
        inside = _TOKEN.finditer(text, start, start + len(line))
        found.append([match.span() for match in inside])
        start += len(line) + 1
    return found


def _quote(
    found: dict[str, Quotation],
    columns: Sequence[str],
    line: int,
    text: str,
    tokens: Sequence[Sequence[Stretch]],
) -> str:
    """Take in one quotation; what is wrong with it, if anything."""
    key, *places, words = columns
    span = _span(places, tokens)
    there = text[slice(*span)] if span else ""
    if span and solid(there) == solid(words):
        found[key] = Quotation(key, span, line)
        return ""
    return f"{there[:80]!r} at {' '.join(places)}, expected {words[:80]!r}"


def _speaker(found: dict[str, Quotation], columns: Sequence[str]) -> str:
    key, cluster = columns
    if key not in found:
        return f"{key!r}, expected the id of a quotation above"
    if found[key].speaker:
        return f"{key!r} stands twice, expected one speaker of a quotation"
    found[key] = replace(found[key], speaker=cluster.strip())
    return ""


def _span(places: Sequence[str], tokens: Sequence[Sequence[Stretch]]) -> Stretch | None:
    """The stretch from a token to another, each given by its line and its place there."""
    if not all(re.fullmatch("[0-9]{1,9}", place) for place in places):
        return None
    line, token, last, behind = map(int, places)
    for number, place in ((line, token), (last, behind)):
        if number >= len(tokens) or place >= len(tokens[number]):
            return None
    start, end = tokens[line][token][0], tokens[last][behind][1]
    return (start, end) if start < end else None


def _by_cluster(mentions: Iterable[Node]) -> Mapping[str, list[Node]]:
    known: dict[str, list[Node]] = {}
    for node in mentions:
        cluster = node.attributes.get(CLUSTER, "").partition(" ")[2]
        known.setdefault(cluster, []).extend([node] if cluster else [])
    return known


def _nearest(quote: Stretch, mentions: Iterable[Node], quotes: Sequence[Stretch]) -> Node | None:
    outside = [node for node in mentions if not _meet(node.spans[0], quote)]

    def order(node: Node) -> tuple[bool, int, int]:
        start, end = node.spans[0]
        within = any(_meet((start, end), other) for other in quotes)
        return within, start - quote[1] if start >= quote[1] else quote[0] - end, start

    return min(outside, key=order, default=None)


def _meet(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]
