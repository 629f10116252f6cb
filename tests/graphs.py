"""Graphs written by an exporter, read by an importer, and compared."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.losses import Losses
from onrecord.model import Article
from onrecord.standoff import parts
from onrecord.standoff.format import Exporter, Importer, Reading
from onrecord.standoff.graph import Node, Standoff


def canonical(graph: Standoff) -> Any:
    """What a graph says, with its parts joined, whatever its nodes are called and ordered by."""
    whole = parts.join(graph)
    names = {node.key: _name(node) for node in whole.nodes}
    names |= {e.target: f"cue of {names[e.source]}" for e in whole.edges if e.label == "cue"}
    links: dict[tuple[str, str], list[str]] = {}
    for edge in whole.edges:
        links.setdefault((edge.label, names[edge.source]), []).append(names[edge.target])
    return {
        "name": whole.name,
        "text": whole.text,
        "document": json.loads(json.dumps(whole.document)),
        "nodes": sorted(
            (names[n.key], n.label, n.spans, n.exact, sorted(n.attributes.items()))
            for n in whole.nodes
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
    graphs = []
    for graph in importer.read(path, reading):
        assert isinstance(graph, Standoff)
        graphs.append(graph)
    return graphs, reading


def told(
    path: Path, importer: Importer, **more: Any
) -> tuple[list[Standoff], list[str], list[tuple[str, str]]]:
    """The graphs, the problems as `line: message`, and each loss as kind and what it was."""
    graphs, reading = read(path, importer, **more)
    lost = [(kind, loss.found) for _, kind, _, places in reading.losses for loss in places]
    return graphs, [f"{p.line}: {p.message}" for p in reading.problems], lost


def _name(node: Node) -> str:
    if not node.spans and "actor.id" in node.attributes:
        return f"actor {node.attributes['actor.id']}"
    return node.attributes.get("id", node.key)
