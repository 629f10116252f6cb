"""Articles as a folder that brat opens: texts, annotations, and what may be annotated."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from ..formats import aside
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
)
from ..formats.brat.pieces import fragments, whole
from ..losses import Losses
from ..model import Article
from ..standoff.format import Exporter
from ..standoff.graph import Node, Standoff
from ..standoff.scheme import attribute_labels, standoff

_REFERENCES = {name: resource for resource, name in RESOURCES.items()}


def write(articles: Iterable[Article], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """The two files that configure brat, then three files for each article; nothing is lost."""
    yield "annotation.conf", annotation().encode()
    yield "visual.conf", visual().encode()
    for article in articles:
        graph, away = aside.taken(standoff(article))
        yield f"{graph.name}{TEXT}", graph.text.encode()
        yield f"{graph.name}{ANNOTATIONS}", "".join(f"{line}\n" for line in _lines(graph)).encode()
        kept = Sidecar(document=dict(graph.document), nodes=away.nodes, edges=away.edges)
        yield f"{graph.name}{SIDECAR}", msgspec.json.format(msgspec.json.encode(kept)) + b"\n"


def _lines(graph: Standoff) -> Iterator[str]:
    keys = {node.key: f"T{number}" for number, node in enumerate(graph.nodes, start=1)}
    numbers: Counter[str] = Counter()
    for node in graph.nodes:
        for line in _node_lines(graph.text, keys[node.key], node):
            numbers[line[0]] += 1
            yield line if line[0] == "T" else f"{line[0]}{numbers[line[0]]}{line[1:]}"
    for number, edge in enumerate(graph.edges, start=1):
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


EXPORTER = Exporter(
    name="brat",
    title="brat standoff",
    write=write,
    gives="<id>.txt, <id>.ann, <id>.json for each document, and two *.conf, as brat opens it",
)
