"""Count what is in the corpus: records, labels, phenomena."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Protocol, TypeVar

from .markdown import table as markdown_table
from .model import Article
from .paths import SPLITS, Place
from .phenomena import LAYERS, PHENOMENA, shown
from .phenomena.view import View
from .schema import labels, table_schema
from .store import read_articles

LABELS = (
    ("documents", "language"),
    ("documents", "origin"),
    ("actors", "kind"),
    ("mentions", "form"),
    ("quotes", "form"),
    ("claims", "kind"),
    ("claims", "certainty"),
    ("claims", "polarity"),
)
"""The fields whose values are counted: all are labels but the language."""


@dataclass(slots=True)
class Counts:
    """How many there are of each thing; `words` are stretches between white space.

    `labels` holds, for each `table.field`, how often each value stands there; `phenomena`, for
    each `layer:name`, how many records show it. Counts of the parts of a corpus can be added.
    """

    documents: int = 0
    words: int = 0
    actors: int = 0
    mentions: int = 0
    quotes: int = 0
    claims: int = 0
    labels: dict[str, Counter[str]] = field(default_factory=dict)
    phenomena: Counter[str] = field(default_factory=Counter)

    def add(self, view: View) -> None:
        """Count one more article."""
        article = view.article
        self.documents += 1
        self.words += len(article.document.text.split())
        self.actors += len(article.actors)
        self.mentions += len(article.mentions)
        self.quotes += len(article.quotes)
        self.claims += len(article.claims)
        for table, name in LABELS:
            counter = self.labels.setdefault(f"{table}.{name}", Counter())
            counter.update(_values(article, table, name))
        self.phenomena.update(_phenomena(view))

    def __add__(self, other: "Counts") -> "Counts":
        """The counts of both together."""
        sizes = {name: number + getattr(other, name) for name, number in self.sizes().items()}
        keys = dict.fromkeys([*self.labels, *other.labels])
        empty: Counter[str] = Counter()
        labels = {k: self.labels.get(k, empty) + other.labels.get(k, empty) for k in keys}
        return Counts(**sizes, labels=labels, phenomena=self.phenomena + other.phenomena)

    def sizes(self) -> dict[str, int]:
        """Everything but labels and phenomena."""
        names = (item.name for item in fields(self) if item.name not in ("labels", "phenomena"))
        return {name: getattr(self, name) for name in names}

    def plain(self) -> dict[str, Any]:
        """The counts as what JSON can hold, keys sorted."""
        labels = {key: dict(sorted(self.labels[key].items())) for key in sorted(self.labels)}
        phenomena = dict(sorted(self.phenomena.items()))
        return {**self.sizes(), "labels": labels, "phenomena": phenomena}


class Tally(Protocol):
    """What is gathered of articles, one after the other."""

    def add(self, view: View) -> None:
        """Take in one more article."""


T = TypeVar("T", bound=Tally)


def by_split(places: Iterable[Place], start: Callable[[], T]) -> dict[str, T]:
    """A tally of every split that has documents, in the order of the splits."""
    found: dict[str, T] = {}
    for split, article in read_articles(places):
        found.setdefault(split, start()).add(View(article))
    return {split: found[split] for split in SPLITS if split in found}


def count(places: Iterable[Place]) -> dict[str, Counts]:
    """Counts of every split that has documents, in the order of the splits."""
    return by_split(places, Counts)


def markdown(counts: Mapping[str, Counts]) -> str:
    """The sizes as a Markdown table, one row a split and one for all."""
    names = list(Counts().sizes())
    rows = [[split, *c.sizes().values()] for split, c in counts.items()]
    if len(rows) > 1:
        rows.append(["all", *(sum(column) for column in list(zip(*rows, strict=True))[1:])])
    return markdown_table(["split", *names], rows)


def markdown_labels(counts: Mapping[str, Counts]) -> str:
    """How often each label stands in the corpus, one Markdown row a label that is used."""
    rows = []
    for table, name in LABELS:
        counters = [split.labels[f"{table}.{name}"] for split in counts.values()]
        for value in _kinds(table, name, counters):
            numbers = [counter[value] for counter in counters]
            if any(numbers):
                rows.append([f"{table} `{name}`", f"`{value}`", *_summed(numbers)])
    return markdown_table(["field", "value", *_summed_head(counts)], rows, texts=2)


def markdown_phenomena(counts: Mapping[str, Counts]) -> str:
    """How many records show each phenomenon, one Markdown row for each, also where none does."""
    rows = []
    for p in PHENOMENA:
        numbers = [split.phenomena[p.key] for split in counts.values()]
        rows.append([f"`{p.key}`", p.definition, *_summed(numbers)])
    return markdown_table(["phenomenon", "meaning", *_summed_head(counts)], rows, texts=2)


def as_json(counts: Mapping[str, Counts]) -> dict[str, Any]:
    """Everything counted, for a program to read."""
    return {split: c.plain() for split, c in counts.items()}


def _summed(numbers: list[int]) -> list[int]:
    """The numbers of the splits, and of all where they are several."""
    return [*numbers, sum(numbers)] if len(numbers) > 1 else numbers


def _summed_head(splits: Iterable[str]) -> list[str]:
    names = list(splits)
    return [*names, "all"] if len(names) > 1 else names


def _values(article: Article, table: str, name: str) -> Iterator[str]:
    records = [article.document] if table == "documents" else getattr(article, table)
    return (getattr(record, name) for record in records)


def _kinds(table: str, name: str, counters: Iterable[Counter[str]]) -> list[str]:
    """The values of a field: labels as they are declared, others by name."""
    if "enum" in table_schema(table)["properties"][name]:
        return list(labels(table, name))
    return sorted(set().union(*counters))


def _phenomena(view: View) -> Iterator[str]:
    """The key of every phenomenon that a record shows, once for each record."""
    for layer in LAYERS:
        for names in shown(view, layer).values():
            yield from (f"{layer}:{name}" for name in names)
