"""Folders of brat: a text and a file of annotations for each document."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from .. import sources
from ..formats import aside
from ..formats.brat.files import ANNOTATIONS, SIDECAR, TEXT, Sidecar
from ..formats.brat.lines import read_lines
from ..formats.brat.reader import graph
from ..formats.shapes import MisshapenError, shaped
from ..standoff.format import Importer, Reading, Source
from ..standoff.graph import Node, Standoff


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
        annotated, text = place.file(ANNOTATIONS), place.file(TEXT)
        with reading.each(annotated if annotated.is_file() else text) as source:
            yield from _document(place, source)


def _places(path: Path) -> Iterator[_Place]:
    files = sources.files(path, ANNOTATIONS, TEXT)
    for stem in dict.fromkeys(file.with_suffix("") for file in files):
        name = stem.relative_to(path).as_posix() if path.is_dir() else stem.name
        yield _Place(name, stem)


def _document(place: _Place, source: Source) -> Iterator[Standoff]:
    lies = _text_file(place, source.reading.text)
    if lies is None:
        expected = f"{place.stem.name}{TEXT}"
        source.wrong(0, f"no text, expected {expected!r} beside it or a folder of texts")
        return
    data = sources.read(lies)
    text = sources.decoded(lies, data)
    beside = _sidecar(source.reading.source(place.file(SIDECAR)))
    if source.path.suffix != ANNOTATIONS:
        source.changed("text without annotations")
        document = {"layers": [], **beside.document}
        yield Standoff(place.name, text, document=document, path=source.shown)
        return
    lines = list(read_lines(sources.text(source.path), source))
    nodes, edges = graph(lines, text, source, marked=data.startswith(BOM_UTF8))
    if source.is_sound:
        inside = Standoff(
            place.name, text, tuple(nodes), tuple(edges), beside.document, source.shown
        )
        yield aside.put_back(inside, _linked(beside, nodes, source))


def _text_file(place: _Place, within: Path | None) -> Path | None:
    """Where the text lies: beside the annotations, or where the user says.

    In a folder of texts the name may lack what follows its last `_`: some corpora have there who
    annotated.
    """
    stems = [place.stem.name, place.stem.name.rpartition("_")[0]]
    elsewhere = [within] if within else []
    if within and within.is_dir():
        elsewhere = [within / f"{stem}{TEXT}" for stem in stems if stem]
    candidates = [place.file(TEXT), *elsewhere]
    return next((file for file in candidates if file.is_file()), None)


def _sidecar(source: Source) -> Sidecar:
    if not source.path.is_file():
        return Sidecar(document={})
    found = sources.json(source.path)
    if not isinstance(found, dict) or "document" not in found:
        source.lost("file of JSON beside a document")
        return Sidecar(document={})
    try:
        return shaped(found, Sidecar)
    except MisshapenError as error:
        raise sources.refused(source.path, 0, f"{error}, expected what an export writes") from None


def _linked(beside: Sidecar, nodes: Iterable[Node], source: Source) -> aside.Aside:
    """What stands nowhere in the text, its edges between the keys of nodes that are there."""
    keys = {node.attributes.get("id", node.key): node.key for node in nodes}
    keys |= {node.key: node.key for node in beside.nodes}
    edges = []
    for edge in beside.edges:
        if {edge.source, edge.target} <= keys.keys():
            ends = {"source": keys[edge.source], "target": keys[edge.target]}
            edges.append(msgspec.structs.replace(edge, **ends))
        else:
            source.lost(f"edge {edge.label}", found=f"{edge.source} {edge.target}")
    return aside.Aside(nodes=beside.nodes, edges=tuple(edges))


IMPORTER = Importer(
    name="brat",
    title="brat standoff",
    read=read,
    takes="a file *.ann or *.txt, the other beside it, or a folder of such",
    loses=(
        "attributes and notes of relations",
        "comments and lines of no known kind",
        "the words beside a normalisation, and the numbers of event roles",
    ),
)
