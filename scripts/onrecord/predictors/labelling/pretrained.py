"""Language models of the transformers library: opened, read and fed, whatever their family."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...problem import MissingExtraError, ModelError, NotFoundError
from ...segment import Stretch
from .pieces import Window, best, size, windows

_BATCH = 16


@dataclass(frozen=True, slots=True)
class Pretrained:
    """A model for token classification, its tokenizer, and how many pieces it reads at a time."""

    model: Any
    tokenizer: Any
    size: int

    @property
    def names(self) -> list[str]:
        """The labels, by index."""
        return [name for _, name in sorted(self.model.config.id2label.items())]

    def labels(self, texts: Sequence[tuple[str, Sequence[Stretch]]]) -> Iterator[dict[int, str]]:
        """For each text and where its words stand: the labels of the words, by index, in order.

        The label of a word is that of its first piece; a word that the tokenizer drops has none.
        """
        cut = [windows(self.tokenizer, text, self.size) for text, _ in texts]
        found = iter(self._indices([window for listed in cut for window in listed]))
        names = self.names
        for (_, words), listed in zip(texts, cut, strict=True):
            labels = [next(found) for _ in listed]
            chosen = sorted(best(words, listed).items())
            yield {word: names[labels[window][piece]] for word, (window, piece) in chosen}

    def inputs(self, batch: Sequence[Window]) -> dict[str, Any]:
        """The inputs of several windows as padded tensors where the model is."""
        pad = self.tokenizer.pad_token_id or 0
        names = batch[0].inputs
        listed = {name: [window.inputs[name] for window in batch] for name in names}
        return {
            name: self.padded(rows, pad if name == "input_ids" else 0)
            for name, rows in listed.items()
        }

    def padded(self, rows: Sequence[Sequence[int]], value: int) -> Any:
        """Rows of different lengths as one tensor where the model is."""
        import torch
        from torch.nn.utils.rnn import pad_sequence

        tensors = [torch.tensor(row) for row in rows]
        return pad_sequence(tensors, batch_first=True, padding_value=value).to(self.model.device)

    def _indices(self, cut: Sequence[Window]) -> Iterator[list[int]]:
        """For each window the index of the best label of each piece."""
        import torch

        with torch.inference_mode():
            for first in range(0, len(cut), _BATCH):
                logits = self.model(**self.inputs(cut[first : first + _BATCH])).logits
                yield from logits.argmax(-1).tolist()


def open_pretrained(name: str, labels: Sequence[str] = ()) -> Pretrained:
    """The model of that name on the Hub or in that folder, with its tokenizer.

    With `labels` it gets a new, untrained layer that tells these apart.

    Raises:
        NotFoundError: there is no such model.
        ModelError: it cannot be used here.
    """
    torch, transformers = libraries()
    import safetensors

    head: dict[str, Any] = {}
    if labels:
        ids = {label: number for number, label in enumerate(labels)}
        head = {"id2label": dict(enumerate(labels)), "label2id": ids, "num_labels": len(labels)}
        head["ignore_mismatched_sizes"] = True
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(name)
        model = transformers.AutoModelForTokenClassification.from_pretrained(name, **head)
    except (OSError, ValueError, ImportError, safetensors.SafetensorError) as error:
        folder = "" if Path(name).is_dir() else "no such folder, and "
        raise NotFoundError(f"{name!r} cannot be opened: {folder}{_line(error)}") from None
    if not tokenizer.is_fast:
        raise ModelError(f"{name!r} has no fast tokenizer, which tells offsets")
    try:
        fitting = size(tokenizer, model.config)
    except ValueError as error:
        raise ModelError(f"{name!r} reads {error}") from None
    # Some are kept in half precision, in which training goes astray.
    model.float().to("cuda" if torch.cuda.is_available() else "cpu").eval()
    return Pretrained(model, tokenizer, fitting)


def libraries() -> tuple[Any, Any]:
    """The libraries torch and transformers, the second silent.

    Raises:
        MissingExtraError: one is not installed.
    """
    try:
        import torch
        import transformers
    except ImportError:
        raise MissingExtraError(
            "this needs torch and transformers: pip install 'onrecord[hf]'"
        ) from None
    # What is missing or new in a model is told as weights; who trains a new layer knows.
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    return torch, transformers


def _line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
