"""Train models on a corpus: a folder holds the old or the new one, never half a model."""

from collections.abc import Callable, Iterable
from pathlib import Path

from .iob import columns
from .model import Article
from .paths import Place, shown
from .problem import ModelError, OccupiedError
from .store import names, read_articles
from .swap import replacing
from .validate import require_sound

HELD_OUT = ("validation", "test")
"""Splits that nothing is trained on."""

Fit = Callable[[Iterable[Article], Path], list[str]]
"""Trains on articles, writes into a folder, returns the columns that were trained."""


def train(
    places: list[Place], target: Path, fit: Fit, *, replace: bool = False, any_split: bool = False
) -> list[str]:
    """Train on the articles of bundles, put the model into `target`; the columns it labels.

    Raises:
        OccupiedError: `target` is there; with `replace`, it is there and no model.
        ModelError: a bundle is of a split that is held out, unless `any_split` allows it.
        UncheckedError: the bundles have errors.
    """
    held_out = [place for place in places if place.split in HELD_OUT]
    if held_out and not any_split:
        folder, split = shown(held_out[0].folder), held_out[0].split
        raise ModelError(f"{folder!r} is of split {split!r}, expected train; --any-split allows it")
    found = names(target)
    if found and not (replace and _is_model(found)):
        expected = "a model" if replace else "nothing there; --replace puts a new model in place"
        raise OccupiedError(f"{shown(target)!r} holds {found[0]!r}, expected {expected}")
    require_sound(places)
    with replacing(target) as new:
        return fit((article for _, article in read_articles(places)), new)


def _is_model(found: Iterable[str]) -> bool:
    """Whether a folder that holds these was written by training."""
    return {Path(name).stem for name in found} <= {"crf", *(column.name for column in columns())}
