"""Between words and the pieces that a tokenizer of a language model cuts a text into."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ...segment import Stretch

_LEAST = 8
_PLENTY = 512
"""Pieces in a window at most: paragraphs are shorter, and attention costs the square."""


@dataclass(frozen=True, slots=True)
class Window:
    """What a model reads at a time: its inputs, and where each piece stands in the text.

    A piece that shows nothing of the text (one of the model's own, or white space) stands at an
    empty stretch.
    """

    inputs: dict[str, list[int]]
    places: list[Stretch]


def windows(tokenizer: Any, text: str, size: int) -> list[Window]:
    """The text cut into windows of at most `size` pieces, which overlap by a quarter.

    `tokenizer` is a fast one of transformers; its offsets are code points, and refer to the text
    before it is normalised.
    """
    cut = tokenizer(
        text,
        truncation=True,
        max_length=size,
        stride=size // 4,
        return_overflowing_tokens=True,
        return_offsets_mapping=True,
    )
    names = [name for name in cut if name in tokenizer.model_input_names]
    return [
        Window(
            {name: cut[name][at] for name in names},
            [_stripped(text, start, end) for start, end in places],
        )
        for at, places in enumerate(cut["offset_mapping"])
    ]


def size(tokenizer: Any, config: Any) -> int:
    """How many pieces a window of this model may have.

    Raises:
        ValueError: fewer than make sense.
    """
    # RoBERTa and its kin number their positions from 2.
    positions = getattr(config, "max_position_embeddings", None) or _PLENTY + 2
    found: int = min(tokenizer.model_max_length, positions - 2, _PLENTY)
    if found < _LEAST:
        raise ValueError(f"{found} pieces, expected at least {_LEAST}")
    return found


def heads(words: Sequence[Stretch], window: Window) -> Iterator[tuple[int, int]]:
    """The words that begin in a window, each with its first piece, as indices.

    A piece that covers several words is the first of each; what the tokenizer drops has none.
    """
    places = [(*place, at) for at, place in enumerate(window.places) if place[0] < place[1]]
    opening = places[0][0] if places else 0
    at = 0
    for number, (start, end) in enumerate(words):
        while at < len(places) and places[at][1] <= start:
            at += 1
        if opening <= start and at < len(places) and places[at][0] < end:
            yield number, places[at][2]


def best(words: Sequence[Stretch], cut: Sequence[Window]) -> dict[int, tuple[int, int]]:
    """For each word a window and its first piece there: where most of the context is.

    That is the window whose nearer edge is farthest from the piece.
    """
    found: dict[int, tuple[int, int]] = {}
    margins: dict[int, int] = {}
    for number, window in enumerate(cut):
        for word, piece in heads(words, window):
            margin = min(piece, len(window.places) - 1 - piece)
            if margin > margins.get(word, -1):
                margins[word], found[word] = margin, (number, piece)
    return found


def _stripped(text: str, start: int, end: int) -> Stretch:
    """Byte-level BPE and Unigram count the blank before a word to its piece."""
    exact = text[start:end]
    start += len(exact) - len(exact.lstrip())
    return start, max(start, start + len(exact.strip()))
