"""Folders of brat: a text and a file of annotations for each document."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from .. import sources
from ..formats.brat.files import ANNOTATIONS, SIDECAR, TEXT, Sidecar
from ..formats.brat.lines import read_lines
from ..formats.brat.reader import graph
from ..paths import shown
from ..problem import UncheckedError
from ..standoff.format import Importer, Reading
from ..standoff.graph import Edge, Node, Standoff

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the files of one document lie; `stem` is their path without how it ends."""

    name: str
    stem: Path

    def file(self, suffix: str) -> Path:
        return self.stem.with_name(self.stem.name + suffix)


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The documents of a folder, or the one that a file belongs to."""
    for place in _places(path):
        before = len(reading.problems)
        try:
            found = _document(place, reading)
        except UncheckedError as error:
            reading.problems.extend(error.problems)
            continue
        if found and len(reading.problems) == before:
            yield found


def _places(path: Path) -> Iterator[_Place]:
    files = sources.files(path, ANNOTATIONS, TEXT)
    for stem in dict.fromkeys(file.with_suffix("") for file in files):
        name = stem.relative_to(path).as_posix() if path.is_dir() else stem.name
        yield _Place(name, stem)


def _document(place: _Place, reading: Reading) -> Standoff | None:
    annotated = place.file(ANNOTATIONS)
    lies = _text_file(place, reading)
    path = shown(annotated if annotated.is_file() else place.file(TEXT))
    if lies is None:
        expected = f"{place.stem.name}{TEXT}"
        reading.wrong(path, 0, f"no text, expected {expected!r} beside it or a folder of texts")
        return None
    data = sources.read(lies)
    text = sources.decoded(lies, data)
    beside = _sidecar(place.file(SIDECAR), reading)
    if not annotated.is_file():
        reading.losses.changed("text without annotations", path)
        return Standoff(place.name, text, document={"layers": [], **beside.document}, path=path)
    lines = list(read_lines(sources.text(annotated), path, reading))
    nodes, edges = graph(lines, text, path, reading, marked=data.startswith(_MARK))
    nodes += [Node(node.key, node.label, (), node.attributes) for node in beside.nodes]
    edges = _joined(nodes, edges, beside, reading, path)
    return Standoff(place.name, text, tuple(nodes), tuple(edges), beside.document, path)


def _text_file(place: _Place, reading: Reading) -> Path | None:
    """Where the text lies: beside the annotations, or where the user says.

    In a folder of texts the name may lack what follows its last `_`: some corpora have there who
    annotated.
    """
    within = reading.text
    stems = [place.stem.name, place.stem.name.rpartition("_")[0]]
    elsewhere = [within] if within else []
    if within and within.is_dir():
        elsewhere = [within / f"{stem}{TEXT}" for stem in stems if stem]
    candidates = [place.file(TEXT), *elsewhere]
    return next((file for file in candidates if file.is_file()), None)


def _sidecar(path: Path, reading: Reading) -> Sidecar:
    if not path.is_file():
        return Sidecar({})
    found = sources.json(path)
    if not isinstance(found, dict) or "document" not in found:
        reading.losses.lost("file of JSON beside a document", shown(path))
        return Sidecar({})
    try:
        return msgspec.convert(found, Sidecar)
    except msgspec.ValidationError as error:
        raise sources.refused(path, 0, f"{error}, expected what an export writes") from None


def _joined(
    nodes: Iterable[Node], edges: list[Edge], beside: Sidecar, reading: Reading, path: str
) -> list[Edge]:
    """The edges with those that lead to what stands nowhere, each in its place."""
    keys = {node.attributes.get("id", node.key): node.key for node in nodes}
    there = set(keys.values())
    lists: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        lists[edge.label, edge.source].append(edge)
    for new in beside.edges:
        source, target = keys.get(new.source), keys.get(new.target, new.target)
        if source is None or target not in there:
            reading.losses.lost(f"edge {new.label}", path, f"{new.source} {new.target}")
            continue
        alike = lists[new.label, source]
        at = new.at if 0 <= new.at < len(alike) else len(alike)
        alike.insert(at, Edge(new.label, source, target))
    return [edge for alike in lists.values() for edge in alike]


IMPORTER = Importer(
    name="brat",
    title="brat standoff",
    read=read,
    takes="a folder of .txt and .ann files, or one of them",
    loses=(
        "attributes and notes of relations",
        "comments and lines of no known kind",
        "the words beside a normalisation, and the numbers of event roles",
    ),
)
