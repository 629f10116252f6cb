"""Documents of spaCy in its binary form: their spans and entities, and all of what we exported.

A span becomes a node with its label, or the name of its group where it has none; `kb_id` and
`span_id` are attributes, so are values of extensions. The spans of a group such as
`coref_clusters_1` are linked, each to the one before. In a group with one of our names a span
whose label is one of ours means what it means in our exports, whoever made it. An entity that
some group also has is not read twice. Attributes of words, such as tags, have no place.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..formats.spacy.files import documents
from ..formats.spacy.groups import KEY, Carried, groups, spacy
from ..sources import files
from ..standoff.format import Importer, Reading, Source
from ..standoff.graph import Edge, Node, Standoff, Stretch
from ..standoff.scheme import COREFERENCE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_CLUSTER = re.compile(r"(coref_(?:head_)?clusters)_\d+")
_ENTS = "doc.ents"
_SHOWN = 200
"""Characters of what was lost, or of an error, that are told."""


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The documents of a file, or of all files `*.spacy` below a folder."""
    spacy()
    for file in files(path, ".spacy"):
        with reading.each(file) as source:
            yield from _documents(source)


def _documents(source: Source) -> Iterator[Standoff]:
    for number, (doc, unread) in enumerate(documents(source.path), start=1):
        try:
            if isinstance(doc, Exception):
                raise doc
            found = _Found(doc, number, source)
            graph = found.graph()
        # What spaCy raises for a document that was tampered with is of many kinds.
        except Exception as error:
            told = f"document {number}: {_line(error)}, expected a document of spaCy"
            source.wrong(0, told)
            continue
        for name, count in unread.items():
            found.lost(f"token attribute {name}", f"{count} tokens")
        yield graph


def _line(error: Exception) -> str:
    words = " ".join(str(error).split())[:_SHOWN]
    return f"{type(error).__name__} {words!r}"


class _Found:
    """The nodes and edges of one document, in the making."""

    def __init__(self, doc: "Doc", number: int, source: Source) -> None:
        self._doc, self._source = doc, source
        self._text: str = doc.text
        self._carried = _carried(doc)
        told = self._carried.document if self._carried else {}
        self._name = str(told.get("id", f"{source.path.stem}-{number}"))
        self._nodes: dict[str, Node] = {}
        self._edges: list[Edge] = []
        # Values of extensions, by the stretch that they are of.
        self._values: dict[Stretch, dict[str, str]] = {}

    def lost(self, kind: str, found: str) -> None:
        """Something has no place; a file without lines is told with the name of the document."""
        self._source.reading.losses.lost(kind, self._where, found)

    def graph(self) -> Standoff:
        """All of the document; what has no place is told."""
        self._read_user_data()
        for name, group in self._doc.spans.items():
            keys = [self._add(span, str(name), n) for n, span in enumerate(group)]
            if _CLUSTER.fullmatch(str(name)):
                chain = [key for key in dict.fromkeys(keys) if key]
                self._edges += [Edge(COREFERENCE, b, a) for a, b in pairwise(chain)]
        self._read_entities()
        if self._doc.cats:
            self.lost("document field cats", str(self._doc.cats)[:_SHOWN])
        if self._doc.has_unknown_spaces:
            losses = self._source.reading.losses
            losses.changed("unknown white space", self._where, "one space between words")
        document = self._read_carried()
        nodes, edges = tuple(self._nodes.values()), tuple(self._edges)
        return Standoff(self._name, self._text, nodes, edges, document, self._source.shown)

    @property
    def _where(self) -> str:
        return f"{self._source.shown}:{self._name}"

    def _read_carried(self) -> dict[str, Any]:
        if self._carried is None:
            return {}
        for key, label in self._carried.absent.items():
            self._nodes.setdefault(key, Node(key, label, (), self._carried.attributes.get(key, {})))
        for label, source, target in self._carried.edges:
            if {source, target} <= self._nodes.keys():
                self._edges.append(Edge(label, source, target))
            else:
                self.lost(f"edge {label}", f"{source} {target}")
        return self._carried.document

    def _read_entities(self) -> None:
        """Entities that no span tells; in a document of ours a span is right where they differ.

        Of an entity that we exported only the span counts, so that a mention is gone with that.
        """
        known = {(span, node.label) for node in self._nodes.values() for span in node.spans}
        kinds = groups()["mentions"].labels if self._carried else ()
        ours = {span for span, label in known if label in kinds}
        for number, entity in enumerate(self._doc.ents):
            stretch = self._stretch(entity)
            if (stretch, entity.label_) in known:
                continue
            if stretch in ours:
                self.lost(f"label {entity.label_}", entity.text)
            elif self._carried is None or _id(entity) not in self._carried.attributes:
                self._add(entity, _ENTS, number)

    def _add(self, span: "Span", group: str, number: int) -> str:
        """The key of the node that a span becomes, or is a part of; empty for an empty span."""
        stretch = self._stretch(span)
        if stretch[0] == stretch[1]:
            self.lost("empty span", f"{group} {span.label_}")
            return ""
        exact = self._text[slice(*stretch)]
        key = _id(span)
        if self._carried is None or key not in self._carried.attributes or group not in groups():
            key = f"{group}/{number}"
        elif whole := self._nodes.get(key):
            spans, words = (*whole.spans, stretch), (*whole.exact, exact)
            self._nodes[key] = Node(key, whole.label, spans, whole.attributes, words)
            return key
        label, attributes = self._meaning(span, group, key)
        told = {**self._values.get(stretch, {}), **attributes}
        self._nodes[key] = Node(key, label, (stretch,), told, (exact,))
        return key

    def _stretch(self, span: "Span") -> Stretch:
        """Where a span is, by its words and by its offsets; spaCy believes what a file gives."""
        start, end = span.start, span.end
        if not 0 <= start <= end <= len(self._doc):
            raise ValueError(f"span from word {start} to {end} of {len(self._doc)}")
        if start == end:
            return 0, 0
        last = self._doc[end - 1]
        found = self._doc[start].idx, last.idx + len(last)
        if found != (told := (span.start_char, span.end_char)):
            raise ValueError(f"offsets {told} of a span whose words are at {found}")
        return found

    def _meaning(self, span: "Span", group: str, key: str) -> tuple[str, dict[str, str]]:
        """Label and attributes of the node of a span."""
        ours = groups().get(group)
        label: str = span.label_
        carried = self._carried.attributes.get(key) if self._carried else None
        if ours and label in ours.labels:
            given = {ours.field: label} if ours.field else {}
            return ours.node or label, {**(carried or {}), **given}
        cluster = _CLUSTER.fullmatch(group)
        told = {"kb_id": span.kb_id_, "span_id": _id(span)} if carried is None else carried
        name = label or (cluster[1] if cluster else group)
        return name, {field: value for field, value in told.items() if value}

    def _read_user_data(self) -> None:
        """Values of extensions on spans are kept for their nodes, others have no place."""
        for key, value in self._doc.user_data.items():
            match key:
                case str() if key == KEY:
                    continue
                # What spaCy has as `span._.name`, `doc._.name` and `token._.name`.
                case ("._.", str(name), int(start), int(end)):
                    if isinstance(value, str | int | float):
                        self._values.setdefault((start, end), {})[name] = str(value)
                        continue
                    kind = f"attribute {name}"
                case ("._.", str(name), None, None):
                    kind = f"document field {name}"
                case ("._.", str(name), *_):
                    kind = f"token attribute {name}"
                case _:
                    kind = f"document field {key}"
            self.lost(kind, str(value)[:_SHOWN])


def _id(span: "Span") -> str:
    # An id need not be among the strings of a file.
    strings: Any = span.doc.vocab.strings
    return str(span.id_) if span.id in strings else ""


def _carried(doc: "Doc") -> Carried | None:
    """What our export put there; None for a document of others."""
    if KEY not in doc.user_data:
        return None
    # Lists come out of a file as tuples, and anything but JSON is refused here.
    return msgspec.json.decode(msgspec.json.encode(doc.user_data[KEY]), type=Carried)


IMPORTER = Importer(
    name="spacy",
    title="spaCy, documents in a DocBin",
    read=read,
    takes="a file *.spacy, or a folder of such",
    loses=(
        "attributes of words: tags, lemmas, dependencies, sentence starts",
        "text categories and values of extensions on words and documents",
    ),
    extra="spacy",
)
