"""Discontinuous annotations for tools that know none: each part a node, linked to the next."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise

from .graph import Edge, Node, Standoff

NEXT = "next"
"""Label of the edge from a part to the one behind it."""


def split(whole: Standoff) -> Standoff:
    """The same with one node for each part; the first has the key, the attributes and the links."""
    parted = [list(_parts(node)) for node in whole.nodes]
    chains = [Edge(NEXT, one.key, other.key) for parts in parted for one, other in pairwise(parts)]
    nodes = tuple(part for parts in parted for part in parts)
    return replace(whole, nodes=nodes, edges=(*whole.edges, *chains))


def join(parted: Standoff) -> Standoff:
    """The same with the parts that links join as one node each, its spans in order of the text."""
    nodes = {node.key: node for node in parted.nodes}
    behind: dict[str, str] = {}
    inner: set[str] = set()
    for edge in parted.edges:
        # A part belongs to one annotation: that which leads to it first.
        if _is_next(edge, nodes) and edge.target not in inner:
            inner -= {behind.get(edge.source, "")}
            inner.add(edge.target)
            behind[edge.source] = edge.target
    joined = [_joined(node, nodes, behind) for node in parted.nodes if node.key not in inner]
    first = {key: node.key for node in joined for key in _chain(node.key, behind)}
    edges = [
        replace(edge, source=first.get(edge.source, edge.source),
                target=first.get(edge.target, edge.target))
        for edge in parted.edges
        if edge.label != NEXT
        or (_is_next(edge, nodes) and behind.get(edge.source) != edge.target)
    ]  # fmt: skip
    # A ring of parts has no first one; its nodes stay as they are.
    rings = [node for node in parted.nodes if node.key not in first]
    return replace(parted, nodes=(*joined, *rings), edges=tuple(edges))


def _is_next(edge: Edge, nodes: Collection[str]) -> bool:
    return edge.label == NEXT and edge.source in nodes and edge.target in nodes


def _parts(node: Node) -> Iterator[Node]:
    if len(node.spans) <= 1:
        yield node
        return
    words = node.exact or ("",) * len(node.spans)
    for number, (span, exact) in enumerate(zip(node.spans, words, strict=True)):
        given = (exact,) if node.exact else ()
        if number == 0:
            yield replace(node, spans=(span,), exact=given)
        else:
            yield Node(f"{node.key}.{number + 1}", node.label, (span,), {}, given, node.line)


def _joined(first: Node, nodes: dict[str, Node], behind: dict[str, str]) -> Node:
    parts = [nodes[key] for key in _chain(first.key, behind)]
    if len(parts) == 1:
        return first
    given = all(part.exact for part in parts)
    pairs = [
        (span, part.exact[n] if given else "")
        for part in parts
        for n, span in enumerate(part.spans)
    ]
    pairs.sort()
    spans = tuple(span for span, _ in pairs)
    return replace(first, spans=spans, exact=tuple(w for _, w in pairs) if given else ())


def _chain(key: str, behind: dict[str, str]) -> list[str]:
    chain = {key: None}
    while (key := behind.get(key, "")) and key not in chain:
        chain[key] = None
    return [*chain]
