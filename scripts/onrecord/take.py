"""Take documents out of a corpus in another format."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from . import store
from .losses import Losses, require_whole
from .model import Article
from .paths import Place, shown
from .problem import NotFoundError, OccupiedError
from .schema import ANNOTATIONS
from .standoff.format import Exporter
from .swap import move_all
from .validate import require_sound

Files = Iterator[tuple[str, bytes]]
"""Names and contents, one after the other."""


def take(
    exporter: Exporter,
    places: list[Place],
    losses: Losses,
    counts: Counter[str],
    ignored: tuple[str, ...] = (),
) -> Files:
    """The files that hold the documents of some bundles; their records are added to `counts`.

    Errors whose codes begin like those `ignored` do not matter.

    Raises:
        UncheckedError: a bundle has errors.
    """
    require_sound(places, ignored=ignored)
    return exporter.write(_counted(places, counts), losses)


def write_into(
    folder: Path, files: Files, losses: Losses, *, strict: bool, over: bool
) -> list[Path]:
    """Write the files into a folder, all or none; where they are, in order.

    With `strict` a loss is an error; files that are there are replaced if `over`.

    Raises:
        UncheckedError: something is lost and may not be.
        OccupiedError: a file is there already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".onrecord-export-") as staging:
        moves = []
        for name, data in files:
            staged, there = Path(staging) / name, folder / name
            if there.is_dir():
                raise OccupiedError(f"{shown(there)!r} is a folder, expected a file or nothing")
            if os.path.lexists(there) and not over:
                raise OccupiedError(f"{shown(there)!r} is there already; --replace writes over it")
            staged.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(data)
            moves.append((staged, there))
        if strict:
            require_whole(losses, "the export")
        move_all(moves)
    return [there for _, there in moves]


def require_outside(folder: Path, places: Iterable[Place]) -> None:
    """Nothing, unless a folder is in a corpus or among its seeds, where only its own files may be.

    Raises:
        OccupiedError: it is.
    """
    for own in {own for place in places for own in (place.corpus.folder, place.corpus.seeds)}:
        if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(own)):
            raise OccupiedError(f"{shown(folder)!r} is in {shown(own)!r}, expected elsewhere")


def only(files: Files) -> bytes:
    """The content of the file, if it is one.

    Raises:
        NotFoundError: there are several, or none.
    """
    found = list(files)
    if len(found) != 1:
        raise NotFoundError(f"{len(found)} files; name one document, or a folder with --to")
    return found[0][1]


def _counted(places: Iterable[Place], counts: Counter[str]) -> Iterator[Article]:
    for _, article in store.read_articles(places):
        counts["documents"] += 1
        counts.update({table: len(article.table(table)) for table in ANNOTATIONS})
        yield article
