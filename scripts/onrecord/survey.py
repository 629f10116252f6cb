"""What a folder holds, told from its directory entries alone: size, time and inode of each file.

Two surveys that are equal mean that nothing changed; where they differ, only the content can tell.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from .paths import Corpus


class Stamp(NamedTuple):
    """What the directory tells of a file, or of several together; `changed` is the latest time.

    `changed` counts nanoseconds; `told` has everything else.
    """

    told: str
    changed: int

    def settled(self, now: int) -> "Stamp":
        """The stamp itself; `NONE` if a file in it may change yet and keep its time.

        `now` is the time in nanoseconds before the stamp was taken.
        """
        return self if self.changed < now - _SETTLING else NONE


NONE = Stamp("", 0)
_SETTLING = 2_000_000_000


def bundles(corpus: Corpus) -> dict[str, Stamp]:
    """The stamp of each bundle, by `split/name`, in order."""
    return {
        f"{place.split}/{place.name}": _together(os.fspath(place.folder))
        for place in corpus.places()
    }


def stamps(paths: Mapping[str, Path]) -> dict[str, Stamp]:
    """The stamps of single files, by the names given."""
    return {name: _stamp(path.stat()) for name, path in paths.items()}


def seeds(corpus: Corpus) -> dict[str, Stamp]:
    """For each document with a seed, the stamp of that."""
    if not corpus.seeds.is_dir():
        return {}
    with os.scandir(corpus.seeds) as entries:
        return {
            entry.name.removesuffix(".txt"): _stamp(entry.stat())
            for entry in entries
            if entry.name.endswith(".txt") and entry.is_file()
        }


def files(folder: Path) -> dict[str, Stamp]:
    """The stamp of every file below a folder, by its path from there, with `/`, in order."""
    return dict(sorted(_below(folder, "")))


def _stamp(found: os.stat_result) -> Stamp:
    return Stamp(f"{found.st_size}:{found.st_ino}:{found.st_mode}", found.st_mtime_ns)


def _together(folder: str) -> Stamp:
    """One stamp for everything directly in a folder, links not followed.

    A corpus may have a bundle for each document, so this is written to be quick.
    """
    told, changed = [], 0
    with os.scandir(folder) as entries:
        for entry in entries:
            found = entry.stat(follow_symlinks=False)
            time = found.st_mtime_ns
            told.append(f"{entry.name}\0{found.st_size}:{found.st_ino}:{found.st_mode}:{time}")
            changed = max(changed, time)
    told.sort()
    return Stamp(blake2b("\0".join(told).encode(), digest_size=16).hexdigest(), changed)


def _below(folder: Path, prefix: str) -> Iterator[tuple[str, Stamp]]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                yield from _below(Path(entry.path), f"{prefix}{entry.name}/")
            else:
                yield f"{prefix}{entry.name}", _stamp(status)
