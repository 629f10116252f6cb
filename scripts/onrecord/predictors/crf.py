"""Conditional random fields: a linear model for each column, trained in seconds on one processor.

A model is a folder: `<column>.crfsuite` as CRFsuite (Okazaki, 2007) writes them, and `crf.json`,
which says what they were made with. Trained on the same articles they are the same bytes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import msgspec

from ..iob import columns
from ..model import Article, Document
from ..paths import shown
from ..problem import MissingExtraError, ModelError, NotFoundError
from ..store import digest
from .composing.compose import compose
from .flat import Spans, layers
from .labelling.decode import decode
from .labelling.features import VERSION, features
from .labelling.rows import labelled_words

DEFAULT = "models/crf"
"""Where a model lies unless it is said."""

ABOUT = "crf.json"
"""The file that says what a model was made with."""


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
    failed: ClassVar[int] = 0

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
        name: _tagger(folder / model_file(name), about.sha256.get(name)) for name in about.columns
    }
    return Crf(taggers, frozenset(about.cues))


def _about(folder: Path) -> About:
    try:
        about = msgspec.json.decode((folder / ABOUT).read_bytes(), type=About)
    except FileNotFoundError:
        raise NotFoundError(
            f"no {ABOUT} in {shown(folder)!r}; 'onrecord train crf' makes a model"
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"{shown(folder / ABOUT)} cannot be read: {error}") from None
    known = {column.name: set(column.types) for column in columns()}
    strange = [name for name, types in about.columns.items() if set(types) - known.get(name, set())]
    if about.features != VERSION or strange:
        made = f"features {about.features}, columns {', '.join(about.columns)}"
        raise ModelError(f"{shown(folder)!r} was made for {made}, other than now; train it again")
    return about


def _tagger(path: Path, sha256: str | None) -> Any:
    if not path.is_file() or digest(path.read_bytes()) != sha256:
        raise ModelError(f"{shown(path)} is missing or damaged; train the model again")
    tagger = crfsuite().Tagger()
    tagger.open(str(path))
    return tagger


def model_file(column: str) -> str:
    """Name of the file of a column."""
    return f"{column}.crfsuite"


def crfsuite() -> ModuleType:
    """The library.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import pycrfsuite
    except ImportError:
        raise MissingExtraError("this needs python-crfsuite: pip install 'onrecord[crf]'") from None
    found: ModuleType = pycrfsuite
    return found
