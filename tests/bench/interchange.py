"""Measure import and export: the corpus in every format, and real corpora.

    python -m tests.bench.interchange [--data FOLDER] [--repeat 5]

The times of formats are multiples of the floor: reading the corpus and writing it again as JSON
Lines. FOLDER holds the corpora of others, each in a folder of its own.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from onrecord import exporters, importers, store
from onrecord.bring import Order, bring
from onrecord.codec import encode
from onrecord.losses import Losses
from onrecord.markdown import table
from onrecord.model import Article
from onrecord.paths import Corpus, places_at
from onrecord.schema import TABLES
from onrecord.standoff import maps
from onrecord.standoff.format import Reading
from onrecord.take import write_into
from onrecord.target import target
from onrecord.validate import check_places

from ..conftest import ROOT

CORPORA = {
    "german-wikinews": "german-wikinews-quotations",
    "litbank": "litbank",
    "gum": "gum-news",
    "claimpt": "claimpt-sample",
}
"""The folder of each corpus, by the name of its importer."""

Work = Callable[[Path], None]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    print(of_formats(arguments.repeat))
    if arguments.data:
        print(
            "", of_speed(arguments.data, arguments.repeat), *of_corpora(arguments.data), sep="\n\n"
        )


def of_formats(repeat: int) -> str:
    """A table: what export and import of the corpus take, as multiples of the floor."""
    floor = _best(_floor, repeat)
    documents = sum(1 for _ in _articles())
    rows = []
    for name in exporters.NAMES:
        with tempfile.TemporaryDirectory() as folder:
            out = _best(partial(_export, name), repeat)
            files = Path(folder)
            _export(name, files)
            size = sum(path.stat().st_size for path in files.rglob("*") if path.is_file())
            back: float | None = None
            if name in importers.NAMES and name != "interlinear":
                back = _best(partial(_work, name, files), repeat)
        rate = round(documents / back) if back else None
        factor = f"{back / floor:.0f}" if back else None
        rows.append([
            name, size // 1024, f"{out / floor:.0f}", round(documents / out), factor, rate,
        ])  # fmt: skip
    head = ["format", "KiB", "export", "documents/s", "import", "documents/s"]
    return table(head, rows)


def of_corpora(data: Path) -> tuple[str, str]:
    """A table of what comes in of each corpus, and tables of what is lost and changed, by kind."""
    rows, parts = [], []
    for name, folder in CORPORA.items():
        with tempfile.TemporaryDirectory() as into:
            losses = Losses()
            records = _import(name, data / folder, Path(into), losses)
            codes = Counter(p.code for p in check_places(places_at(Path(into)), level=4))
        errors = sum(count for code, count in codes.items() if code.startswith("E"))
        counts = [records[name] for name in TABLES]
        gone = sum(losses.lost_kinds.values()), sum(losses.changed_kinds.values())
        rows.append([name, *counts, *gone, losses.unproved, errors])
        listed = [[what, kind, count] for what, kind, count, _ in losses]
        parts.append(f"**{name}**\n\n{table(['', 'kind', 'times'], listed, texts=2)}")
    head = ["corpus", *TABLES, "lost", "changed", "unproved", "errors"]
    return table(head, rows), "\n\n".join(parts)


def of_speed(data: Path, repeat: int) -> str:
    """A table: how fast each corpus comes in, checks included."""
    rows = []
    for name, folder in CORPORA.items():
        took = _best(partial(_work, name, data / folder), repeat)
        with tempfile.TemporaryDirectory() as into:
            records = _import(name, data / folder, Path(into))
        rows.append([name, *(round(records[t] / took) for t in ("documents", "mentions"))])
    return table(["corpus", "documents/s", "mentions/s"], rows)


def _best(work: Work, repeat: int) -> float:
    """The shortest of several times, in seconds; each has an empty folder."""
    times = []
    for _ in range(repeat):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            work(Path(folder))
            times.append(time.perf_counter() - began)
    return min(times)


def _articles() -> Iterator[Article]:
    return (article for _, article in store.read_articles(Corpus(ROOT / "corpus").places()))


def _floor(into: Path) -> None:
    for article in _articles():
        folder = into / article.document.id
        folder.mkdir()
        for name in TABLES:
            rows = [article.document] if name == "documents" else article.table(name)
            (folder / store.table_file(name)).write_bytes(encode(rows))


def _export(name: str, into: Path) -> None:
    losses = Losses()
    files = exporters.exporter(name).write(_articles(), losses)
    write_into(into, files, losses, strict=False, over=False)


def _work(name: str, source: Path, into: Path) -> None:
    _import(name, source, into)


def _import(name: str, source: Path, into: Path, losses: Losses | None = None) -> Counter[str]:
    way = importers.importer(name)
    order = Order(map=maps.load(way.map) if way.map else None)
    reading = Reading(Losses() if losses is None else losses, [])
    return bring(way, source, target(into / "corpus" / "train"), order, reading).records


if __name__ == "__main__":
    main()
