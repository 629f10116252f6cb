"""Conditional random fields: a linear model for each column, trained in seconds on one processor.

A model is a folder: `<column>.crfsuite` as CRFsuite (Okazaki, 2007) writes them, and `crf.json`,
which says what they were made with. Trained on the same articles they are the same bytes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from ..engines import Progress, quietly
from ..iob import Column, Labelled, columns
from ..model import Article, Document
from ..paths import shown
from ..problem import MissingExtraError, ModelError, NotFoundError
from ..store import digest
from .compose import compose
from .cue_words import CueWords, counts
from .decode import decode
from .features import VERSION, features
from .spans import Spans, layers
from .words import labelled_words

DEFAULT = "models/crf"
"""Where a model lies unless it is said."""

_PARAMETERS = {"c1": 0.1, "c2": 0.1, "max_iterations": 60, "feature.possible_transitions": True}
"""Chosen by cross-validation on the train split of the corpus alone, its stories held out in turn:
the weights of the L1 and L2 penalties, and steps of L-BFGS."""

_ABOUT = "crf.json"


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a model was made with: the types of each column, cue words, number of documents.

    `sha256` has the hash of each file by column: CRFsuite reads a damaged one without a word, then
    crashes.
    """

    features: int
    columns: dict[str, tuple[str, ...]]
    sha256: dict[str, str]
    cues: tuple[str, ...]
    documents: int
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Crf:
    """A model that was opened; `taggers` by column."""

    taggers: dict[str, Any]
    cues: frozenset[str]

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers of the columns that are there."""
        return layers(self.taggers)

    def predict(self, documents: Iterable[Document]) -> Iterator[Article]:
        """An annotated article for each document, in order."""
        for document in documents:
            yield compose(document, self._spans(document), self.layers)

    def remarks(self) -> list[str]:
        """Nothing."""
        return []

    def _spans(self, document: Document) -> Spans:
        spans = Spans()
        for row in labelled_words(Article(document)):
            seen = features(document.text, row, self.cues)
            for name, tagger in self.taggers.items():
                getattr(spans, name).extend(decode(tagger.tag(seen), row.tokens))
        return spans


def open_crf(where: str = "") -> Crf:
    """The model in the folder `where`, by default in `models/crf`.

    Raises:
        NotFoundError: there is none.
        ModelError: it cannot be read, or was made for other features or labels.
    """
    folder = Path(where or DEFAULT)
    about = _about(folder)
    taggers = {
        name: _tagger(folder / _file(name), about.sha256.get(name)) for name in about.columns
    }
    return Crf(taggers, frozenset(about.cues))


def train_crf(
    articles: Iterable[Article], target: Path, *, progress: Progress = quietly
) -> list[str]:
    """Train a model for each column that is annotated and put them into the folder `target`.

    Returns the columns. A paragraph whose document is not annotated exhaustively in the layer of a
    column is left out there.

    Raises:
        ModelError: no article is annotated exhaustively in any layer.
    """
    crfsuite = _crfsuite()
    rows, cue_words, number = _examples(articles)
    trained = [column for column in columns() if any(row.labels[column.name] for row, _ in rows)]
    if not trained:
        raise ModelError(f"{number} documents with no labelled word, expected an annotated layer")
    for column in progress(trained, len(trained)):
        _train(crfsuite, column, rows, target / _file(column.name))
    about = About(
        features=VERSION,
        columns={column.name: column.types for column in trained},
        sha256={c.name: digest((target / _file(c.name)).read_bytes()) for c in trained},
        cues=tuple(sorted(cue_words.words)),
        documents=number,
        versions={name: version(name) for name in ("onrecord", "python-crfsuite")},
    )
    written = msgspec.json.format(msgspec.json.encode(about), indent=1)
    (target / _ABOUT).write_bytes(written + b"\n")
    return [column.name for column in trained]


def _examples(articles: Iterable[Article]) -> tuple[list[tuple[Labelled, Any]], CueWords, int]:
    """The paragraphs with their features as CRFsuite holds them; cue words; number of documents.

    For the features of a document its own cues are no cue words, or the model would trust the list
    more than it may in a document that it has not seen.
    """
    read = [(article.document.text, list(labelled_words(article))) for article in articles]
    counted = [counts(text, rows) for text, rows in read]
    cue_words = CueWords(sum(counted, Counter()))
    sequence = _crfsuite().ItemSequence
    examples = [
        (row, sequence(features(text, row, words)))
        for (text, rows), own in zip(read, counted, strict=True)
        for words in [cue_words.without(own)]
        for row in rows
    ]
    return examples, cue_words, len(read)


def _train(
    crfsuite: ModuleType, column: Column, rows: Iterable[tuple[Labelled, Any]], path: Path
) -> None:
    trainer = crfsuite.Trainer(algorithm="lbfgs", params=_PARAMETERS, verbose=False)
    for row, seen in rows:
        if labels := row.labels[column.name]:
            trainer.append(seen, [column.names[label] for label in labels])
    trainer.train(str(path))


def _about(folder: Path) -> About:
    try:
        about = msgspec.json.decode((folder / _ABOUT).read_bytes(), type=About)
    except FileNotFoundError:
        raise NotFoundError(
            f"no {_ABOUT} in {shown(folder)!r}; 'onrecord train crf' makes a model"
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"{shown(folder / _ABOUT)} cannot be read: {error}") from None
    known = {column.name: set(column.types) for column in columns()}
    strange = [name for name, types in about.columns.items() if set(types) - known.get(name, set())]
    if about.features != VERSION or strange:
        made = f"features {about.features}, columns {', '.join(about.columns)}"
        raise ModelError(f"{shown(folder)!r} was made for {made}, other than now; train it again")
    return about


def _tagger(path: Path, sha256: str | None) -> Any:
    if not path.is_file() or digest(path.read_bytes()) != sha256:
        raise ModelError(f"{shown(path)} is missing or damaged; train the model again")
    tagger = _crfsuite().Tagger()
    tagger.open(str(path))
    return tagger


def _file(column: str) -> str:
    return f"{column}.crfsuite"


def _crfsuite() -> ModuleType:
    try:
        import pycrfsuite
    except ImportError:
        raise MissingExtraError("this needs python-crfsuite: pip install 'onrecord[crf]'") from None
    found: ModuleType = pycrfsuite
    return found
