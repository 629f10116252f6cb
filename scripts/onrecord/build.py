"""Build the dataset: Parquet for every config and split, a card, a licence, checksums."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from . import store
from .card import dataset_card
from .paths import SPLITS, Corpus, Place
from .problem import NotFoundError, OccupiedError
from .stats import count
from .swap import replacing
from .tables import CONFIGS
from .tables.sources import Sources
from .validate import require_sound

CHECKSUMS = "SHA256SUMS"


def build(corpus: Corpus, target: Path) -> Path:
    """Check the corpus and write the dataset made from it to `target`, in place of an older one.

    Raises:
        UncheckedError: the corpus has errors.
        NotFoundError: it has no documents.
        OccupiedError: `target` holds what no build wrote, or is being written.
    """
    target = target.resolve()
    if target.is_relative_to(corpus.folder.resolve()) or corpus.folder.is_relative_to(target):
        raise OccupiedError(f"{str(target)!r} lies in the corpus or around it")
    places = list(corpus.places())
    if not places:
        raise NotFoundError(f"no bundle in {str(corpus.folder)!r}")
    require_sound(places)
    require_ours(target)
    with replacing(target) as new:
        files = _write_tables(corpus, new)
        _write_texts(corpus, places, files, new)
    return target


def require_ours(target: Path) -> None:
    """Nothing, if `target` may be replaced: absent, empty, or only files that a build wrote.

    Raises:
        OccupiedError: it holds something else; the message names the first.
    """
    if target.exists() and not target.is_dir():
        raise OccupiedError(f"{str(target)!r} is not a folder")
    ours = {CHECKSUMS, *_summed(target)}
    found = sorted(path for path in target.rglob("*") if not path.is_dir())
    for path in found:
        if str(path.relative_to(target)) not in ours:
            raise OccupiedError(f"{str(path)!r} was not written by a build; move it away first")


def _summed(target: Path) -> Iterator[str]:
    """Names of the files that the checksums of `target` list."""
    sums = target / CHECKSUMS
    if sums.is_file():
        for line in sums.read_text().splitlines():
            yield line[66:]


def _write_tables(corpus: Corpus, target: Path) -> dict[str, dict[str, str]]:
    """Write the Parquet files; for each config the path of every split with rows."""
    files: dict[str, dict[str, str]] = {config.name: {} for config in CONFIGS}
    for split in SPLITS:
        sources = Sources(store.read_sources(corpus.split(split)))
        for config in CONFIGS:
            rows = config.rows(sources)
            if rows.num_rows:
                name = f"data/{config.name}/{split}-00000-of-00001.parquet"
                _write_parquet(rows, target / name)
                files[config.name][split] = name
    return {name: splits for name, splits in files.items() if splits}


def _write_parquet(rows: pa.Table, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        rows,
        path,
        compression="zstd",
        write_page_index=True,
        use_content_defined_chunking=True,
    )


def _write_texts(
    corpus: Corpus, places: list[Place], files: dict[str, dict[str, str]], target: Path
) -> None:
    """Card, licence, and last the checksums of everything."""
    digest = hashlib.sha256(_checksums(target)).hexdigest()[:16]
    card = dataset_card(files, count(places), digest)
    (target / "README.md").write_text(card, encoding="utf-8")
    licence = corpus.root / "LICENSE"
    if licence.is_file():
        (target / "LICENSE").write_bytes(licence.read_bytes())
    (target / CHECKSUMS).write_bytes(_checksums(target))


def _checksums(target: Path) -> bytes:
    """Lines as sha256sum(1) writes them, by name."""
    files = sorted(path for path in target.rglob("*") if path.is_file())
    return b"".join(
        f"{store.digest(path.read_bytes())}  {path.relative_to(target)}\n".encode()
        for path in files
    )
