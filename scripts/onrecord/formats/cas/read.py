"""Any CAS as a graph, ours or somebody else's.

A span layer gives nodes, labelled as `dkpro` says, and a layer without offsets gives nodes that
stand nowhere. Features with strings, numbers or truth values are attributes (of several values
joined by a comma), and features that lead to annotations are edges with the feature's name; those
of link features are `feature.role`. A relation layer gives edges, and a chain gives an edge from
each element to the next. Tokens, sentences, their tags and metadata are no annotations.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from ...standoff.graph import Edge, Node, Standoff
from ..dkpro import METADATA, VALUE, is_apparatus, refined, short
from .layers import (
    ACTOR,
    DEPENDENT,
    DOCUMENT,
    FIELDS,
    GOVERNOR,
    KIND,
    MENTION,
    PACKAGE,
    PLACE,
    attribute_of,
    edge_label,
)
from .structures import Structure, Structures, features, has, is_structure, members

LOSES = (
    "views but the first with a text",
    "features of relations but the first",
    "links to tokens and to what stands in no index",
)

_CHAIN = ("next", "referenceType", "referenceRelation")
_CHAINED = ("next", "referenceRelation")


def graph_of(cas: Any, structures: Structures) -> Iterator[Standoff]:
    """The first text of a CAS with its annotations, unless it is broken, which is told."""
    source = structures.source
    views = [view for view in cas.views if isinstance(view.sofa.sofaString, str)]
    if not views:
        source.wrong(0, "has no text, expected a sofa with one")
        return
    for view in views[1:]:
        source.lost("view", found=view.sofa.sofaID)
    found = _Graph(views[0].sofa.sofaString, structures)
    found.take(sorted(views[0].get_all_fs(), key=lambda structure: structure.xmiID))
    if source.is_sound:
        yield found.made(source.path.name.partition(".")[0])


class _Graph:
    """What becomes of the feature structures of one view."""

    def __init__(self, text: str, structures: Structures) -> None:
        self._text, self._structures = text, structures
        self._nodes: dict[int, Node] = {}
        self._placed: list[tuple[float, Edge]] = []
        self._document: dict[str, Any] = {}
        self._name = ""

    def take(self, structures: list[Structure]) -> None:
        """Nodes first, because edges may lead to any of them."""
        nodes, relations = [], []
        for structure in structures:
            if is_apparatus(structure.type.name) or structure.type.name == PACKAGE + DOCUMENT:
                self._tell(structure)
            elif has(structure, GOVERNOR, DEPENDENT):
                relations.append(structure)
            elif has(structure, "first") and not has(structure, "begin"):
                pass  # The head of a chain; its elements have all there is.
            elif has(structure, "sofa"):
                nodes.append(structure)
            else:
                self._structures.lost(f"label {short(structure.type.name)}", structure)
        for structure in nodes:
            self._add_node(structure)
        for structure in nodes:
            self._link(structure)
        for structure in relations:
            self._relate(structure)

    def made(self, name: str) -> Standoff:
        """The graph; `name` is of a document that has none itself."""
        ordered = sorted(self._placed, key=lambda placed: placed[0])
        return Standoff(
            str(self._document.get("id") or self._name or name),
            self._text,
            tuple(self._nodes.values()),
            tuple(edge for _, edge in ordered),
            self._document,
            self._structures.source.shown,
        )

    def _tell(self, structure: Structure) -> None:
        """What a structure says of the document."""
        told = dict(features(structure))
        if structure.type.name == METADATA:
            # The id is that of the annotator in what INCEpTION exports, the title is the file.
            self._name = str(told.get("documentTitle") or told.get("documentId", ""))
        language = told.get("language")
        if isinstance(language, str) and language != "x-unspecified":
            self._document.setdefault("language", language)
        if FIELDS in told:
            self._read_fields(structure, str(told[FIELDS]))

    def _read_fields(self, structure: Structure, given: str) -> None:
        try:
            self._document |= msgspec.json.decode(given, type=dict[str, Any])
        except (msgspec.DecodeError, RecursionError) as error:
            self._structures.wrong(structure, f"{given[:40]!r} as {FIELDS}, expected JSON: {error}")

    def _add_node(self, structure: Structure) -> None:
        told: dict[str, str] = {}
        for name, value in features(structure):
            values = members(value)
            if not (has(structure, *_CHAIN) and name in _CHAINED):
                plain = [_plain(one) for one in values if not is_structure(one)]
                if any(one is None for one in plain):
                    self._structures.wrong(structure, f"{value!r:.40} as {name}, expected a string")
                elif plain:
                    told[name] = ", ".join(one for one in plain if one is not None)
        spans = self._spans(structure)
        label, told = _labelled(structure.type.name, told)
        key = str(structure.xmiID)
        self._nodes[id(structure)] = Node(
            key, label, spans, told, line=self._structures.line(structure)
        )

    def _spans(self, structure: Structure) -> tuple[tuple[int, int], ...]:
        if structure.type.name == PACKAGE + ACTOR or not has(structure, "begin", "end"):
            return ()
        start, end = structure.begin, structure.end
        if type(start) is int and type(end) is int and 0 <= start <= end <= len(self._text):
            return ((start, end),)
        length = len(self._text)
        self._structures.wrong(structure, f"{start!r}-{end!r}, expected a span within 0-{length}")
        return ()

    def _link(self, structure: Structure) -> None:
        """The features that lead elsewhere, as edges."""
        chained = has(structure, *_CHAIN)
        for name, value in features(structure):
            for target in filter(is_structure, members(value)):
                if chained and name in _CHAINED:
                    label = _edge_name(structure, structure.referenceRelation)
                    self._add_edge(label, structure, structure, target)
                elif has(target, "target") and id(target) not in self._nodes:
                    label = refined(name, filter(None, [_plain(getattr(target, "role", None))]))
                    self._add_edge(label, structure, structure, target.target)
                else:
                    self._add_edge(name, structure, structure, target)

    def _relate(self, relation: Structure) -> None:
        told = {n: v for n, v in features(relation) if n not in (GOVERNOR, DEPENDENT, PLACE)}
        place = getattr(relation, PLACE, None)
        label = edge_label(relation.type.name)
        if not label:
            values = [(name, _plain(value)) for name, value in told.items()]
            first = next(((name, value) for name, value in values if value), ("", ""))
            label = _edge_name(relation, first[1])
            told.pop(first[0], None)
        for name in told:
            self._structures.lost(f"attribute {name}", relation, label)
        rank = float(place) if isinstance(place, int) else float("inf")
        self._add_edge(label, relation, relation.Governor, relation.Dependent, rank)

    def _add_edge(
        self, label: str, at: Structure, source: Any, target: Any, place: float = float("inf")
    ) -> None:
        ends = self._nodes.get(id(source)), self._nodes.get(id(target))
        if ends[0] is None or ends[1] is None:
            self._structures.lost(f"edge {label}", at, "leads to no annotation")
            return
        edge = Edge(label, ends[0].key, ends[1].key, self._structures.line(at))
        self._placed.append((place, edge))


def _labelled(name: str, told: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The label of a node, and those of its features that are its attributes."""
    if name in (PACKAGE + MENTION, PACKAGE + ACTOR):
        label = told.pop(KIND, "unspecified")
    elif name.startswith(PACKAGE):
        label = short(name).lower()
    else:
        return refined(name, [told.pop(VALUE, "")]), told
    return label, {attribute_of(feature): value for feature, value in told.items()}


def _edge_name(structure: Structure, value: Any) -> str:
    return refined(structure.type.name, filter(None, [_plain(value)]))


def _plain(value: Any) -> str | None:
    """A string, number or truth value in words."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else None
