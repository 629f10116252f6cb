"""What a build is asked for and what it makes: parts of a dataset, and what is known of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from .checks.roll import Roll
from .problem import Problem
from .provenance import Provenance
from .stats import Counts

CHECKSUMS = "SHA256SUMS"
WITHHELD = "withheld.jsonl"


@dataclass(frozen=True, slots=True)
class Options:
    """How to build.

    The text of documents whose licence is in `withheld` is left out. A Parquet file holds about
    `size` documents. With `full` nothing is taken over from an earlier build. Errors whose code is
    in `ignored` do not matter.
    """

    withheld: frozenset[str] = frozenset()
    size: int = 1000
    full: bool = False
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One Parquet file: some documents of one split, as one config shows them.

    `path` is relative to the dataset, with `/`; `size` counts bytes, `memory` bytes in Arrow.
    """

    config: str
    split: str
    path: str
    rows: int
    size: int
    sha256: str
    memory: int = 0


def by_split(parts: Iterable[Part]) -> Mapping[str, Mapping[str, list[Part]]]:
    """The parts of each split of each config, in the order given."""
    grouped: dict[str, dict[str, list[Part]]] = {}
    for part in parts:
        grouped.setdefault(part.config, {}).setdefault(part.split, []).append(part)
    return grouped


def checksums(dataset: Path) -> dict[str, str]:
    """The SHA-256 of each file of a dataset by name, as its checksums tell; empty without them."""
    sums = dataset / CHECKSUMS
    if not sums.is_file():
        return {}
    lines = sums.read_text(encoding="utf-8").splitlines()
    return {line[66:]: line[:64] for line in lines}


class Content(msgspec.Struct, frozen=True):
    """What a bundle holds: a hash of its files, and how many documents."""

    digest: str
    documents: int


class Written(msgspec.Struct, frozen=True):
    """One Parquet file of a group, before it has its place: rows, bytes, bytes in Arrow, hash."""

    rows: int
    size: int
    memory: int
    sha256: str


class Hidden(msgspec.Struct, frozen=True):
    """A document whose words were left out, and what proves a copy of its text.

    `names` holds for each actor where in the text its name stands, as start and end, or the name
    itself where it is the annotator's and short.
    """

    doc: str
    license: str
    characters: int
    sha256: str
    names: dict[str, tuple[int, int] | str]


class Made(msgspec.Struct, frozen=True):
    """What became of a group of bundles.

    `bundles` has the content of each bundle by name, `parts` what was written for each config,
    `provenance` how many documents say the same of where they come from; `left_out` is what the
    config `tokens` does not show, by `column:reason`.
    """

    bundles: dict[str, Content]
    parts: dict[str, Written]
    counts: Counts
    provenance: list[tuple[Provenance, int]]
    left_out: dict[str, int]
    roll: Roll
    hidden: list[Hidden] = []


class Failed(msgspec.Struct, frozen=True):
    """The errors for which a group was not made."""

    problems: list[Problem]
