"""Collections, pages, lists or lines of W3C Web Annotations in JSON-LD, with their plain texts.

The label of an annotation is its first body of purpose `tagging` or `classifying`, its attributes
are its other bodies and plain properties. Annotations with the motivation `linking` whose target is
an annotation are links.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .. import sources
from ..formats.document import wrong_fields
from ..formats.web_annotation import DOCUMENT, LINKING
from ..formats.web_annotation.bodies import Json, contents, listed, plain, references
from ..formats.web_annotation.selectors import (
    Selection,
    SelectorError,
    UnknownSelectorError,
    place,
    unit,
)
from ..formats.web_annotation.targets import all_inside, reference, selected, targets
from ..formats.web_annotation.texts import places_of_text
from ..standoff.format import Importer, Reading, Source
from ..standoff.graph import Edge, Node, Standoff, Stretch
from ..standoff.units import AmbiguousUnitError, to_code_points

_ID = re.compile(r'"@?id"\s*:\s*"((?:[^"\\\n]|\\.)*)"')


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The documents that the annotations of a file, or of the files of a folder, are about."""
    for file in sources.files(path, ".jsonld", ".json", ".jsonl"):
        with reading.each(file) as source:
            try:
                yield from _File(source).documents()
            except RecursionError:
                source.wrong(0, "is nested too deep")


@dataclass
class _Found:
    """What is known of one annotated text before it is read."""

    document: Json = field(default_factory=dict)
    nodes: list[tuple[Node, tuple[Selection, ...]]] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)


class _File:
    def __init__(self, source: Source) -> None:
        self._file = source
        self._lines: dict[str, int] = {}
        self._found: dict[str, _Found] = {}
        self._source_of: dict[str, str] = {}

    def documents(self) -> Iterator[Standoff]:
        """The documents, if all of the file can be understood."""
        annotations = list(self._annotations())
        linking = [one for one in annotations if self._is_of_annotations(one)]
        for one in annotations:
            if not self._is_of_annotations(one):
                self._tell(one, self._add_node)
        for one in linking:
            self._tell(one, self._add_links)
        if not self._found and self._file.is_sound:
            self._file.wrong(0, "no annotation of a text, expected some")
        if self._file.is_sound:
            texts = {source: self._text(source) for source in self._found}
            graphs = [self._graph(source, *text) for source, text in texts.items() if text]
            if self._file.is_sound:
                yield from graphs

    # The annotations of a file

    def _annotations(self) -> Iterator[Json]:
        waiting = list(reversed(list(self._values())))
        number = 0
        while waiting:
            line, value = waiting.pop()
            if isinstance(value, list):
                waiting += [(line, inner) for inner in reversed(value)]
            elif not isinstance(value, dict):
                self._file.wrong(line, f"{value!r:.60}, expected an annotation")
            elif "target" in value or "Annotation" in listed(value.get("type", value.get("@type"))):
                number += 1
                yield self._named(value, number, line)
            else:
                self._add_document(value, line)
                inside = [value[key] for key in ("@graph", "first", "items") if key in value]
                waiting += [(line, inner) for inner in reversed(inside) if not self._far(inner)]

    def _values(self) -> Iterator[tuple[int, Any]]:
        if self._file.path.name.endswith(".jsonl"):
            yield from sources.json_lines(self._file.path)
        else:
            text = sources.text(self._file.path)
            yield 0, sources.json(self._file.path)
            for number, line in enumerate(text.split("\n"), start=1):
                for match in _ID.finditer(line):
                    self._lines.setdefault(match[1], number)

    def _named(self, value: Json, number: int, line: int) -> Json:
        """The annotation with an `id` and its line."""
        name = value.get("id", value.get("@id"))
        name = name if isinstance(name, str) and name else f"_:{number}"
        line = line or self._lines.get(name, 0)
        if name in self._source_of:
            self._file.wrong(line, f"id {name!r} stands twice, expected ids that differ")
        self._source_of[name] = ""
        return {**value, "id": name, "@line": line}

    def _far(self, inner: Any) -> bool:
        """Whether a page of annotations is only named."""
        if isinstance(inner, str):
            self._file.lost("page elsewhere", found=inner)
        return isinstance(inner, str)

    def _add_document(self, value: Json, line: int) -> None:
        about = value.get(DOCUMENT)
        if isinstance(about, dict) and isinstance(about.get("id"), str):
            try:
                self._of(about["id"]).document = plain(about)
            except ValueError as error:
                self._file.wrong(line, str(error))

    # One annotation

    def _is_of_annotations(self, one: Json) -> bool:
        given = [reference(target) for target in targets(one.get("target"))]
        known = any(target in self._source_of for target in given)
        return known or (LINKING in listed(one.get("motivation")) and all_inside(given))

    def _add_node(self, one: Json) -> None:
        line = one["@line"]
        parts = [selected(target) for target in targets(one.get("target"))]
        names = {source for source, _ in parts}
        if len(names) != 1:
            raise SelectorError(f"targets in {len(names)} sources, expected one")
        label, attributes = contents(one, lambda kind, it: self._file.lost(kind, line, it))
        (source,) = names
        self._source_of[one["id"]] = source
        node = Node(one["id"], label, (), attributes, (), line)
        self._of(source).nodes.append((node, tuple(part for _, part in parts if part)))

    def _add_links(self, one: Json) -> None:
        if LINKING not in listed(one.get("motivation")):
            self._file.lost("annotation of an annotation", one["@line"], one["id"])
            return
        ends = [reference(target) for target in targets(one.get("target"))]
        to = references(one)
        sources_of_link, ends_of_link = (ends, to) if to else (ends[:1], ends[1:])
        label, _ = contents(one, lambda kind, it: None)
        for start in sources_of_link:
            for end in ends_of_link:
                self._add_edge(label, start, end, one)

    def _add_edge(self, label: str, start: str, end: str, one: Json) -> None:
        for name in (start, end):
            if name not in self._source_of and name.startswith("#"):
                raise SelectorError(f"link to {name!r}, expected the id of an annotation of text")
        source = self._source_of.get(start)
        if source and self._source_of.get(end) == source:
            self._of(source).edges.append(Edge(label, start, end, one["@line"]))
        else:
            self._file.lost("edge to elsewhere", one["@line"], end)

    # A document

    def _text(self, source: str) -> tuple[Path, str] | None:
        only = len(self._found) == 1
        for path in places_of_text(source, self._file.path, self._file.reading.text, only=only):
            try:
                if path.is_file():
                    return path, sources.text(path)
            except OSError:
                continue
        self._file.wrong(0, f"no text for {source!r}, expected it in a file beside the annotations")
        return None

    def _graph(self, source: str, path: Path, text: str) -> Standoff:
        found = self._found[source]
        for wrong in wrong_fields(found.document, len(text)):
            self._file.wrong(self._lines.get(source, 0), wrong)
        selections = [one for _, parts in found.nodes for one in parts]
        counted = self._file.reading.offsets or self._unit(text, selections)
        into = to_code_points(text, counted)
        nodes = [self._placed(node, parts, text, into) for node, parts in found.nodes]
        name = str(found.document.get("id") or path.stem)
        return Standoff(
            name, text, tuple(nodes), tuple(found.edges), found.document, self._file.shown
        )

    def _unit(self, text: str, selections: list[Selection]) -> str:
        try:
            return unit(text, selections)
        except AmbiguousUnitError as error:
            # Where they fit nowhere the text was changed, and each is told by itself.
            if "each of" in str(error):
                self._file.wrong(0, f"{error}, expected them to fit one; say which they count")
            return "code-points"

    def _placed(
        self, node: Node, parts: tuple[Selection, ...], text: str, into: dict[int, int]
    ) -> Node:
        found: list[tuple[Stretch, str]] = []
        for part in parts:
            try:
                span = place(text, part, into)
            except SelectorError as error:
                self._file.wrong(node.line, str(error))
                continue
            words = text[slice(*span)] if part.exact is None else part.exact
            found.append((span, words))
        found.sort()
        spans, exact = tuple(span for span, _ in found), tuple(words for _, words in found)
        return replace(node, spans=spans, exact=exact)

    # What is told

    def _of(self, source: str) -> _Found:
        return self._found.setdefault(source, _Found())

    def _tell(self, one: Json, understand: Callable[[Json], None]) -> None:
        try:
            understand(one)
        except SelectorError as error:
            self._file.wrong(one["@line"], str(error))
        except UnknownSelectorError as error:
            kind = f"selector {error}" if str(error) else "target without selector"
            self._file.lost(kind, one["@line"], one["id"])


IMPORTER = Importer(
    name="web-annotation",
    title="W3C Web Annotation in JSON-LD",
    read=read,
    takes="a file *.jsonld, *.json or *.jsonl with the texts *.txt beside it, or a folder of such",
    loses=(
        "selectors of other than plain text, and what is refined by another selector",
        "annotations of annotations that are no links, and links that leave the file",
        "pages of a collection that lie elsewhere",
    ),
)
