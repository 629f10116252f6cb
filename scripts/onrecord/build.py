"""Build the dataset: Parquet for every config and split, card, description, checksums."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from . import citation, croissant, store
from .account import Account
from .card import FIGURE, dataset_card
from .figure import figure
from .manifest import Part
from .paths import SPLITS, Corpus, Place
from .problem import NotFoundError, OccupiedError
from .provenance import tally
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
        parts, memory = _write_tables(corpus, new)
        _write_texts(corpus, places, parts, memory, new)
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


def _write_tables(corpus: Corpus, target: Path) -> tuple[list[Part], dict[str, dict[str, int]]]:
    """Write the Parquet files; what they are, and the bytes in Arrow by config and split."""
    parts: list[Part] = []
    memory: dict[str, dict[str, int]] = {config.name: {} for config in CONFIGS}
    for split in SPLITS:
        sources = Sources(store.read_sources(corpus.split(split)))
        for config in CONFIGS:
            rows = config.rows(sources)
            if rows.num_rows:
                name = f"data/{config.name}/{split}-00000-of-00001.parquet"
                data = _write_parquet(rows, target / name)
                size, digest = len(data), store.digest(data)
                parts.append(Part(config.name, split, name, rows.num_rows, size, digest))
                memory[config.name][split] = rows.nbytes
    order = [config.name for config in CONFIGS]
    return sorted(parts, key=lambda part: order.index(part.config)), memory


def _write_parquet(rows: pa.Table, path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        rows,
        path,
        compression="zstd",
        write_page_index=True,
        use_content_defined_chunking=True,
    )
    return path.read_bytes()


def _write_texts(
    corpus: Corpus,
    places: list[Place],
    parts: list[Part],
    memory: dict[str, dict[str, int]],
    target: Path,
) -> None:
    """Card, picture, description, licence, and last the checksums of everything."""
    digest = hashlib.sha256(_checksums(target)).hexdigest()[:16]
    licence = corpus.root / "LICENSE"
    if licence.is_file():
        (target / "LICENSE").write_bytes(licence.read_bytes())
    articles = [article for _, article in store.read_articles(places)]
    documents = (article.document for article in articles)
    account = Account(citation.read(corpus), count(places), tally(documents))
    texts = {
        "README.md": dataset_card(
            parts,
            account,
            digest=digest,
            memory=memory,
            shown=articles[0],
            licence_file="LICENSE" if licence.is_file() else "",
        ),
        FIGURE: figure(account.counts),
        croissant.FILE: croissant.croissant(parts, account),
    }
    for name, text in texts.items():
        (target / name).write_text(text, encoding="utf-8")
    (target / CHECKSUMS).write_bytes(_checksums(target))


def _checksums(target: Path) -> bytes:
    """Lines as sha256sum(1) writes them, by name."""
    files = sorted(path for path in target.rglob("*") if path.is_file())
    return b"".join(
        f"{store.digest(path.read_bytes())}  {path.relative_to(target)}\n".encode()
        for path in files
    )
