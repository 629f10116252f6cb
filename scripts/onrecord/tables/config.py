"""What a config of the dataset is: a name, its columns, and how its rows are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa
from datasets import Features

Sources = Mapping[str, bytes]
"""The JSON Lines of the five source tables, each of any number of bundles one after the other."""


@dataclass(frozen=True, slots=True)
class Config:
    """One config: `load_dataset(..., name)`.

    `rows` makes the rows of checked source tables; its columns are those of `features`.
    """

    name: str
    description: str
    features: Callable[[], Features]
    rows: Callable[[Sources], pa.Table]
