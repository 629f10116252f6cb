"""Datasets for tests: one cut into several files a split, one of odd articles."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq

from onrecord import citation, provenance, stats, store
from onrecord.account import Account
from onrecord.manifest import Part
from onrecord.model import Actor, Annotation, Article, Document, Mention, Quote, Section, Span
from onrecord.paths import SPLITS, Corpus
from onrecord.phenomena.view import View
from onrecord.schema import ANNOTATIONS
from onrecord.tables import CONFIGS
from onrecord.tables.sources import Sources


def parts_of(dataset: Path) -> list[Part]:
    """What the Parquet files of a dataset are, in the order of configs, splits and names."""
    return [
        _part(dataset, config.name, split, path)
        for config in CONFIGS
        for split in SPLITS
        for path in sorted(dataset.glob(f"data/{config.name}/{split}-*.parquet"))
    ]


def cut_in_two(dataset: Path) -> list[Part]:
    """Replace every file of more than one row by two; what the files are then."""
    for path in sorted(dataset.glob("data/*/*.parquet")):
        rows = pq.read_table(path)
        if rows.num_rows > 1:
            half = rows.num_rows // 2
            for number, piece in enumerate((rows.slice(0, half), rows.slice(half))):
                split = path.name.partition("-")[0]
                pq.write_table(piece, path.with_name(f"{split}-{number:05}-of-00002.parquet"))
            path.unlink()
    return parts_of(dataset)


def rows_of(dataset: Path, config: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Split and row, for every row of a config, in the order of its files."""
    for part in parts_of(dataset):
        if part.config == config:
            for row in pq.read_table(dataset / part.path).to_pylist():
                yield part.split, row


def _part(dataset: Path, config: str, split: str, path: Path) -> Part:
    data = path.read_bytes()
    rows = pq.read_table(path)
    name = path.relative_to(dataset).as_posix()
    return Part(config, split, name, len(rows), len(data), store.digest(data), rows.nbytes)


TEXT = "𝐀 قالت وزيرة\u2028e\u0301té “نعم” ```\nsecond line"

_SPANS = (Span(start=0, end=1, exact=TEXT[:1]), Span(start=3, end=7, exact=TEXT[3:7]))

ARTICLES = (
    Article(
        Document(
            id="plain",
            language="de-CH",
            origin="published",
            published="2024-02-29",
            license="LicenseRef-house",
            layers=("actors",),
            annotation=Annotation(method="human", passes=1, adjudicated=False),
            sections=(Section(role="caption", start=0, end=4),),
            text="Nur.",
        )
    ),
    Article(
        Document(
            id="odd",
            language="ar",
            origin="constructed",
            license="CC-BY-4.0",
            layers=("actors", "quotes", "claims"),
            annotation=Annotation(method="model+human", passes=3, adjudicated=True),
            sections=(Section(role="body", start=0, end=len(TEXT)),),
            text=TEXT,
        ),
        actors=[Actor(doc="odd", id="a", name="A", kind="group")],
        mentions=[
            Mention(
                doc="odd",
                id=f"m-000{n}",
                actor="a",
                form="nominal",
                start=n,
                end=n + 1,
                exact=TEXT[n],
            )
            for n in (3, 4, 5)
        ],
        quotes=[
            Quote(doc="odd", id="q-0001", form="direct", speakers=(), cue=(), content=_SPANS),
            Quote(
                doc="odd",
                id="q-0002",
                form="mixed",
                speakers=("m-0003", "m-0004"),
                addressees=("m-0005",),
                cue=_SPANS,
                content=_SPANS[:1],
                within="q-0001",
            ),
        ],
    ),
)
"""Nothing annotated, no headline, no running text; then scripts, parts, nesting, no claims."""


def written(articles: Iterable[Article], dataset: Path) -> list[Part]:
    """The articles as the files of a dataset, all in `train`; what the files are."""
    found = list(articles)
    records = {table: [r for a in found for r in a.table(table)] for table in ANNOTATIONS}
    sources = Sources({"documents": [a.document for a in found], **records})
    for config in CONFIGS:
        rows = config.rows(sources)
        if rows.num_rows:
            path = dataset / f"data/{config.name}/train-00000-of-00001.parquet"
            path.parent.mkdir(parents=True)
            pq.write_table(rows, path)
    return parts_of(dataset)


def account_of(articles: Iterable[Article]) -> Account:
    """What is true of articles that are all in `train`."""
    found = list(articles)
    counts = stats.Counts()
    for article in found:
        counts.add(View(article))
    tally = provenance.tally(article.document for article in found)
    return Account(citation.Citation("Odd: a test"), {"train": counts}, tally)


def account_at(corpus: Corpus) -> Account:
    """What is true of a corpus."""
    places = list(corpus.places())
    documents = (article.document for _, article in store.read_articles(places))
    return Account(citation.read(corpus), stats.count(places), provenance.tally(documents))
