"""An article as a CAS."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from ...losses import Losses
from ...model import Article
from ...segment import sentences, tokens_in
from ...standoff.graph import Edge, Node, Standoff
from ...standoff.parts import split
from ...standoff.scheme import standoff
from ..dkpro import METADATA, SENTENCE, TOKEN
from ..xml import fit, fitted
from . import cassis
from .layers import (
    DEPENDENT,
    DOCUMENT,
    FIELDS,
    GOVERNOR,
    KIND,
    PACKAGE,
    PLACE,
    RELATIONS,
    SPANS,
    feature,
    layer_of,
)
from .types import TypeSystem

Cas = Any
"""A `cassis.Cas`; the library is loaded where it is used."""


def cas_of(article: Article, types: TypeSystem, losses: Losses) -> Cas:
    """The article with all annotations, sentences and tokens; nothing is left out."""
    graph = split(fitted(standoff(article), losses))
    title = fit(article.document.headline or graph.name)
    cas = cassis().Cas(typesystem=types)
    cas.sofa_string = graph.text
    cas.sofa_mime = "text/plain"
    new = _Maker(cas)
    new.add(
        METADATA, 0, len(graph.text), language=article.document.language,
        documentId=graph.name, documentTitle=title,
    )  # fmt: skip
    cas.add(types.get_type(f"{PACKAGE}{DOCUMENT}")(**{FIELDS: _json(graph.document)}))
    for start, end in sentences(article):
        new.add(SENTENCE, start, end)
        for token in tokens_in(graph.text, start, end):
            new.add(TOKEN, *token)
    _annotate(new, graph)
    return cas


class _Maker:
    """Puts annotations into a CAS."""

    def __init__(self, cas: Cas) -> None:
        self._cas = cas

    def add(self, name: str, start: int, end: int, **features: Any) -> Any:
        made = self._cas.typesystem.get_type(name)(begin=start, end=end, **features)
        self._cas.add(made)
        return made


def _annotate(new: _Maker, graph: Standoff) -> None:
    made = {node.key: _add_node(new, node) for node in graph.nodes}
    for place, edge in _placed(graph.edges):
        target = made[edge.target]
        new.add(
            f"{PACKAGE}{RELATIONS[edge.label]}", target.begin, target.end,
            **{GOVERNOR: made[edge.source], DEPENDENT: target, PLACE: place},
        )  # fmt: skip


def _add_node(new: _Maker, node: Node) -> Any:
    layer = layer_of(node.label, placed=bool(node.spans))
    start, end = node.spans[0] if node.spans else (0, 0)
    features = {feature(name): value for name, value in node.attributes.items()}
    if KIND in SPANS[layer] and node.attributes:
        features.setdefault(KIND, node.label)
    return new.add(f"{PACKAGE}{layer}", start, end, **features)


def _placed(edges: Iterable[Edge]) -> Iterator[tuple[int, Edge]]:
    """Each edge with its place among those with its label and source."""
    seen: Counter[tuple[str, str]] = Counter()
    for edge in edges:
        seen[edge.label, edge.source] += 1
        yield seen[edge.label, edge.source], edge


def _json(fields: Any) -> str:
    return msgspec.json.encode(fields).decode()
