"""Articles as JSON Lines for projects of doccano with relations and overlapping spans."""

from collections.abc import Iterable, Iterator
from itertools import count

import msgspec

from ..formats import aside
from ..formats.doccano.kept import UNITS, Kept, KeptEntity
from ..losses import Losses
from ..model import Article
from ..schema import Json
from ..standoff import parts
from ..standoff.format import Exporter
from ..standoff.graph import Node
from ..standoff.scheme import standoff
from ..standoff.units import Offsets, offsets


def write(articles: Iterable[Article], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """`all.jsonl`; entities and relations are numbered through, as doccano wants it."""
    numbers, relations = count(1), count(1)
    lines = [msgspec.json.encode(_line(article, numbers, relations)) for article in articles]
    yield "all.jsonl", b"".join(line + b"\n" for line in lines)


def _line(article: Article, numbers: Iterator[int], relations: Iterator[int]) -> Json:
    inside, away = aside.taken(standoff(article))
    parted = parts.split(inside)
    counted = offsets(inside.text, UNITS[0])
    kept = {node.key: _kept(node, counted) for node in parted.nodes}
    number = dict(zip(kept, numbers, strict=False))
    entities = [_entity(number[key], entity) for key, entity in kept.items()]
    meta = Kept(
        document=dict(inside.document),
        entities=tuple(kept.values()),
        nodes=away.nodes,
        edges=away.edges,
    )
    linked = [
        {"id": n, "from_id": number[e.source], "to_id": number[e.target], "type": e.label}
        for e, n in zip(parted.edges, relations, strict=False)
    ]
    text = {"id": inside.name, "text": inside.text}
    return {**text, "entities": entities, "relations": linked, aside.KEY: meta}


def _kept(node: Node, counted: Offsets) -> KeptEntity:
    ((start, end),) = node.spans
    return KeptEntity(
        key=node.key,
        label=node.label,
        start_offset=counted[start],
        end_offset=counted[end],
        text=node.exact[0],
        attributes=dict(node.attributes),
    )


def _entity(number: int, kept: KeptEntity) -> Json:
    place = {"start_offset": kept.start_offset, "end_offset": kept.end_offset}
    return {"id": number, "label": kept.label, **place}


EXPORTER = Exporter(
    name="doccano",
    title="doccano, JSON Lines",
    write=write,
    gives="all.jsonl, for a project of sequence labelling with relations and overlapping spans",
)
