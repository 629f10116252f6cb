"""ClaimPT (Campos et al., 2026): claims in Portuguese news, JSON Lines beside a folder of texts.

A claim is a node `claim` over its spans, with an edge `segment` to the sentence it stands in: a
node `segment`, which the claims of one sentence share. What is marked as no claim is a node
`non-claim`. By the guidelines of ClaimPT every claim is somebody else's direct speech, so a claim
without claimer has a segment too, from which no edge `claimer` leads.

Several claimers of a claim were mentions of one source wherever they were looked at: edges
`coreference` join them, and the edge `claimer` leads from the segment to the nearest one. A text
that no line names is a document without annotations.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from .. import sources
from ..formats import claimpt as shape
from ..formats.shapes import MisshapenError, shaped
from ..standoff.format import Importer, Reading, Source
from ..standoff.graph import Edge, Node, Standoff

TEXTS = "news_articles"
_MONTHS = "jan fev mar abr mai jun jul ago set out nov dez".split()


@dataclass(slots=True)
class _Told:
    """What lines tell about one document; None among the items is one that cannot be read."""

    fields: dict[str, str] = field(default_factory=dict)
    items: list[tuple[int, shape.Item | None]] = field(default_factory=list)


@dataclass(slots=True)
class _Graph:
    """What becomes of a document; a node or an edge that is there already is not added."""

    text: str
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str, str], Edge] = field(default_factory=dict)

    def add(self, label: str, words: shape.Words, line: int, **attributes: str) -> str:
        """A node over some words; its key."""
        start, end = shape.place(words, self.text)
        key = f"{label}.{start}-{end}"
        exact = (words.text,) if words.text else ()
        self.nodes.setdefault(key, Node(key, label, ((start, end),), attributes, exact, line))
        return key

    def link(self, label: str, source: str, target: str, line: int) -> None:
        """An edge."""
        self.edges.setdefault((label, source, target), Edge(label, source, target, line))


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The articles beside a file of annotations, or beside all such files below a folder."""
    for file in sources.files(path, ".jsonl"):
        folder = reading.text or file.parent / TEXTS
        texts = {text.name: text for text in sources.files(folder, ".txt")}
        told = {name: _Told() for name in texts}
        with reading.each(file) as source:
            _collect(told, source)
            for name, about in told.items():
                with reading.each(file) as one:
                    yield from _document(texts[name], about, one)


def _collect(told: Mapping[str, _Told], source: Source) -> None:
    for line, value in sources.json_lines(source.path):
        try:
            entry = shaped(value, shape.Entry)
        except MisshapenError as error:
            source.wrong(line, str(error))
            continue
        if entry.document not in told:
            source.wrong(line, f"document {entry.document!r}, expected the name of a text")
            continue
        about = told[entry.document]
        about.fields |= _fields(entry, line, source)
        given = [value] if entry.items is None else entry.items
        about.items += [(line, _item(item, line, source)) for item in given]


def _item(given: Any, line: int, source: Source) -> shape.Item | None:
    try:
        item = shaped(given, shape.Item)
    except MisshapenError as error:
        source.wrong(line, str(error))
        return None
    for name in sorted(given.keys() - shape.FIELDS):
        source.lost(f"attribute {name}", line, str(given[name]))
    return item


def _fields(entry: shape.Entry, line: int, source: Source) -> dict[str, str]:
    """What a line tells about its document: of when it is (`04 dez 2023`)."""
    if entry.news_article_topic:
        source.lost("document field news_article_topic", line, entry.news_article_topic)
    words = (entry.publication_time or "").lower().split()
    try:
        day, month, year = words
        return {"published": date(int(year), _MONTHS.index(month) + 1, int(day)).isoformat()}
    except (ValueError, OverflowError):
        if words:
            source.lost("document field publication_time", line, entry.publication_time or "")
        return {}


def _document(file: Path, told: _Told, source: Source) -> Iterator[Standoff]:
    """The document whose text is in `file`, unless something of it cannot be read."""
    items = [(line, item) for line, item in told.items if item]
    text = shape.fitting(sources.text(file), [item for _, item in items])
    graph = _Graph(text)
    for number, (line, item) in enumerate(items):
        try:
            _add(graph, f"claim.{number}", item, line)
        except MisshapenError as error:
            source.wrong(line, str(error))
        if len(claimers := shape.several(item.claimer)) > 1:
            names = ", ".join(words.text for words in claimers)
            source.changed("claimers taken as one source", line, names)
    if source.is_sound and len(items) == len(told.items):
        nodes, edges = tuple(graph.nodes.values()), tuple(graph.edges.values())
        yield Standoff(file.stem, text, nodes, edges, told.fields, source.shown)


def _add(graph: _Graph, key: str, item: shape.Item, line: int) -> None:
    if not item.claim:
        graph.add("non-claim", item.segment, line)
        return
    words = shape.several(item.claim_span) or [item.segment]
    places = tuple(shape.place(part, graph.text) for part in words)
    exact = tuple(part.text for part in words) if all(part.text for part in words) else ()
    graph.nodes[key] = Node(key, "claim", places, _attributes(item), exact, line)
    segment = graph.add("segment", item.segment, line)
    graph.link("segment", key, segment, line)
    for label, given in (("claim_object", item.claim_object), ("time", item.time)):
        for part in shape.several(given):
            graph.link(label, key, graph.add(label, part, line), line)
    _add_claimers(graph, segment, item, line)


def _attributes(item: shape.Item) -> dict[str, str]:
    time = item.time if isinstance(item.time, str) else ""
    told = {"claim_topic": item.claim_topic, "stance": item.stance, "time": time}
    return {name: str(value) for name, value in told.items() if value}


def _add_claimers(graph: _Graph, segment: str, item: shape.Item, line: int) -> None:
    claimers = shape.several(item.claimer)
    keys = [graph.add("claimer", words, line, **_type(words)) for words in claimers]
    for one, other in pairwise(keys):
        graph.link("coreference", other, one, line)
    if keys:
        far = [shape.distance(words, item.segment) for words in claimers]
        graph.link("claimer", segment, keys[far.index(min(far))], line)


def _type(words: shape.Words) -> dict[str, str]:
    return {"claimer.type": words.type} if words.type else {}


IMPORTER = Importer(
    name="claimpt",
    title="ClaimPT (Campos et al., 2026)",
    read=read,
    takes=f"a file *.jsonl with the folder {TEXTS} beside it, or a folder of such",
    map="claimpt",
    loses=(
        "what is marked as no claim",
        "objects, times and topics of claims",
        "topics of articles",
    ),
)
