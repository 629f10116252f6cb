"""A release: a dataset built from a commit, with its version, proved fit to be published."""

import hashlib
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from . import citation
from .build import build
from .checkout import clean_checkout
from .manifest import CHECKSUMS, Options, checksums
from .paths import Corpus
from .problem import NotFoundError, OccupiedError, RightsError, UncommittedError
from .rights import passable

_VERSION = re.compile(r"[0-9A-Za-z]+([.+_-][0-9A-Za-z]+)*")
_NAMED = 3
_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class File:
    """One file of a dataset: its path from the dataset's folder, bytes, and SHA-256.

    `blob` is its name as an object of git: the SHA-1 of the word blob, the size, NUL and the bytes.
    """

    name: str
    size: int
    sha256: str
    blob: str


@dataclass(frozen=True, slots=True)
class Release:
    """What is published: the files of a folder, and where they come from."""

    folder: Path
    files: tuple[File, ...]
    version: str
    commit: str

    @property
    def tag(self) -> str:
        """Name of the tag on the Hub."""
        return f"v{self.version}"

    @property
    def message(self) -> str:
        """Message of the commit on the Hub."""
        return f"{self.tag} from commit {self.commit}"


def prepare(corpus: Corpus, target: Path, *, withheld: frozenset[str] = frozenset()) -> Release:
    """Build the dataset of a committed corpus in `target`, and prove it.

    Documents with a licence in `withheld` take part without their text.

    Raises:
        UncommittedError: the checkout differs from its commit, or there is none.
        NotFoundError: it has no version, or no document has a licence in `withheld`.
        UncheckedError: the corpus has errors.
        OccupiedError: `target` holds what no build wrote, or not what it wrote.
        RightsError: text would be passed on whose licence does not allow it.
    """
    target = target.resolve()
    checkout = clean_checkout(corpus.folder, apart=target)
    version = read_version(corpus)
    folder = build(corpus, target, Options(withheld=withheld))
    files = tuple(verified(folder))
    require_rights(folder, files, withheld=withheld)
    if clean_checkout(corpus.folder, apart=target) != checkout:
        raise UncommittedError(f"{str(checkout.top)!r} went to another commit during the build")
    return Release(folder, files, version, checkout.commit)


def read_version(corpus: Corpus) -> str:
    """The version that CITATION.cff gives.

    Raises:
        NotFoundError: it gives none, or one that cannot name a tag.
        OnrecordError: the file is not of its format.
    """
    found = citation.read(corpus).version
    version = found.removeprefix("v")
    if not _VERSION.fullmatch(version):
        raise NotFoundError(
            f"version {found!r} in {citation.FILE} of {str(corpus.root)!r}, expected one like 1.2.0"
        )
    return version


def verified(folder: Path) -> Iterator[File]:
    """The files of a built dataset, by name, each compared with its checksum.

    Raises:
        OccupiedError: a file is missing, changed, or was not built.
    """
    sums = checksums(folder)
    paths = {str(p.relative_to(folder)): p for p in folder.rglob("*") if not p.is_dir()}
    for name in sorted({*sums, *paths}):
        file = _file(name, paths[name]) if name in paths else None
        if name != CHECKSUMS and (file is None or file.sha256 != sums.get(name)):
            fault = "is missing" if file is None else "is not as it was built"
            raise OccupiedError(f"{str(folder / name)!r} {fault}; build into a new folder")
        if file is not None:
            yield file


def require_rights(folder: Path, files: Sequence[File], *, withheld: Set[str]) -> None:
    """Nothing, if every text in the dataset may be passed on.

    Raises:
        RightsError: there is a text whose licence does not let it be passed on, or is `withheld`.
    """
    paths = [str(folder / file.name) for file in files if file.name.startswith("data/documents/")]
    documents = ds.dataset(paths, format="parquet")
    licences = set(documents.to_table(columns=["license"])["license"].unique().to_pylist())
    closed = [licence for licence in licences if licence in withheld or not passable(licence)]
    texts = pc.field("license").isin(pa.array(closed, pa.string())) & (pc.field("text") != "")
    found = documents.to_table(columns=["id", "license"], filter=texts).to_pylist()
    if found:
        raise RightsError(_refusal([row["id"] for row in found], found[0]["license"]))


def summary(release: Release, repository: str) -> Iterator[str]:
    """Lines that say what publishing would upload, and how it would be recorded."""
    for file in release.files:
        yield f"{file.size:>15,}  {file.name}"
    total = sum(file.size for file in release.files)
    yield f"{total:>15,}  bytes in {len(release.files)} files to {repository}"
    yield f"tag: {release.tag}"
    yield f"message: {release.message}"


def _file(name: str, path: Path) -> File:
    size = path.stat().st_size
    sha256 = hashlib.sha256()
    blob = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    with path.open("rb") as file:
        while part := file.read(_PART):
            sha256.update(part)
            blob.update(part)
    return File(name, size, sha256.hexdigest(), blob.hexdigest())


def _refusal(ids: list[str], licence: str) -> str:
    named = ", ".join(map(repr, ids[:_NAMED])) + (", ..." if len(ids) > _NAMED else "")
    count = "1 document" if len(ids) == 1 else f"{len(ids)} documents"
    return (
        f"the text of {count} may not be passed on: {named}"
        f" (the first under {licence!r}; --withhold-text {licence} leaves such text out)"
    )
