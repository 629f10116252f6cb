"""Articles as tasks of Label Studio, with the labelling interface that shows them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from ..formats import aside
from ..formats.label_studio.interface import LABEL, TEXT, interface
from ..losses import Losses
from ..model import Article
from ..schema import Json
from ..standoff import parts
from ..standoff.format import Exporter
from ..standoff.graph import Edge, Node, Standoff
from ..standoff.scheme import attribute_labels, standoff


def write(articles: Iterable[Article], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """`labeling.xml`, the interface of the project, and `tasks.json`, to be imported into it."""
    yield "labeling.xml", interface()
    tasks = (_task(number, article) for number, article in enumerate(articles, start=1))
    yield "tasks.json", b"[\n" + b",\n".join(map(msgspec.json.encode, tasks)) + b"\n]\n"


def _task(number: int, article: Article) -> Json:
    inside, kept = aside.taken(standoff(article))
    away = aside.plain(kept)
    data = {**inside.document, TEXT: inside.text, **({aside.KEY: away} if away else {})}
    return {"id": number, "data": data, "annotations": _annotations(number, article, inside)}


def _annotations(number: int, article: Article, inside: Standoff) -> list[Json]:
    """One annotation; none where nobody has looked for anything."""
    result = list(_results(parts.split(inside)))
    if not result and not article.document.layers:
        return []
    return [{"id": number, "was_cancelled": False, "ground_truth": False, "result": result}]


def _results(inside: Standoff) -> Iterator[Json]:
    lists = attribute_labels()
    for node in inside.nodes:
        yield _result(node, LABEL, "labels", {"labels": [node.label]})
        for name, value in node.attributes.items():
            if name in lists:
                yield _result(node, name, "choices", {"choices": [value]})
            elif (name, value) != ("id", node.key):
                yield _result(node, name, "textarea", {"text": [value]})
    yield from map(_relation, inside.edges)


def _result(node: Node, control: str, kind: str, said: Mapping[str, Any]) -> Json:
    ((start, end),) = node.spans
    value = {"start": start, "end": end, "text": node.exact[0], **said}
    return {
        "id": node.key, "from_name": control, "to_name": TEXT, "type": kind,
        "origin": "manual", "value": value,
    }  # fmt: skip


def _relation(edge: Edge) -> Json:
    return {
        "type": "relation", "from_id": edge.source, "to_id": edge.target,
        "direction": "right", "labels": [edge.label],
    }  # fmt: skip


EXPORTER = Exporter(
    name="label-studio",
    title="Label Studio, tasks in JSON",
    write=write,
    gives="tasks.json, and labeling.xml for the settings of the project",
)
