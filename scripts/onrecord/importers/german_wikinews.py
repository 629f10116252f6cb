"""German Wikinews with quotations (Petersen-Frey and Biemann, 2024), a JSON file for each article.

An annotation is a node `quotation` without spans; its edges `quote`, `cue`, `frame`, `speaker` and
`addressee` lead to what it consists of. Speakers and addressees are nodes `mention`, one for each
place however many annotations share it. Which quotation is `within` which is not in the data, only
that one is nested: `formats.german_wikinews.nesting` says what is made of that.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from .. import sources
from ..formats.german_wikinews import shape
from ..formats.german_wikinews.nesting import Nested, carriers
from ..formats.shapes import MisshapenError, shaped
from ..standoff.format import Importer, Reading, Source
from ..standoff.graph import Edge, Node, Standoff

_ACTORS = ("speaker", "addressee")
_DATE = re.compile(r"\(([0-9]{4}-[0-9]{2}-[0-9]{2})\)$")


@dataclass(frozen=True, slots=True)
class _Quotation:
    """One annotation; `line` is where it begins in its file."""

    key: str
    line: int
    given: shape.Annotation
    parts: tuple[shape.Part, ...]


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The articles of a file, or of all files `*.json` below a folder."""
    for file in sources.files(path, ".json"):
        with reading.each(file) as source:
            yield from _document(source)


def _document(source: Source) -> Iterator[Standoff]:
    try:
        document = shaped(sources.json(source.path), shape.Document)
    except MisshapenError as error:
        source.wrong(0, str(error))
        return
    quotations = list(_quotations(document, source))
    if source.is_sound:
        yield _standoff(document, quotations, source)


def _quotations(document: shape.Document, source: Source) -> Iterator[_Quotation]:
    """The annotations but those that repeat one before them."""
    known: list[Any] = []
    lines = shape.lines(sources.text(source.path))
    for number, (line, given) in enumerate(zip(lines, document.annotations, strict=True)):
        try:
            annotation = shaped(given, shape.Annotation)
            parts = tuple(shape.parts(annotation, document))
        except MisshapenError as error:
            source.wrong(line, str(error))
            continue
        said = {name: value for name, value in given.items() if name != "id"}
        if said in known:
            source.lost("annotation given twice", line, annotation.quote.text)
            continue
        known.append(said)
        for name in sorted(given.keys() - shape.FIELDS):
            source.lost(f"attribute {name}", line, str(given[name]))
        yield _Quotation(str(number), line, annotation, parts)


def _standoff(
    document: shape.Document, quotations: Sequence[_Quotation], source: Source
) -> Standoff:
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for quotation in quotations:
        told = {"type": quotation.given.type, "medium": quotation.given.medium}
        attributes = {name: value for name, value in told.items() if value}
        key, line = quotation.key, quotation.line
        nodes[key] = Node(key, "quotation", (), attributes, line=line)
        for part in quotation.parts:
            node = _node(quotation, part)
            nodes.setdefault(node.key, node)
            edges.append(Edge(part.role, key, node.key, line))
    edges += _nesting(quotations, source)
    return Standoff(
        document.document_name, document.original_text, tuple(nodes.values()), tuple(edges),
        _fields(document.document_name), source.shown,
    )  # fmt: skip


def _node(quotation: _Quotation, part: shape.Part) -> Node:
    label, key = part.role, f"{quotation.key}.{part.role}"
    if part.role in _ACTORS:
        places = ",".join(f"{start}-{end}" for start, end in part.spans)
        label, key = "mention", f"mention.{places}"
    return Node(key, label, part.spans, {}, part.exact, quotation.line)


def _fields(name: str) -> dict[str, str]:
    """What the name of a document tells: `26056 - Headline (2006-05-01)`."""
    found = _DATE.search(name)
    try:
        return {"published": date.fromisoformat(found[1]).isoformat()} if found else {}
    except ValueError:
        return {}


def _nesting(quotations: Sequence[_Quotation], source: Source) -> Iterator[Edge]:
    """The edges `within`; flags that lead to none are lost."""
    flags = [(q.given.is_nested, q.given.has_nested) for q in quotations]
    found = carriers(
        [Nested(q.parts[0].spans, *flag) for q, flag in zip(quotations, flags, strict=True)]
    )
    for number, (inner, outer) in enumerate(zip(quotations, found, strict=True)):
        line, words = inner.line, inner.given.quote.text
        if outer is not None:
            yield Edge("within", inner.key, quotations[outer].key, line)
        elif flags[number][0]:
            source.lost("attribute isNested", line, words)
        if flags[number][1] and number not in found:
            source.lost("attribute hasNested", line, words)


IMPORTER = Importer(
    name="german-wikinews",
    title="German Wikinews with quotations (Petersen-Frey and Biemann, 2024)",
    read=read,
    takes="a file *.json, or a folder of such",
    map="german-wikinews",
    loses=(
        "types of quotation other than direct and indirect",
        "the medium of quotations: speech, thought or writing",
        "frames",
        "that a quotation is nested, where its words do not tell in which",
    ),
)
