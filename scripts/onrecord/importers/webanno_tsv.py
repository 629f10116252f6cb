"""WebAnno TSV 3 to graphs, as WebAnno and INCEpTION write it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .. import sources
from ..formats.dkpro import VALUE
from ..formats.webanno_tsv.annotate import Annotations
from ..formats.webanno_tsv.table import table
from ..formats.webanno_tsv.text import text_and_places
from ..paths import shown
from ..problem import UncheckedError
from ..standoff.format import Importer, Reading
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
        try:
            text = sources.text(file)
        except UncheckedError as error:
            reading.problems.extend(error.problems)
            continue
        if found := _graph(file, text, reading, refine):
            yield found


def _graph(file: Path, text: str, reading: Reading, refine: str) -> Standoff | None:
    path, before = shown(file), len(reading.problems)

    def wrong(line: int, message: str) -> None:
        reading.wrong(path, line, message)

    def lost(line: int, words: str) -> None:
        name, sign, value = words.removeprefix("#").partition("=")
        kind = f"document field {name}" if sign and name.isidentifier() else "comment"
        reading.losses.lost(kind, f"{path}:{line}", value if sign else words)

    lines = table(text, wrong, lost)
    whole, places = text_and_places(lines.sentences, reading.offsets, wrong)
    if len(reading.problems) > before:
        return None
    found = Annotations(lines, whole, places, refine)
    # The words of every token have been compared with the text.
    nodes = tuple(
        replace(node, exact=tuple(whole[start:end] for start, end in node.spans))
        for node in found.nodes()
    )
    edges = tuple(found.edges())
    for line, message in found.wrong:
        wrong(line, message)
    for line, kind, words in found.lost:
        reading.losses.lost(kind, f"{path}:{line}", words)
    if found.wrong:
        return None
    return Standoff(file.name.removesuffix(".tsv"), whole, nodes, edges, path=path)


IMPORTER = Importer(
    name="webanno-tsv",
    title="WebAnno TSV 3, of WebAnno and INCEpTION",
    read=read,
    takes="a file *.tsv, or a folder of such",
    loses=LOSES,
)
