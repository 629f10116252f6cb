"""Training of conditional random fields, one for each column, in seconds on one processor."""

from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from ...engines import Progress, quietly
from ...iob import Column, Labelled, columns
from ...model import Article
from ...problem import ModelError
from ...store import digest
from ..crf import ABOUT, About, crfsuite, model_file
from .features import VERSION, features
from .learnt_cues import Counts, CueWords, counts
from .rows import labelled_words

_PARAMETERS = {"c1": 0.1, "c2": 0.1, "max_iterations": 60, "feature.possible_transitions": True}
"""Chosen by cross-validation on the train split of the corpus alone, its stories held out in turn:
the weights of the L1 and L2 penalties, and steps of L-BFGS."""


def train_crf(
    articles: Iterable[Article], target: Path, *, progress: Progress = quietly
) -> list[str]:
    """Train a model for each column that is annotated and put them into the folder `target`.

    Returns the columns. A paragraph whose document is not annotated exhaustively in the layer of a
    column is left out there.

    Raises:
        ModelError: no article is annotated exhaustively in any layer.
    """
    rows, cue_words, number = _examples(articles)
    trained = [column for column in columns() if any(row.labels[column.name] for row, _ in rows)]
    if not trained:
        raise ModelError(f"{number} documents with no labelled word, expected an annotated layer")
    for column in progress(trained, len(trained)):
        _train(column, rows, target / model_file(column.name))
    about = About(
        features=VERSION,
        columns={column.name: column.types for column in trained},
        sha256={c.name: digest((target / model_file(c.name)).read_bytes()) for c in trained},
        cues=tuple(sorted(cue_words.words)),
        documents=number,
        versions={name: version(name) for name in ("onrecord", "python-crfsuite")},
    )
    written = msgspec.json.format(msgspec.json.encode(about), indent=1)
    (target / ABOUT).write_bytes(written + b"\n")
    return [column.name for column in trained]


def _examples(articles: Iterable[Article]) -> tuple[list[tuple[Labelled, Any]], CueWords, int]:
    """The paragraphs with their features as CRFsuite holds them; cue words; number of documents.

    For the features of a document its own cues are no cue words, or the model would trust the list
    more than it may in a document that it has not seen.
    """
    read = [(article.document.text, list(labelled_words(article))) for article in articles]
    counted = [counts(text, rows) for text, rows in read]
    total: Counts = Counter()
    for own in counted:
        total.update(own)
    cue_words = CueWords(total)
    sequence = crfsuite().ItemSequence
    examples = [
        (row, sequence(features(text, row, words)))
        for (text, rows), own in zip(read, counted, strict=True)
        for words in [cue_words.without(own)]
        for row in rows
    ]
    return examples, cue_words, len(read)


def _train(column: Column, rows: Iterable[tuple[Labelled, Any]], path: Path) -> None:
    trainer = crfsuite().Trainer(algorithm="lbfgs", params=_PARAMETERS, verbose=False)
    for row, seen in rows:
        if labels := row.labels[column.name]:
            trainer.append(seen, [column.names[label] for label in labels])
    trainer.train(str(path))
