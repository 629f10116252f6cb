"""A built dataset cut into several files a split, as a large corpus has them."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from onrecord import store
from onrecord.manifest import Part
from onrecord.paths import SPLITS
from onrecord.tables import CONFIGS

Memory = dict[str, dict[str, int]]


def parts_of(dataset: Path) -> list[Part]:
    """What the Parquet files of a dataset are, in the order of configs, splits and names."""
    return [
        _part(dataset, config.name, split, path)
        for config in CONFIGS
        for split in SPLITS
        for path in sorted(dataset.glob(f"data/{config.name}/{split}-*.parquet"))
    ]


def memory_of(dataset: Path) -> Memory:
    """Bytes in Arrow, by config and split."""
    memory: Memory = {}
    for part in parts_of(dataset):
        splits = memory.setdefault(part.config, {})
        splits[part.split] = splits.get(part.split, 0) + pq.read_table(dataset / part.path).nbytes
    return memory


def cut_in_two(dataset: Path) -> list[Part]:
    """Replace every file of more than one row by two; what the files are then."""
    for path in sorted(dataset.glob("data/*/*.parquet")):
        rows = pq.read_table(path)
        if rows.num_rows > 1:
            half = rows.num_rows // 2
            for number, piece in enumerate((rows.slice(0, half), rows.slice(half))):
                split = path.name.partition("-")[0]
                pq.write_table(piece, path.with_name(f"{split}-{number:05}-of-00002.parquet"))
            path.unlink()
    return parts_of(dataset)


def rows_of(dataset: Path, config: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Split and row, for every row of a config, in the order of its files."""
    for part in parts_of(dataset):
        if part.config == config:
            for row in pq.read_table(dataset / part.path).to_pylist():
                yield part.split, row


def _part(dataset: Path, config: str, split: str, path: Path) -> Part:
    data = path.read_bytes()
    rows = pq.read_metadata(path).num_rows
    name = path.relative_to(dataset).as_posix()
    return Part(config, split, name, rows, len(data), store.digest(data))
