"""Articles as W3C Web Annotations: a text, and a collection of annotations in JSON-LD beside it.

Every part of a node is selected twice, by its position and by its words; links are annotations with
the motivation `linking`, in their order. Each annotation is one line of the file.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..formats.web_annotation import (
    COMMENTING,
    COMPOSITE,
    CONTEXT,
    DOCUMENT,
    LANGUAGE,
    LINKING,
    NOTE,
    OWN_CONTEXT,
    PREFIX,
    TAGGING,
)
from ..losses import Losses
from ..model import Article
from ..standoff.format import Exporter
from ..standoff.graph import Edge, Node, Standoff, Stretch
from ..standoff.scheme import standoff

_AROUND = 32
"""Characters of the text before and behind a selection that help to find it again."""

Json = dict[str, Any]


def write(articles: Iterable[Article], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """For each article its text as `<id>.txt` and its annotations as `<id>.jsonld`."""
    for article in articles:
        graph = standoff(article)
        yield f"{graph.name}.txt", graph.text.encode("utf-8")
        yield f"{graph.name}.jsonld", "".join(_lines(graph)).encode("utf-8")


def _lines(graph: Standoff) -> Iterator[str]:
    items = [
        *(_annotation(node, graph) for node in graph.nodes),
        *(_link(number, edge) for number, edge in enumerate(graph.edges, start=1)),
    ]
    collection = {
        "@context": [CONTEXT, OWN_CONTEXT],
        "id": f"{graph.name}.jsonld",
        "type": "AnnotationCollection",
        "total": len(items),
        DOCUMENT: _document(graph),
    }
    yield f"{_json(collection)[:-1]},\n"
    yield '"first": {"id": "#page", "type": "AnnotationPage", "startIndex": 0, "items": [\n'
    yield ",\n".join(map(_json, items))
    yield "\n]}}\n"


def _document(graph: Standoff) -> Json:
    own = {key: value for key, value in graph.document.items() if key != LANGUAGE}
    language = {LANGUAGE: graph.document[LANGUAGE]} if LANGUAGE in graph.document else {}
    kind = {"id": _source(graph), "type": "Text", "format": "text/plain"}
    return {**kind, **language, **_own(own)}


def _own(value: Any) -> Any:
    """A value of ours with all its keys in our own namespace."""
    if isinstance(value, dict):
        return {PREFIX + key: _own(inner) for key, inner in value.items()}
    return [_own(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def _annotation(node: Node, graph: Standoff) -> Json:
    return {
        "id": _iri(node.key),
        "type": "Annotation",
        "motivation": TAGGING,
        "body": list(_bodies(node)),
        "target": _target(node, graph),
    }


def _bodies(node: Node) -> Iterator[Json]:
    yield _textual(TAGGING, node.label)
    if own := {key: value for key, value in node.attributes.items() if key != NOTE}:
        yield {"type": "Dataset", **_own(own)}
    if NOTE in node.attributes:
        yield _textual(COMMENTING, node.attributes[NOTE])


def _textual(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _target(node: Node, graph: Standoff) -> Any:
    """Where a node is; what stands nowhere in the text belongs to the text as a whole."""
    parts = [_part(span, graph) for span in node.spans]
    if not parts:
        return _source(graph)
    return parts[0] if len(parts) == 1 else {"type": COMPOSITE, "items": parts}


def _part(span: Stretch, graph: Standoff) -> Json:
    start, end = span
    quoted = {
        "type": "TextQuoteSelector",
        "exact": graph.text[start:end],
        "prefix": graph.text[max(0, start - _AROUND) : start],
        "suffix": graph.text[end : end + _AROUND],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"source": _source(graph), "selector": [quoted, position]}


def _link(number: int, edge: Edge) -> Json:
    to = {"type": "SpecificResource", "purpose": LINKING, "source": _iri(edge.target)}
    return {
        "id": f"#link-{number}",
        "type": "Annotation",
        "motivation": LINKING,
        "body": [_textual(TAGGING, edge.label), to],
        "target": _iri(edge.source),
    }


def _source(graph: Standoff) -> str:
    return f"{graph.name}.txt"


def _iri(key: str) -> str:
    # With a colon the reference would be read as a compact IRI of JSON-LD.
    return f"#{key.replace(':', '.')}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


EXPORTER = Exporter(
    name="web-annotation",
    title="W3C Web Annotation in JSON-LD",
    write=write,
    gives="<id>.jsonld, a collection of annotations, and its text <id>.txt for each document",
)
