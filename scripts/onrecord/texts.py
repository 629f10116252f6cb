"""The files of a dataset beside its Parquet: card, licence, checksums, withheld texts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from . import survey
from .card import dataset_card
from .manifest import CHECKSUMS, ROOT_FILES, WITHHELD, Part, by_split
from .paths import Corpus
from .state import Group
from .stats import Counts
from .store import digest


def write_texts(corpus: Corpus, groups: Sequence[Group], new: Path) -> None:
    """Write into `new`, which holds the Parquet of `groups`, everything else."""
    parts = sorted(part for group in groups for part in _parts(group))
    content = digest("".join(f"{part.sha256} {part.path}\n" for part in parts).encode())
    hidden = [one for group in groups for one in group.made.hidden]
    if hidden:
        told = b"".join(msgspec.json.encode(one) + b"\n" for one in hidden)
        (new / WITHHELD).write_bytes(told)
    counts: dict[str, Counts] = {}
    for group in groups:
        counts[group.split] = counts.get(group.split, Counts()) + group.made.counts
    files = {
        config: {
            split: parts[0].path.split("-")[0] + "-*.parquet" for split, parts in splits.items()
        }
        for config, splits in by_split(parts).items()
    }
    card = dataset_card(files, counts, content[:16])
    (new / "README.md").write_text(card, encoding="utf-8")
    for name in ROOT_FILES:
        if (corpus.root / name).is_file():
            (new / name).write_bytes((corpus.root / name).read_bytes())
    sums = {part.path: part.sha256 for part in parts}
    for name in survey.files(new):
        sums.setdefault(name, digest((new / name).read_bytes()))
    lines = [f"{sums[name]}  {name}\n" for name in sorted(sums)]
    (new / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def _parts(group: Group) -> Iterator[Part]:
    for config, path in group.paths.items():
        written = group.made.parts[config]
        yield Part(
            config, group.split, path, written.rows, written.size, written.sha256, written.memory
        )
