"""What a built dataset consists of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One Parquet file: some documents of one split, as one config shows them.

    `path` is relative to the dataset, with `/`; `size` counts bytes, `rows` rows.
    """

    config: str
    split: str
    path: str
    rows: int
    size: int
    sha256: str


def by_split(parts: Iterable[Part]) -> Mapping[str, Mapping[str, list[Part]]]:
    """The parts of each split of each config, in the order given."""
    grouped: dict[str, dict[str, list[Part]]] = {}
    for part in parts:
        grouped.setdefault(part.config, {}).setdefault(part.split, []).append(part)
    return grouped
