"""Transformers that classify tokens: our own, one for each column, or any model for NER."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from ..iob import columns
from ..model import Article, Document
from ..problem import ModelError, NotFoundError
from .composing.compose import compose
from .flat import Spans, Typed, layers
from .labelling.decode import decode
from .labelling.meanings import meanings
from .labelling.pretrained import Pretrained, open_pretrained
from .labelling.rows import apart, labelled_words


@dataclass(frozen=True)
class Transformer:
    """Models that were opened, each with what the types of its labels mean."""

    models: tuple[tuple[Pretrained, dict[str, tuple[str, str]]], ...]
    _left_out: Counter[str] = field(default_factory=Counter)
    failed: ClassVar[int] = 0

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers of the columns that are there."""
        return layers({column for _, types in self.models for column, _ in types.values()})

    def predict(self, documents: Iterable[Document]) -> Iterator[Article]:
        """An annotated article for each document, in order."""
        for document in documents:
            yield compose(document, self._spans(document), self.layers)

    def remarks(self) -> list[str]:
        """Which types of spans were left out because they have no place here, and how often."""
        counted = sorted(self._left_out.items())
        return [f"left out: {number} spans of type {name!r}" for name, number in counted]

    def _spans(self, document: Document) -> Spans:
        spans = Spans()
        for model, types in self.models:
            for span in _found(model, document):
                if meant := types.get(span.type):
                    name, kind = meant
                    getattr(spans, name).append(span._replace(type=kind))
                else:
                    self._left_out[span.type] += 1
        for column in columns():
            getattr(spans, column.name).sort()
        return spans


def open_transformer(name: str) -> Transformer:
    """The model of that name on the Hub, or in a folder.

    A folder with subfolders named after columns holds a model in each, as `onrecord train hf`
    writes it. The labels of any other model tell what it finds: our own types, or the usual ones of
    named entities.

    Raises:
        NotFoundError: there is no such model.
        ModelError: it has no labels that mean anything here.
    """
    if not name:
        raise NotFoundError("no model named, expected hf:NAME with a folder or a name on the Hub")
    folder = Path(name)
    own = {c.name: str(folder / c.name) for c in columns() if (folder / c.name).is_dir()}
    opened = {column: open_pretrained(way) for column, way in (own or {"": name}).items()}
    models = tuple((model, meanings(model.names, column)) for column, model in opened.items())
    found = Transformer(models)
    if not found.layers:
        labels = sorted({label for model in opened.values() for label in model.names})
        raise ModelError(f"{name!r} labels {', '.join(labels)}: no actors, contents or claims")
    return found


def _found(model: Pretrained, document: Document) -> Iterator[Typed]:
    """The spans that a model finds, with the types of its own, in order."""
    rows = list(labelled_words(Article(document)))
    for row, labels in zip(
        rows, model.labels([apart(row, document.text) for row in rows]), strict=True
    ):
        yield from decode(labels.values(), [row.tokens[at] for at in labels])
