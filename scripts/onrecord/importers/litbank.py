"""LitBank: English fiction with mentions, coreference and quotations."""

from collections.abc import Iterator
from pathlib import Path

from .. import sources
from ..formats.brat.files import ANNOTATIONS, TEXT
from ..formats.brat.lines import read_lines
from ..formats.brat.reader import graph
from ..formats.litbank.clusters import clustered
from ..formats.litbank.quotations import attributed, quotations
from ..paths import shown
from ..problem import UncheckedError
from ..standoff.format import Importer, Reading
from ..standoff.graph import Edge, Node, Standoff


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The documents below LitBank's own folder, below its `coref/brat`, or one of the files there.

    Quotations are found beside, in `quotations/tsv`.
    """
    within = path / "coref" / "brat"
    for file in sources.files(within if within.is_dir() else path, ANNOTATIONS):
        before = len(reading.problems)
        try:
            found = _document(file, reading)
        except UncheckedError as error:
            reading.problems.extend(error.problems)
            continue
        if len(reading.problems) == before:
            yield found


def _document(file: Path, reading: Reading) -> Standoff:
    beside = file.with_suffix(TEXT)
    if not beside.is_file():
        raise sources.refused(file, 0, f"no text, expected {beside.name!r} beside it")
    path, text = shown(file), sources.text(beside)
    lines = list(read_lines(sources.text(file), path, reading))
    nodes, edges = graph(lines, text, path, reading)
    number = file.stem.partition("_")[0]
    mentions, links = clustered(number, nodes, edges, path, reading)
    quotes, speakers = _quoted(file, text, mentions, reading)
    name = file.stem.removesuffix("_brat")
    return Standoff(name, text, (*mentions, *quotes), (*links, *speakers), path=path)


def _quoted(
    file: Path, text: str, mentions: list[Node], reading: Reading
) -> tuple[list[Node], list[Edge]]:
    """The quotations of the document with annotations in `file`."""
    above = file.absolute().parents
    if len(above) > 2 and (beside := above[2] / "quotations" / "tsv" / file.name).is_file():
        path = shown(beside)
        said = quotations(sources.text(beside), text, path, reading)
        return attributed(said, mentions, text, path, reading)
    reading.losses.changed("document without quotations", shown(file))
    return [], []


IMPORTER = Importer(
    name="litbank",
    title="LitBank",
    read=read,
    takes="the folder of LitBank, its coref/brat, or a .ann file there",
    map="litbank",
    loses=(
        "facilities, places and vehicles, which are no actors",
        "predicates (cop)",
        "which cluster speaks, where none of its mentions is outside the quotation",
    ),
)
