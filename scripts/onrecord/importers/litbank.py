"""LitBank: English fiction with mentions, coreference and quotations."""

from collections.abc import Iterator
from pathlib import Path

from .. import sources
from ..formats.brat.files import ANNOTATIONS, TEXT
from ..formats.brat.lines import read_lines
from ..formats.brat.reader import graph
from ..formats.litbank.clusters import clustered
from ..formats.litbank.quotations import attributed, quotations
from ..standoff.format import Importer, Reading, Source
from ..standoff.graph import Edge, Node, Standoff


def read(path: Path, reading: Reading) -> Iterator[Standoff]:
    """The documents below LitBank's own folder, below its `coref/brat`, or one of the files there.

    Quotations are found beside, in `quotations/tsv`.
    """
    within = path / "coref" / "brat"
    for file in sources.files(within if within.is_dir() else path, ANNOTATIONS):
        with reading.each(file) as source:
            yield from _document(source)


def _document(source: Source) -> Iterator[Standoff]:
    file = source.path
    beside = file.with_suffix(TEXT)
    if not beside.is_file():
        raise sources.refused(file, 0, f"no text, expected {beside.name!r} beside it")
    text = sources.text(beside)
    lines = list(read_lines(sources.text(file), source))
    nodes, edges = graph(lines, text, source)
    number = file.stem.partition("_")[0]
    mentions, links = clustered(number, nodes, edges, source)
    quotes, speakers = _quoted(text, mentions, source)
    if source.is_sound:
        name = file.stem.removesuffix("_brat")
        found = (*mentions, *quotes), (*links, *speakers)
        yield Standoff(name, text, *found, path=source.shown)


def _quoted(text: str, mentions: list[Node], source: Source) -> tuple[list[Node], list[Edge]]:
    """The quotations of the document, and who speaks them."""
    name, above = source.path.name, source.path.absolute().parents
    if len(above) > 2 and (beside := above[2] / "quotations" / "tsv" / name).is_file():
        table = source.reading.source(beside)
        said = quotations(sources.text(beside), text, table)
        return attributed(said, mentions, text, table)
    source.changed("document without quotations")
    return [], []


IMPORTER = Importer(
    name="litbank",
    title="LitBank (Bamman et al., 2020)",
    read=read,
    takes="its folder, or there coref/brat, or a file *.ann in that",
    map="litbank",
    loses=(
        "facilities, places and vehicles, which are no actors",
        "predicates (cop)",
        "which cluster speaks, where none of its mentions is outside the quotation",
    ),
)
