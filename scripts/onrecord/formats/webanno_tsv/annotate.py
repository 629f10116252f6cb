"""The annotations of a WebAnno TSV file as a graph.

Labels are as `dkpro` says. An annotation is what has one number in the cells of its layer, or else
what stands in one row; it stands where its rows stand, joined where only white space parts them.
A slot feature gives edges `feature.role`, a chain edges from each link to the next, `Layer.value`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ...standoff.format import Source
from ...standoff.graph import Edge, Node, Stretch
from ..dkpro import ANNOTATION, is_apparatus, refined, short
from .cells import Value, links, split, values
from .header import CHAIN, CHAIN_LINK, CHAIN_TYPE, RELATION, SPAN, Layer, Slot
from .table import Row, Table
from .text import Places

Key = tuple[str, str]
"""Layer, and the number of an annotation or its address and place in the stack there."""


@dataclass(slots=True)
class _Found:
    """An annotation as it is gathered from rows."""

    line: int
    places: list[Stretch] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)


class Annotations:
    """The annotations of a table; `refine` is the feature that refines the labels of nodes.

    What contradicts itself, or has no place in a graph, is told.
    """

    def __init__(
        self, table: Table, text: str, places: Places, source: Source, refine: str
    ) -> None:
        self._text, self._places, self._source, self._refine = text, places, source, refine
        self._found: dict[Key, _Found] = {}
        self._at: dict[Key, list[Key]] = {}
        self._numbered: dict[str, Key] = {}
        self._table = table
        for row, layer in self._cells(SPAN):
            self._take_span(row, layer)
        for row, layer in self._cells(CHAIN):
            self._take_chain(row, layer)

    def nodes(self) -> Iterator[Node]:
        """A node for each annotation."""
        for key, found in self._found.items():
            told = {name: words for name, words in found.values.items() if name != CHAIN_LINK}
            label = refined(key[0], [told.pop(self._refine, "")])
            yield Node(_name(key), label, self._spans(found), told, line=found.line)

    def edges(self) -> Iterator[Edge]:
        """The links of slots, chains and relations."""
        for row, layer in self._cells(SPAN):
            for slot in layer.slots:
                yield from self._slot(row, layer, slot)
        yield from self._chains()
        for row, layer in self._cells(RELATION):
            yield from self._relations(row, layer)

    def _cells(self, kind: str) -> Iterator[tuple[Row, Layer]]:
        layers = [
            layer
            for layer in self._table.layers
            if layer.kind == kind and not is_apparatus(layer.name)
        ]
        for sentence in self._table.sentences:
            for row in sentence.rows:
                for layer in layers:
                    yield row, layer

    def _take_span(self, row: Row, layer: Layer) -> None:
        for column in layer.plain:
            for index, value in enumerate(values(row.cells[column.place])):
                found = self._take(row, _key(row, layer, value, index))
                self._give(row, found, column.declared, value.words)
        for slot in layer.slots:
            for index, _ in enumerate(_stack(row.cells[slot.roles])):
                self._take(row, _host(row, layer, slot, index))

    def _take_chain(self, row: Row, layer: Layer) -> None:
        cells = {column.declared: row.cells[column.place] for column in layer.columns}
        types = values(cells.get(CHAIN_TYPE, "_"))
        for index, link in enumerate(links(cells.get(CHAIN_LINK, "_"))):
            if not link.number:
                told = f"{cells[CHAIN_LINK][:40]!r}, expected links as ->1-2"
                self._source.wrong(row.line, told)
                return
            found = self._take(row, (layer.name, link.number))
            self._give(row, found, CHAIN_LINK, link.words)
            self._give(row, found, CHAIN_TYPE, types[index].words if index < len(types) else "")

    def _take(self, row: Row, key: Key) -> _Found:
        """The annotation with this key, now also in this row."""
        found = self._found.setdefault(key, _Found(row.line))
        at = self._at.setdefault((key[0], row.address), [])
        if key not in at:
            at.append(key)
            found.places.append(self._places[row.line])
        if "/" not in key[1]:
            self._numbered.setdefault(key[1], key)
        return found

    def _give(self, row: Row, found: _Found, name: str, words: str) -> None:
        if words and found.values.setdefault(name, words) != words:
            before = found.values[name]
            told = f"{words[:40]!r} as {name}, expected {before[:40]!r}"
            self._source.wrong(row.line, told)

    def _spans(self, found: _Found) -> tuple[Stretch, ...]:
        spans: list[Stretch] = []
        for start, end in sorted(found.places):
            if spans and not self._text[spans[-1][1] : start].strip():
                spans[-1] = (spans[-1][0], max(spans[-1][1], end))
            else:
                spans.append((start, end))
        return tuple(spans)

    def _slot(self, row: Row, layer: Layer, slot: Slot) -> Iterator[Edge]:
        targets = _stack(row.cells[slot.targets])
        for index, roles in enumerate(_stack(row.cells[slot.roles])):
            host = _host(row, layer, slot, index)
            # The rows of one annotation repeat its links.
            if self._found[host].line != row.line:
                continue
            ends = values(targets[index], ";") if index < len(targets) else []
            for role, end in zip(values(roles, ";"), ends, strict=False):
                label = refined(slot.feature, [role.words])
                target = self._resolved(slot.layer, end.words, end.number)
                yield from self._edge(label, host, target, row.line)

    def _chains(self) -> Iterator[Edge]:
        chains = {layer.name for layer in self._table.layers if layer.kind == CHAIN}
        for key, found in self._found.items():
            if key[0] in chains:
                chain, link = key[1].split("-")
                behind = (key[0], f"{chain}-{int(link) + 1}")
                if behind in self._found:
                    label = refined(key[0], [found.values.get(CHAIN_LINK, "")])
                    yield from self._edge(label, key, behind, found.line)

    def _relations(self, row: Row, layer: Layer) -> Iterator[Edge]:
        if not (base := layer.base):
            return
        name = base.declared.partition("_")[2]
        told = {c.declared: values(row.cells[c.place]) for c in layer.plain}
        for index, start in enumerate(values(row.cells[base.place])):
            given = {
                n: v[index].words for n, v in told.items() if index < len(v) and v[index].words
            }
            label = refined(layer.name, given.values())
            for other in list(given)[1:]:
                self._source.lost(f"attribute {other}", row.line, given[other])
            source, _, target = start.number.partition("_")
            yield from self._edge(
                label,
                self._resolved(name, start.words, source),
                self._resolved(name, row.address, target),
                row.line,
            )

    def _resolved(self, layer: str, address: str, number: str) -> Key | None:
        """What a link leads to: an annotation of a layer, or of any, by number or by address."""
        if number not in ("", "0"):
            key = (layer, number)
            return key if key in self._found else self._numbered.get(number)
        layers = [layer] if layer != ANNOTATION else [one.name for one in self._table.layers]
        keys = [key for name in layers for key in self._at.get((name, address), [])]
        return min(keys, key=lambda key: "/" not in key[1], default=None)

    def _edge(
        self, label: str, source: Key | None, target: Key | None, line: int
    ) -> Iterator[Edge]:
        if source and target:
            yield Edge(label, _name(source), _name(target), line)
        else:
            self._source.lost(f"edge {label}", line, "leads to no annotation")


def _name(key: Key) -> str:
    return f"{short(key[0])} {key[1]}"


def _key(row: Row, layer: Layer, value: Value, index: int) -> Key:
    return layer.name, value.number or f"{row.address}/{index}"


def _stack(cell: str) -> list[str]:
    return [] if cell == "_" else split(cell, "|")


def _host(row: Row, layer: Layer, slot: Slot, index: int) -> Key:
    """What a slot belongs to; its number stands behind the last of its roles."""
    roles = values(_stack(row.cells[slot.roles])[index], ";")
    return _key(row, layer, roles[-1] if roles else Value(""), index)
