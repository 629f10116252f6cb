"""What a tool that only marks words of a text has no place for, kept beside the text.

These are nodes without spans, such as an actor without mention, and the edges from and to them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any

import msgspec

from ..schema import Json
from ..standoff.graph import Edge, Node, Standoff

KEY = "onrecord"
"""Name of what is kept, among the metadata of a document."""


class AsideNode(msgspec.Struct, frozen=True, kw_only=True):
    """A node that stands nowhere in the text."""

    key: str
    label: str
    attributes: dict[str, str] = {}


class AsideEdge(msgspec.Struct, frozen=True, kw_only=True):
    """An edge from or to such a node; `place` counts the edges of its label from its source."""

    label: str
    source: str
    target: str
    place: Annotated[int, msgspec.Meta(ge=0)] = 0


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """All of them of one document."""

    nodes: tuple[AsideNode, ...] = ()
    edges: tuple[AsideEdge, ...] = ()


def taken(whole: Standoff) -> tuple[Standoff, Aside]:
    """What stands in the text, and what does not."""
    away = {node.key for node in whole.nodes if not node.spans}
    passed: Counter[tuple[str, str]] = Counter()
    staying, edges = [], []
    for edge in whole.edges:
        place = passed[edge.label, edge.source]
        passed[edge.label, edge.source] += 1
        if away.isdisjoint((edge.source, edge.target)):
            staying.append(edge)
        else:
            edges.append(_edge(edge, place))
    nodes = tuple(_node(node) for node in whole.nodes if node.key in away)
    placed = tuple(node for node in whole.nodes if node.key not in away)
    inside = replace(whole, nodes=placed, edges=tuple(staying))
    return inside, Aside(nodes=nodes, edges=tuple(edges))


def put_back(inside: Standoff, aside: Aside, *, line: int = 0) -> Standoff:
    """The whole again; each edge at its place among those of its label from its source."""
    nodes = [Node(n.key, n.label, (), n.attributes, (), line) for n in aside.nodes]
    lists: dict[tuple[str, str], list[Edge]] = {}
    for edge in inside.edges:
        lists.setdefault((edge.label, edge.source), []).append(edge)
    for kept in aside.edges:
        edge = Edge(kept.label, kept.source, kept.target, line)
        lists.setdefault((edge.label, edge.source), []).insert(kept.place, edge)
    edges = tuple(edge for alike in lists.values() for edge in alike)
    return replace(inside, nodes=(*inside.nodes, *nodes), edges=edges)


def plain(aside: Aside) -> Json:
    """As JSON, without what is empty."""
    lists: dict[str, list[Any]] = {"nodes": [*aside.nodes], "edges": [*aside.edges]}
    return {name: msgspec.to_builtins(found) for name, found in lists.items() if found}


def clashes(aside: Aside, keys: Iterable[str]) -> list[str]:
    """Keys of its nodes that are given twice, or among `keys`."""
    found = Counter(keys)
    found.update(node.key for node in aside.nodes)
    return [node.key for node in aside.nodes if found[node.key] > 1]


def _node(node: Node) -> AsideNode:
    return AsideNode(key=node.key, label=node.label, attributes=dict(node.attributes))


def _edge(edge: Edge, place: int) -> AsideEdge:
    return AsideEdge(label=edge.label, source=edge.source, target=edge.target, place=place)
