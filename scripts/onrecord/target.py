"""Where documents go that are brought in: a split of a corpus, or one bundle."""

import os
from dataclasses import dataclass
from pathlib import Path

from .paths import SPLITS, Corpus, Place, is_corpus, shown
from .problem import NotFoundError, OccupiedError


@dataclass(frozen=True, slots=True)
class Target:
    """Where documents go: each into a bundle of its own in a split, or all into one bundle."""

    corpus: Corpus
    split: str
    bundle: str = ""

    def place(self, name: str) -> Place:
        """Where a bundle of that name goes."""
        return Place(self.corpus, self.split, self.corpus.folder / self.split / name)


def target(folder: Path) -> Target:
    """What a folder means as the place to bring documents to: a split, or a bundle.

    Raises:
        OccupiedError: it is there and no folder.
        NotFoundError: it is a corpus, or in one and no split.
    """
    folder = Path(os.path.normpath(folder.absolute()))
    require_folder(folder)
    if folder.parent.name in SPLITS:
        return Target(Corpus(folder.parent.parent), folder.parent.name, folder.name)
    if folder.name in SPLITS:
        return Target(Corpus(folder.parent), folder.name)
    if is_corpus(folder) or is_corpus(folder.parent):
        wanted = f"expected one of {', '.join(SPLITS)}, or a folder in one"
        raise NotFoundError(f"{shown(folder)!r} is no split of a corpus, {wanted}")
    return Target(Corpus(folder.parent.parent), folder.parent.name, folder.name)


def require_folder(folder: Path) -> None:
    """See that a folder is one, or nothing: through a link something else would be changed.

    Raises:
        OccupiedError: it is neither.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OccupiedError(f"{shown(folder)!r} is no folder")
