"""What a config of the dataset is: a name, its columns, and how its rows are made."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
from datasets import Features

from .sources import Sources


@dataclass(frozen=True, slots=True)
class Config:
    """One config: `load_dataset(..., name)`.

    `rows` makes the rows of checked source tables; its columns are those of `features`, and one of
    them, `key`, holds the id of the document. `words` are the columns that hold words of the
    article, as dotted paths through structs and lists (`cue.exact`): they are left empty for a
    document whose text is withheld.
    """

    name: str
    description: str
    features: Callable[[], Features]
    rows: Callable[[Sources], pa.Table]
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Name of the column that holds the document's id."""
        return "doc" if "doc" in self.features() else "id"
