"""Count what is in the corpus."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from .model import Article
from .paths import SPLITS, Place
from .schema import labels
from .store import read_articles

LABELS = (
    ("documents", "origin"),
    ("actors", "kind"),
    ("mentions", "form"),
    ("quotes", "form"),
    ("claims", "kind"),
    ("claims", "certainty"),
    ("claims", "polarity"),
)
"""The label fields whose values are counted."""


@dataclass(slots=True)
class Counts:
    """How many there are of each thing; `words` are stretches between white space.

    `labels` holds, for each `table.field`, how often each value stands there.
    """

    documents: int = 0
    words: int = 0
    actors: int = 0
    mentions: int = 0
    quotes: int = 0
    claims: int = 0
    labels: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, article: Article) -> None:
        """Count one more article."""
        self.documents += 1
        self.words += len(article.document.text.split())
        self.actors += len(article.actors)
        self.mentions += len(article.mentions)
        self.quotes += len(article.quotes)
        self.claims += len(article.claims)
        for table, name in LABELS:
            counter = self.labels.setdefault(f"{table}.{name}", Counter())
            counter.update(_values(article, table, name))

    def __add__(self, other: "Counts") -> "Counts":
        """The counts of both together."""
        sizes = {name: size + other.sizes()[name] for name, size in self.sizes().items()}
        names = dict.fromkeys([*self.labels, *other.labels])
        none: dict[str, int] = {}
        labels = {
            name: Counter(self.labels.get(name, none)) + Counter(other.labels.get(name, none))
            for name in names
        }
        return Counts(**sizes, labels=labels)

    def sizes(self) -> dict[str, int]:
        """Everything but the labels."""
        names = (item.name for item in fields(self) if item.name != "labels")
        return {name: getattr(self, name) for name in names}


def count(places: Iterable[Place]) -> dict[str, Counts]:
    """Counts of every split that has documents, in the order of the splits."""
    found = {split: Counts() for split in SPLITS}
    for split, article in read_articles(places):
        found[split].add(article)
    return {split: counts for split, counts in found.items() if counts.documents}


def markdown(counts: Mapping[str, Counts]) -> str:
    """The sizes as a Markdown table, one row a split and one for all."""
    names = list(Counts().sizes())
    rows = [[split, *c.sizes().values()] for split, c in counts.items()]
    if len(rows) > 1:
        rows.append(["all", *(sum(column) for column in list(zip(*rows, strict=True))[1:])])
    return _table(["split", *names], rows)


def markdown_labels(counts: Mapping[str, Counts]) -> str:
    """How often each label stands in the corpus, one Markdown row a label that is used."""
    rows = []
    for table, name in LABELS:
        for value in labels(table, name):
            numbers = [split.labels[f"{table}.{name}"][value] for split in counts.values()]
            if any(numbers):
                rows.append([f"{table} `{name}`", f"`{value}`", *numbers])
    return _table(["field", "value", *counts], rows, texts=2)


def as_json(counts: Mapping[str, Counts]) -> dict[str, Any]:
    """Everything counted, for a program to read."""
    return {split: {**c.sizes(), "labels": c.labels} for split, c in counts.items()}


def _values(article: Article, table: str, name: str) -> Iterator[str]:
    records = [article.document] if table == "documents" else getattr(article, table)
    return (getattr(record, name) for record in records)


def _table(head: list[str], rows: list[list[Any]], *, texts: int = 1) -> str:
    """A Markdown table whose first `texts` columns are texts, the others numbers."""
    lines = [head, ["---"] * texts + ["---:"] * (len(head) - texts), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
