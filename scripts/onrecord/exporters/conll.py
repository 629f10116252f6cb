"""Articles as tokens in columns, as CoNLL-2003 has them, one file each.

Columns, parted by a space: the token, then IOB2 labels of the contents of quotes by form, cues,
speakers, claims by kind, and last, where readers of names look for them, of all mentions by kind
of actor. The first line is `-DOCSTART- -X- O O`. An empty line ends a sentence; sentences that a
label runs across stay together, so that each block is valid by itself. Tokens are cut at the edges
of spans. Of spans that overlap the longest is shown, as in the table `tokens` of the dataset.
"""

from collections.abc import Iterable, Iterator

from ..formats.words import cut_at_spans
from ..iob import Column, Labelled, columns, labelled, left_out
from ..losses import Losses
from ..model import Article
from ..segment import paragraph_sentences
from ..standoff.format import Exporter

_START = "-DOCSTART- -X- O O"
"""The line that CoNLL-2003 has, with four columns: readers split documents at just this."""

_OUTSIDE = 0
_LAYER = "layer"


def write(articles: Iterable[Article], losses: Losses) -> Iterator[tuple[str, bytes]]:
    """`<id>.conll` for each article; what its labels do not show is told."""
    for article in articles:
        rows = list(labelled(article, paragraph_sentences(article), cut=cut_at_spans(article)))
        _tell(article, rows, losses)
        blocks = [block for row in rows for block in _blocks(article.document.text, row)]
        text = "\n\n".join([_START, *blocks])
        yield f"{article.document.id}.conll", f"{text}\n".encode()


def _blocks(text: str, row: Labelled) -> Iterator[str]:
    """The lines of each run of sentences that no label crosses the edge of."""
    lines: list[str] = []
    shown = [(row.labels[column.name], column) for column in _columns()]
    for at, (start, end) in enumerate(row.tokens):
        labels = [column.names[found[at] if found else _OUTSIDE] for found, column in shown]
        fresh = at and row.sentences[at] != row.sentences[at - 1]
        if fresh and not any(label.startswith("I-") for label in labels):
            yield "\n".join(lines)
            lines.clear()
        lines.append(" ".join((text[start:end], *labels)))
    if lines:
        yield "\n".join(lines)


def _columns() -> list[Column]:
    first, *others = columns()
    return [*others, first]


def _tell(article: Article, rows: Iterable[Labelled], losses: Losses) -> None:
    where = article.document.id
    for kind, count in sorted(left_out(article, rows).items()):
        column, reason = kind.split(":")
        for _ in range(count):
            if reason == "parted":
                losses.changed(f"part of {column} on its own", where)
            elif reason != _LAYER:
                losses.lost(f"{reason} span of {column}", where)
    for layer in sorted({column.layer for column in columns()} - {*article.document.layers}):
        losses.changed(f"layer {layer} not annotated, written as O", where)


EXPORTER = Exporter(
    name="conll",
    title="CoNLL columns with IOB2 labels",
    write=write,
    gives="<id>.conll for each document",
    loses=(
        "spans inside longer ones of the same column, and spans across paragraphs",
        "which parts are one quote or claim, who speaks which quote, what carries a claim",
        "actors but for their kind; ids, notes, forms of mentions, certainty, polarity, targets",
        "white space, and what is known of the document but for its id",
    ),
)
