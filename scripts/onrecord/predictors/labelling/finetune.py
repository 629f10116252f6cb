"""Training of transformers: a new layer on a model that knows the language, one for each column."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...engines import Progress, quietly
from ...iob import Column, Labelled, columns
from ...model import Article
from ...problem import ModelError
from ...segment import Stretch
from .pieces import Window, heads, windows
from .pretrained import Pretrained, libraries, open_pretrained
from .rows import apart, labelled_words

_IGNORED = -100
"""What the losses of PyTorch pass over."""

_WARM = 0.1
_NORM = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is trained: rounds over the articles, step size, windows a step, and the seed."""

    epochs: int = 10
    rate: float = 5e-5
    batch: int = 8
    seed: int = 0


Example = tuple[Window, list[int]]
"""A window and the index of the label of each of its pieces."""


def train_transformer(
    articles: Iterable[Article],
    target: Path,
    *,
    base: str,
    names: Sequence[str] = (),
    recipe: Recipe | None = None,
    progress: Progress = quietly,
) -> list[str]:
    """Train a model for each column, from `base`, and put each into its folder in `target`.

    `names` are the columns, by default all that are annotated; they are returned. The first piece
    of a word has its label, the others none; of what several words share a piece the strongest.

    Raises:
        NotFoundError: there is no model `base`.
        ModelError: it cannot be used, or nothing is annotated exhaustively in a column's layer.
    """
    rows = [(article.document.text, row) for article in articles for row in labelled_words(article)]
    known = [c for c in columns() if not names or c.name in names]
    trained = [c for c in known if any(row.labels[c.name] for _, row in rows)]
    missing = {column.name for column in known if names} - {column.name for column in trained}
    if missing or not trained:
        lacking = ", ".join(sorted(missing)) or "any column"
        raise ModelError(f"no labelled word for {lacking}, expected an annotated layer")
    for column in trained:
        made = _trained(base, column, rows, recipe or Recipe(), progress)
        made.model.save_pretrained(target / column.name)
        made.tokenizer.save_pretrained(target / column.name)
    return [column.name for column in trained]


def _trained(
    base: str,
    column: Column,
    rows: Iterable[tuple[str, Labelled]],
    recipe: Recipe,
    progress: Progress,
) -> Pretrained:
    torch, _ = libraries()
    # What is random elsewhere in the process stays what it would have been.
    with torch.random.fork_rng():
        torch.manual_seed(recipe.seed)
        model = open_pretrained(base, column.names)
        examples = [
            example
            for text, row in rows
            if (labels := row.labels[column.name])
            for example in _examples(model, *apart(row, text), labels)
        ]
        _fit(model, examples, recipe, progress)
    return model


def _examples(
    model: Pretrained, text: str, words: Sequence[Stretch], labels: Sequence[int]
) -> Iterator[Example]:
    """The windows of a paragraph in which a word begins."""
    for window in windows(model.tokenizer, text, model.size):
        targets = [_IGNORED] * len(window.places)
        for word, piece in heads(words, window):
            targets[piece] = max(targets[piece], labels[word], key=_strength)
        if max(targets) > _IGNORED:
            yield window, targets


def _strength(label: int) -> tuple[bool, int]:
    """Where words share a piece, one that begins a span (an odd label) tells most."""
    return label > 0 and label % 2 == 1, label


def _fit(model: Pretrained, examples: list[Example], recipe: Recipe, progress: Progress) -> None:
    """AdamW with a step size that rises for a tenth of the steps, then falls to nothing.

    After Devlin et al. (2019), A.2.
    """
    import torch

    batches = [batch for _ in range(recipe.epochs) for batch in _shuffled(examples, recipe.batch)]
    optimizer = torch.optim.AdamW(model.model.parameters(), lr=recipe.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _slope(len(batches)))
    model.model.train()
    for batch in progress(batches, len(batches)):
        labels = model.padded([targets for _, targets in batch], _IGNORED)
        loss = model.model(**model.inputs([window for window, _ in batch]), labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.model.parameters(), _NORM)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
    model.model.eval()


def _shuffled(examples: Sequence[Example], size: int) -> Iterator[list[Example]]:
    import torch

    order = torch.randperm(len(examples)).tolist()
    for first in range(0, len(order), size):
        yield [examples[at] for at in order[first : first + size]]


def _slope(steps: int) -> Callable[[int], float]:
    """The share of the full step size at each step."""
    warm = max(1, int(_WARM * steps))
    return lambda step: min((step + 1) / warm, (steps - step) / max(1, steps - warm))
