"""WebAnno TSV 3 to graphs, as WebAnno and INCEpTION write it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .. import sources
from ..formats.dkpro import VALUE
from ..formats.webanno_tsv.annotate import Annotations
from ..formats.webanno_tsv.table import table
from ..formats.webanno_tsv.text import text_and_places
from ..standoff.format import Importer, Reading, Source
from ..standoff.graph import Standoff

LOSES = (
    "lines of the head other than layers, and comments",
    "features of relations but the first",
    "links to tokens and their tags",
    "white space between sentences, but for its length",
)


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The document of each file `*.tsv`."""
    return read_refined(path, reading, refine=VALUE)


def read_refined(path: Path, reading: Reading, *, refine: str) -> Iterator[Standoff]:
    """The same, where the feature `refine` makes the labels of nodes finer."""
    for file in sources.files(path, ".tsv"):
        with reading.each(file) as source:
            yield from _document(source, refine)


def _document(source: Source, refine: str) -> Iterator[Standoff]:
    lines = table(sources.text(source.path), source)
    text, places = text_and_places(lines.sentences, source)
    if not source.is_sound:
        return
    found = Annotations(lines, text, places, source, refine)
    # The words of every token have been compared with the text.
    nodes = tuple(
        replace(node, exact=tuple(text[start:end] for start, end in node.spans))
        for node in found.nodes()
    )
    edges = tuple(found.edges())
    if source.is_sound:
        name = source.path.name.removesuffix(".tsv")
        yield Standoff(name, text, nodes, edges, path=source.shown)


IMPORTER = Importer(
    name="webanno-tsv",
    title="WebAnno TSV 3, of WebAnno and INCEpTION",
    read=read,
    takes="a file *.tsv, or a folder of such",
    loses=LOSES,
)
