"""What has to be the same of two graphs, whatever their nodes are called."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.standoff.format import Exporter, Importer, Reading
from onrecord.standoff.graph import Node, Standoff


def canonical(graph: Standoff) -> Any:
    """The graph with the ids of its records for keys; links in their order, nodes in none."""
    cues = {e.target: f"cue of {e.source}" for e in graph.edges if e.label == "cue"}
    names = {node.key: cues.get(node.key) or _name(node) for node in graph.nodes}
    names |= {e.target: f"cue of {names[e.source]}" for e in graph.edges if e.label == "cue"}
    links: dict[tuple[str, str], list[str]] = {}
    for edge in graph.edges:
        links.setdefault((edge.label, names[edge.source]), []).append(names[edge.target])
    return {
        "name": graph.name,
        "text": graph.text,
        "document": json.loads(json.dumps(graph.document)),
        "nodes": sorted(
            (names[n.key], n.label, n.spans, n.exact, sorted(n.attributes.items()))
            for n in graph.nodes
        ),
        "links": links,
    }


def write(folder: Path, exporter: Exporter, articles: Iterable[Article]) -> Losses:
    """The files of an export in a folder; what it lost."""
    losses = Losses()
    for name, content in exporter.write(articles, losses):
        (folder / name).write_bytes(content)
    return losses


def read(path: Path, importer: Importer, **more: Any) -> tuple[list[Standoff], Reading]:
    """The graphs of a source, and what was told on the way."""
    reading = Reading(Losses(), [], **more)
    graphs = list(importer.read(path, reading))
    assert all(isinstance(graph, Standoff) for graph in graphs)
    return graphs, reading  # type: ignore[return-value]


def _name(node: Node) -> str:
    if not node.spans and "actor.id" in node.attributes:
        return f"actor {node.attributes['actor.id']}"
    return node.attributes.get("id", node.key)
