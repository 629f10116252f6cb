"""The corpus as `datasets` objects, straight from the JSON Lines."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .paths import SPLITS, Corpus, corpus_at, data_folder
from .problem import NotFoundError
from .store import read_tables

if TYPE_CHECKING:
    from .tables.config import Config


def load(
    config: str = "articles",
    split: str | None = None,
    *,
    streaming: bool = False,
    corpus: str | Path | None = None,
) -> Any:
    """Load one config of the corpus that came with the package, or of the one at `corpus`.

    Always reads the files as they are now; nothing is cached.

    Returns:
        The `datasets.Dataset` of `split`, or without one a `DatasetDict` of every split that has
        documents; iterable datasets if `streaming`.

    Raises:
        NotFoundError: no such config, no such split, or no corpus at that place.
        UncheckedError: a file does not fit its schema; `onrecord check` tells where.
    """
    from datasets import DatasetDict, IterableDatasetDict

    from .tables import find_config

    chosen = find_config(config)
    found = Corpus(data_folder("corpus")) if corpus is None else corpus_at(Path(corpus))
    if split is not None and split not in SPLITS:
        raise NotFoundError(f"no split {split!r}, expected one of {', '.join(SPLITS)}")
    if split is not None:
        return _dataset(chosen, found, split, streaming)
    loaded = {
        name: _dataset(chosen, found, name, streaming) for name in SPLITS if _any(found, name)
    }
    return IterableDatasetDict(loaded) if streaming else DatasetDict(loaded)


def _any(corpus: Corpus, split: str) -> bool:
    return next(corpus.split(split), None) is not None


def _dataset(config: "Config", corpus: Corpus, split: str, streaming: bool) -> Any:
    from datasets import Dataset, DatasetInfo, NamedSplit

    from .tables.sources import Sources

    rows = config.rows(Sources(read_tables(corpus.split(split))))
    info = DatasetInfo(features=config.features(), description=config.description)
    dataset = Dataset(rows, info=info, split=NamedSplit(split))
    return dataset.to_iterable_dataset() if streaming else dataset
