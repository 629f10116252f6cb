"""The only reader and writer of corpus files."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .codec import decode
from .model import Article, Document, Record, articles
from .paths import Corpus, Place, shown
from .problem import UncheckedError
from .schema import TABLES


@dataclass(frozen=True, slots=True)
class Entry:
    """What lies under one name in a bundle: its bytes, or why there are none.

    `kind` is `file`, `folder`, `symlink`, `other` (socket, device, ...) or `unreadable`.
    """

    name: str
    kind: str
    data: bytes = b""
    error: str = ""


def table_file(table: str) -> str:
    """Name of the file that holds `table` in a bundle."""
    return f"{table}.jsonl"


def names(folder: Path) -> list[str]:
    """What a folder holds but hidden entries, by name; nothing if there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def entries(folder: Path) -> list[Entry]:
    """Everything in a bundle's folder, by name; links are not followed."""
    with os.scandir(folder) as found:
        return [_entry(item) for item in sorted(found, key=lambda item: item.name)]


def read_table(folder: Path, table: str) -> bytes:
    """The bytes of one table of a bundle."""
    return (folder / table_file(table)).read_bytes()


def read_records(folder: Path) -> dict[str, list[Record]]:
    """The records of a bundle that has been checked, table by table.

    Raises:
        UncheckedError: it has not.
    """
    return {table: _records(folder, table) for table in TABLES}


def read_documents(folder: Path) -> list[Document]:
    """The documents of a bundle that has been checked."""
    return [d for d in _records(folder, "documents") if isinstance(d, Document)]


def read_tables(places: Iterable[Place]) -> dict[str, list[Record]]:
    """The records of several bundles that have been checked, one bundle after the other.

    Raises:
        UncheckedError: one has not.
    """
    tables: dict[str, list[Record]] = {table: [] for table in TABLES}
    for place in places:
        for table, records in read_records(place.folder).items():
            tables[table] += records
    return tables


def count_documents(folder: Path) -> int:
    """How many documents a bundle holds, told from its lines; 0 where it has no such table."""
    try:
        return read_table(folder, "documents").count(b"\n")
    except FileNotFoundError:
        return 0


def read_articles(places: Iterable[Place]) -> Iterator[tuple[str, Article]]:
    """Split and article, for every document of bundles that have been checked."""
    for place in places:
        for article in articles(read_records(place.folder)):
            yield place.split, article


def read_seed(corpus: Corpus, document_id: str) -> bytes | None:
    """The source of a document as it was received, or None where there is none."""
    path = corpus.seed(document_id)
    return path.read_bytes() if path.is_file() else None


def digest(data: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_all(contents: Iterable[tuple[str, bytes]]) -> str:
    """One hash of named contents, in the order given."""
    summed = hashlib.blake2b(digest_size=16)
    for name, content in contents:
        summed.update(f"{name}\0{len(content)}\0".encode())
        summed.update(content)
    return summed.hexdigest()


def fingerprint(found: Iterable[Entry]) -> str:
    """One hash of everything in a bundle."""
    return digest_all((entry.name, entry.data) for entry in found)


def write(path: Path, data: bytes) -> None:
    """Put `data` into `path` so that at every moment the old or the new content is whole there."""
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Put new content into several files; if one cannot be written, none is changed.

    Everything is written beside its place first; then the files are renamed one after the other.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            staged[path] = _beside(path, data)
        for path, new in staged.items():
            new.replace(path)
    finally:
        for new in staged.values():
            new.unlink(missing_ok=True)


def _beside(path: Path, data: bytes) -> Path:
    """Write `data` into a new file in the folder of `path`, with the same permissions."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return new


def _records(folder: Path, table: str) -> list[Record]:
    records = decode(table, read_table(folder, table))
    if records is None:
        raise UncheckedError(
            f"{shown(folder / table_file(table))} has errors; see 'onrecord check'"
        )
    return records


def _entry(item: os.DirEntry[str]) -> Entry:
    if item.is_symlink():
        return Entry(item.name, "symlink")
    if item.is_dir():
        return Entry(item.name, "folder")
    if not item.is_file():
        return Entry(item.name, "other")
    if item.name not in _FILES:
        return Entry(item.name, "file")
    try:
        return Entry(item.name, "file", Path(item.path).read_bytes())
    except OSError as error:
        return Entry(item.name, "unreadable", error=error.strerror or str(error))


_FILES = frozenset(table_file(table) for table in TABLES)
