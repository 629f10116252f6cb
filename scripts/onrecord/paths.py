"""Where things are: the packaged schemas and corpus, a checkout, its bundles."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .problem import NotFoundError

SPLITS = ("train", "validation", "test")
ASIDE = ("first", "second")
"""Folders of a corpus that hold bundles but are no splits: independent annotations before gold."""

COMPANIONS = ("LICENSE", "CITATION.cff")
"""What a dataset takes over as it is, from the corpus folder or from beside it."""

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent.parent


def data_folder(name: str) -> Path:
    """Folder of `name` (`schema` or `corpus`) that came with the package, installed or editable."""
    installed = _INSTALLED / name
    return installed if installed.is_dir() else _CHECKOUT / name


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder whose subfolders are splits, whose subfolders are bundles."""

    folder: Path

    @property
    def root(self) -> Path:
        """The checkout: what holds the corpus folder, the seeds and the documents."""
        return self.folder.parent.parent if self.folder.name in ASIDE else self.folder.parent

    @property
    def seeds(self) -> Path:
        """Where the source articles lie as they were received."""
        return self.root / "seeds"

    @property
    def owns_seeds(self) -> bool:
        """Whether all seeds are of this corpus: not those of predictions or annotations aside."""
        main = self.root / "corpus"
        return self.folder == main or not main.is_dir()

    def companion(self, name: str) -> Path | None:
        """The file of that name in the corpus folder, else in the checkout; None without one."""
        paths = (folder / name for folder in (self.folder, self.root))
        return next((path for path in paths if path.is_file()), None)

    def seed(self, document: str) -> Path:
        """Where the source of a document lies, if it is kept."""
        return self.seeds / f"{document}.txt"

    def split(self, name: str) -> Iterator["Place"]:
        """The bundles of one split, by name."""
        folder = self.folder / name
        for child in _folders(folder):
            yield Place(self, name, folder / child)

    def places(self) -> Iterator["Place"]:
        """Every bundle, split by split."""
        for name in SPLITS:
            yield from self.split(name)


@dataclass(frozen=True, slots=True)
class Place:
    """One bundle: a folder with the five tables of one or more documents."""

    corpus: Corpus
    split: str
    folder: Path

    @property
    def name(self) -> str:
        """Name of the folder; with one document in the bundle also the document's id."""
        return self.folder.name


def find_corpus(start: Path) -> Corpus:
    """The corpus of the checkout that `start` lies in.

    Raises:
        NotFoundError: neither `start` nor a folder above it holds a `corpus` folder.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if folder.name in ("corpus", *ASIDE) and _has_splits(folder):
            return Corpus(folder)
        if (folder / "corpus").is_dir():
            return Corpus(folder / "corpus")
    raise NotFoundError(f"no folder 'corpus' in {str(start)!r} or above it")


def corpus_at(folder: Path) -> Corpus:
    """The corpus in `folder`, which has split folders itself or a `corpus` folder that has.

    Raises:
        NotFoundError: `folder` is neither.
    """
    if not folder.exists():
        raise NotFoundError(f"{str(folder)!r} does not exist")
    for candidate in (folder, folder / "corpus"):
        if _has_splits(candidate):
            return Corpus(candidate.resolve())
    raise NotFoundError(f"{str(folder)!r} holds none of the folders {', '.join(SPLITS)}")


def places_at(path: Path) -> list[Place]:
    """The bundles that `path` names: a checkout, a corpus, a split, a bundle or a file in one.

    Raises:
        NotFoundError: `path` does not exist or lies outside any split of a corpus.
    """
    if not path.exists():
        raise NotFoundError(f"{str(path)!r} does not exist")
    absolute = Path(os.path.normpath(path.absolute()))
    for folder in (absolute, *absolute.parents):
        if folder.parent.name in SPLITS and folder.is_dir():
            return [Place(Corpus(folder.parent.parent), folder.parent.name, folder)]
    if absolute.name in SPLITS:
        return list(Corpus(absolute.parent).split(absolute.name))
    if (absolute / "documents.jsonl").is_file():
        return [Place(Corpus(absolute.parent.parent), absolute.parent.name, absolute)]
    if absolute.is_file():
        raise NotFoundError(f"{str(path)!r} is not in a bundle")
    return list(corpus_at(absolute).places())


def _folders(folder: Path) -> list[str]:
    """Names of the folders in a folder but hidden ones; none if there is no such.

    They are in the order of what they hold, as a sort of whole paths gives it: `a-b/` before `a/`.
    """
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        names = (e.name for e in entries if not e.name.startswith(".") and e.is_dir())
        return sorted(names, key=lambda name: f"{name}/")


def _has_splits(folder: Path) -> bool:
    return any((folder / split).is_dir() for split in SPLITS)


def shown(path: Path) -> str:
    """`path` as people are shown it: from the working directory where it lies below that."""
    absolute = path.absolute()
    here = Path.cwd()
    return printable(str(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute))


def printable(words: str) -> str:
    """Words of others as a terminal may have them: what it would obey or not show is escaped."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in words)
