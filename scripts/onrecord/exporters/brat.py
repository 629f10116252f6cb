"""Articles as a folder that brat opens: texts, annotations, and what may be annotated."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from ..formats.brat.conf import annotation, visual
from ..formats.brat.files import (
    ANNOTATIONS,
    FRAGMENTS,
    NOTE,
    OWN,
    RESOURCES,
    SIDECAR,
    TEXT,
    Sidecar,
    SideEdge,
    SideNode,
)
from ..formats.brat.pieces import fragments, whole
from ..losses import Losses
from ..model import Article
from ..standoff.format import Exporter
from ..standoff.graph import Edge, Node, Standoff
from ..standoff.scheme import attribute_labels, standoff

_REFERENCES = {name: resource for resource, name in RESOURCES.items()}


def write(articles: Iterable[Article], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """The two files that configure brat, then three files for each article; nothing is lost."""
    yield "annotation.conf", annotation().encode()
    yield "visual.conf", visual().encode()
    for article in articles:
        graph = standoff(article)
        yield f"{graph.name}{TEXT}", graph.text.encode()
        yield f"{graph.name}{ANNOTATIONS}", "".join(f"{line}\n" for line in _lines(graph)).encode()
        yield f"{graph.name}{SIDECAR}", _sidecar(graph)


def _lines(graph: Standoff) -> Iterator[str]:
    placed = [node for node in graph.nodes if node.spans]
    keys = {node.key: f"T{number}" for number, node in enumerate(placed, start=1)}
    numbers: Counter[str] = Counter()
    for node in placed:
        for line in _node_lines(graph.text, keys[node.key], node):
            numbers[line[0]] += 1
            yield line if line[0] == "T" else f"{line[0]}{numbers[line[0]]}{line[1:]}"
    led = [edge for edge in graph.edges if edge.source in keys and edge.target in keys]
    for number, edge in enumerate(led, start=1):
        yield f"R{number}\t{edge.label} Arg1:{keys[edge.source]} Arg2:{keys[edge.target]}"


def _node_lines(text: str, key: str, node: Node) -> Iterator[str]:
    """The lines for a node; those that are not text-bound still lack their numbers."""
    parts = list(fragments(text, node.spans))
    pieces = [piece for part in parts for piece in part]
    places = ";".join(f"{start} {end}" for start, end in pieces)
    words = " ".join(text[start:end] for start, end in pieces)
    yield f"{key}\t{node.label} {places}\t{words}"
    hidden = dict(node.attributes)
    for name, value in node.attributes.items():
        if shown := _shown(key, name, value, node.attributes.get("actor.name", "")):
            yield shown
            del hidden[name]
    if whole(text, pieces) != node.spans:
        hidden[FRAGMENTS] = " ".join(str(len(part)) for part in parts)
    if hidden:
        yield f"#\t{OWN} {key}\t{_json_line(hidden)}"


def _shown(key: str, name: str, value: str, title: str) -> str:
    """The line for an attribute that brat has a place for; empty for another."""
    if value in attribute_labels().get(name, ()):
        return f"A\t{name} {key} {value}"
    if name in _REFERENCES:
        return f"N\tReference {key} {_REFERENCES[name]}:{value}\t{' '.join(title.split())}"
    if name == "note" and value == value.strip() and value.isprintable():
        return f"#\t{NOTE} {key}\t{value}"
    return ""


def _json_line(value: dict[str, str]) -> str:
    """JSON in which nothing is left that some reader takes for the end of a line."""
    line = json.dumps(value, ensure_ascii=False)
    return "".join(c if c == " " or c.isprintable() else json.dumps(c)[1:-1] for c in line)


def _sidecar(graph: Standoff) -> bytes:
    absent = [node for node in graph.nodes if not node.spans]
    keys = {node.key for node in absent}
    nodes = [SideNode(node.key, node.label, dict(node.attributes)) for node in absent]
    told = Sidecar(dict(graph.document), nodes, list(_side_edges(graph.edges, keys)))
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


def _side_edges(edges: Iterable[Edge], absent: set[str]) -> Iterator[SideEdge]:
    """The edges that lead to what stands nowhere; the key of their source is also its id."""
    before: Counter[tuple[str, str]] = Counter()
    for edge in edges:
        if edge.target in absent:
            yield SideEdge(edge.label, edge.source, edge.target, before[edge.label, edge.source])
        before[edge.label, edge.source] += 1


EXPORTER = Exporter(
    name="brat",
    title="brat standoff",
    write=write,
    gives="a folder that brat opens: .txt, .ann and .json for each document, and two .conf files",
)
