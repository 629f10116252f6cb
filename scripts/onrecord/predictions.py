"""Predictions for documents: the tables of annotations alone, checked against the gold texts."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from . import present, store
from .bundle import Bundle, Table
from .checks import find_rule
from .checks.corpus import E501
from .checks.files import E101
from .checks.references import E314
from .checks.rule import Choice
from .codec import encode
from .model import Article, Document, articles
from .paths import ASIDE, SPLITS, Corpus, Place, shown
from .problem import NotFoundError, Problem, unsound
from .schema import ANNOTATIONS, references
from .validate import check_read

NEEDED = Choice(
    (
        "E101",
        "E103",
        "E104",
        "E11",
        "E12",
        "E2",
        "E301",
        "E302",
        "E303",
        "E307",
        "E31",
        "E414",
        "E501",
    )
)
"""What predictions must be to be compared at all.

A breach of another rule lowers scores where it deserves to, and rules of form do not matter here.
"""

_JUDGED = Choice(("E",), ("E101", "E102", "E314", "E336", "E403"))
"""Not what only a whole bundle can keep: all five files, nothing else, its name."""

_FILES = {table: store.table_file(table) for table in ANNOTATIONS}


class Predictions(NamedTuple):
    """Predicted articles by document, and the problems that do not keep them from comparison."""

    articles: dict[str, Article]
    tolerated: list[Problem]


def read_predictions(
    path: Path, documents: Mapping[str, Document], splits: Collection[str] = SPLITS
) -> Predictions:
    """The predictions in a folder of tables, or in the folders below it.

    A folder holds any of the four tables of annotations, for any of the documents; a table of
    documents beside them is not read. A document that no record names has no prediction. Folders
    with the names of other splits than those given are passed over.

    Raises:
        NotFoundError: there is no such table.
        UncheckedError: records cannot be compared, or are about a document that is not given.
    """
    found: dict[str, Article] = {}
    problems: list[Problem] = []
    others = {*SPLITS, *ASIDE} - set(splits) if set(splits) <= set(SPLITS) else ASIDE
    for place in _places(path, others):
        bundle = _bundle(place, documents)
        problems += check_read(bundle, choice=_JUDGED).problems
        problems += _strangers(bundle, documents)
        problems += _missing(bundle)
        for article in _articles(bundle):
            problems += _again(place, article, found)
            found[article.document.id] = article
    unusable = [problem for problem in problems if _is_unusable(problem)]
    if unusable:
        raise unsound(sorted(unusable), "the predictions have")
    return Predictions(found, [p for p in problems if not find_rule(p.code).form])


def _is_unusable(problem: Problem) -> bool:
    return NEEDED.has(problem.code) and not find_rule(problem.code).form


def _places(path: Path, others: Collection[str]) -> list[Place]:
    """The folders at `path` or below that hold a table of annotations, by name, without others."""
    if not path.is_dir():
        what = "is a file" if path.exists() else "does not exist"
        raise NotFoundError(f"{str(path)!r} {what}, expected a folder of predictions")
    found = []
    for folder, names, files in os.walk(path):
        names[:] = sorted(n for n in names if not n.startswith(".") and n not in others)
        if not set(files).isdisjoint(_FILES.values()):
            found.append(Path(folder).absolute())
    if not found:
        expected = f"one of {', '.join(_FILES.values())}"
        passed = f" outside {', '.join(sorted(others))}"
        raise NotFoundError(f"{str(path)!r} holds no predictions{passed}, expected {expected}")
    return [Place(Corpus(f.parent.parent), f.parent.name, f) for f in found]


def _bundle(place: Place, documents: Mapping[str, Document]) -> Bundle:
    """The predictions of one folder as a bundle with the documents that they are about."""
    entries = store.entries(place.folder)
    bundle = Bundle(place, [entry for entry in entries if entry.name in _FILES.values()])
    # Gold documents may have a seed, which does not lie beside predictions.
    about = [
        msgspec.structs.replace(documents[name], seed=None)
        for name in _named(bundle)
        if name in documents
    ]
    bundle.tables = {"documents": Table("documents", encode(about)), **bundle.tables}
    return bundle


def _named(bundle: Bundle) -> Iterable[str]:
    """The documents that records name, each once."""
    return dict.fromkeys(doc for name in ANNOTATIONS for doc, _ in _runs(bundle, name))


def _runs(bundle: Bundle, table: str) -> Iterator[tuple[str, int]]:
    """Document and first line of each run of records on one document."""
    if table in bundle.tables:
        yield from ((doc, rows.numbers[0]) for doc, rows in bundle.tables[table].runs)


def _strangers(bundle: Bundle, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """One problem for each document that is not given, where it is first named."""
    told = set(documents)
    for table in ANNOTATIONS:
        for doc, line in _runs(bundle, table):
            if doc not in told:
                told.add(doc)
                message = f"{doc!r} is none of the documents to compare with"
                hint = "name the folder that has predictions of these documents alone"
                finding = E314.at(table, line, message, pointer="/doc", hint=hint)
                yield present.of_finding(bundle.place, bundle.tables, finding)


def _missing(bundle: Bundle) -> Iterator[Problem]:
    """One problem for each table that is not there and that another refers to."""
    for table in ANNOTATIONS:
        referring = [name for name in bundle.tables if _refers(bundle.tables[name], table)]
        if table not in bundle.tables and referring:
            message = f"missing, but {store.table_file(referring[0])} refers to it"
            finding = E101.at(table, 0, message)
            yield present.of_finding(bundle.place, bundle.tables, finding)


def _refers(table: Table, other: str) -> bool:
    """Whether a record of the table refers to one of the other."""
    if table.name not in ANNOTATIONS:
        return False
    fields = [field for field, to in references(table.name).items() if to == other]
    return any(getattr(record, field) for record in table.rows.records for field in fields)


def _articles(bundle: Bundle) -> list[Article]:
    records = {name: table.rows.records for name, table in bundle.tables.items()}
    known = {document.id for document in records["documents"]}
    kept = {t: [r for r in records.get(t, ()) if r.doc in known] for t in ANNOTATIONS}
    return articles({"documents": records["documents"], **kept})


def _again(place: Place, article: Article, found: Mapping[str, Article]) -> Iterator[Problem]:
    name = article.document.id
    if name in found:
        message = f"{name!r} is predicted twice"
        hint = "another folder has records of it too"
        yield Problem(shown(place.folder), 0, 0, E501.code(), message, hint=hint)
