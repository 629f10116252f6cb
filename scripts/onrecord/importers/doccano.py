"""JSON Lines of doccano: spans and relations, and spans as triples of start, end and label.

What doccano cannot hold our own export keeps among the metadata, which doccano hands through; an
entity is known again by its label and place. Where these were changed it is taken for one that is
gone: a mention by its place, anything by words that it shares.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from .. import sources
from ..formats import aside
from ..formats.doccano.kept import UNITS, KeptEntity
from ..formats.doccano.row import Entity, Row, UnclearError, row
from ..formats.document import fitting_fields
from ..formats.offsets import Given, counted
from ..schema import labels
from ..standoff.format import Importer, Reading, Source
from ..standoff.graph import Edge, Node, Standoff

Marked = tuple[Entity, KeptEntity | None]
Place = tuple[str, int, int]
"""Label, start and end."""


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The texts of a file, or of the files `*.jsonl` of a folder."""
    for file in sources.files(path, ".jsonl"):
        with reading.each(file) as source:
            for line, value in sources.json_lines(file):
                yield from _document(value, line, source)


def _document(value: Any, line: int, source: Source) -> Iterator[Standoff]:
    try:
        yield _standoff(row(value), line, source)
    except UnclearError as error:
        for message in error.messages:
            source.wrong(line, message)


def _standoff(known: Row, line: int, source: Source) -> Standoff:
    for kind, found in known.lost:
        source.lost(kind, line, found)
    kept = known.kept
    told = {**known.metadata, **kept.document}
    marked = list(_marked(known.entities, kept.entities))
    for entity, one in marked:
        if one and not one.text:
            source.changed("moved, known by words that it shares", line, entity.label)
    keys = _keys(marked, kept.keys)
    nodes = _nodes(known.text, marked, keys, line, source.reading.offsets)
    name = str(told.get("id") or known.id or f"{source.path.stem}-{line}")
    document = fitting_fields(told, line, source, length=len(known.text))
    edges = _edges(known, keys, line)
    inside = Standoff(name, known.text, nodes, edges, document, source.shown)
    return aside.put_back(inside, kept, line=line)


def _marked(entities: Sequence[Entity], kept: Iterable[KeptEntity]) -> Iterator[Marked]:
    """Each entity with what is known of it; those alike in label and place go by their order.

    The words of one that was moved are left out.
    """
    found: dict[Entity, KeptEntity] = {}
    ordered = sorted(entities, key=lambda entity: entity.number)
    waiting = list(kept)
    for place, place_of_kept in ((_place, _place_of_kept), (_kind, _kind_of_kept)):
        by_place: dict[Place, deque[KeptEntity]] = defaultdict(deque)
        for one in waiting:
            by_place[place_of_kept(one)].append(one)
        for entity in ordered:
            if entity not in found and (alike := by_place[place(entity)]):
                found[entity] = alike.popleft()
        waiting = [one for alike in by_place.values() for one in alike]
    for entity in ordered:
        near = () if entity in found else [one for one in waiting if _shared(entity, one)]
        if near:
            known = max(near, key=lambda one: _shared(entity, one))
            waiting.remove(known)
            found[entity] = msgspec.structs.replace(known, text="")
    yield from ((entity, found.get(entity)) for entity in ordered)


def _place(entity: Entity) -> Place:
    return entity.label, entity.start, entity.end


def _place_of_kept(one: KeptEntity) -> Place:
    return one.label, one.start_offset, one.end_offset


def _kind(entity: Entity) -> Place:
    """The place, whatever kind of actor is mentioned there."""
    return _alike(entity.label), entity.start, entity.end


def _kind_of_kept(one: KeptEntity) -> Place:
    return _alike(one.label), one.start_offset, one.end_offset


def _alike(label: str) -> str:
    return "" if label in labels("actors", "kind") else label


def _shared(entity: Entity, one: KeptEntity) -> int:
    """How much of the text both cover, if they can be the same."""
    if entity.label != one.label:
        return 0
    return max(0, min(entity.end, one.end_offset) - max(entity.start, one.start_offset))


def _keys(marked: Iterable[Marked], taken: Iterable[str]) -> dict[Entity, str]:
    """A key for each entity: the one it had, else one made of its number."""
    keys: dict[Entity, str] = {}
    used = set(taken)
    for entity, known in marked:
        key = known.key if known else f"e{entity.name}"
        while key in used and not known:
            key += "'"
        used.add(key)
        keys[entity] = key
    return keys


def _nodes(
    text: str, marked: Sequence[Marked], keys: Mapping[Entity, str], line: int, told: str | None
) -> tuple[Node, ...]:
    given = [
        Given(f"entity {e.name}", (e.start, e.end), known.text if known else "")
        for e, known in marked
    ]
    try:
        places = counted(text, given, UNITS, told=told, agree=str.__eq__)
    except ValueError as error:
        raise UnclearError(*error.args) from None
    return tuple(
        Node(
            keys[entity], entity.label, (place,), known.attributes if known else {},
            (known.text,) if known and known.text else (), line,
        )
        for (entity, known), place in zip(marked, places, strict=True)
    )  # fmt: skip


def _edges(known: Row, keys: Mapping[Entity, str], line: int) -> tuple[Edge, ...]:
    by_name = {entity.name: key for entity, key in keys.items()}
    return tuple(
        Edge(label, by_name.get(one, f"e{one}"), by_name.get(other, f"e{other}"), line)
        for label, one, other in known.relations
    )


IMPORTER = Importer(
    name="doccano",
    title="doccano, JSON Lines",
    read=read,
    takes="a file *.jsonl, exported from a project of sequence labelling, or a folder of such",
    loses=("comments", "labels of a whole text", "metadata that are no fields of a document"),
)
