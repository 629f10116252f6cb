"""Measure the build, as ratios in one run.

    python -m tests.bench.build FOLDER [--documents 2000 20000] [--large 200000]

Makes synthetic corpora under FOLDER where they are missing, and prints the tables of README.md.
The large corpus takes half an hour on two cores.
"""

import argparse
import gc
import gzip
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path

import datasets
import duckdb
import jsonschema
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord import store
from onrecord.bundle import Bundle
from onrecord.checks.rule import Choice
from onrecord.paths import Place
from onrecord.schema import TABLES, table_schema
from onrecord.tables import CONFIGS
from onrecord.tables.features import source_features
from onrecord.tables.parquet import write
from onrecord.tables.sources import Sources
from onrecord.validate import check_read

from .check import bare, corpus, seconds

SIX = CONFIGS[:6]
"""`articles` and the five source tables."""

ERRORS = Choice(("E",))
NAIVE = 4
"""Bundles that the naive way is tried on."""


def validated(places: list[Place], folder: Path) -> None:
    """Check every bundle as a build does, and write its six tables."""
    for place in places:
        sources = _checked(place)
        for config in SIX:
            write(config.rows(sources), folder / f"{config.name}-{place.name}.parquet")


def everything(places: list[Place], folder: Path) -> None:
    """Check every bundle and write the rows of all configs."""
    for place in places:
        sources = _checked(place)
        for config in CONFIGS:
            write(config.rows(sources), folder / f"{config.name}-{place.name}.parquet")


def _checked(place: Place) -> Sources:
    bundle = Bundle(place)
    assert not check_read(bundle, choice=ERRORS, summarised=True).problems
    return Sources({name: table.rows.records for name, table in bundle.tables.items()})


def floor(places: list[Place], folder: Path) -> float:
    """Seconds for parsing every line with nothing kept, and writing the same six tables."""
    total = seconds(lambda: bare(places), 3)
    for place in places:
        sources = Sources(store.read_tables([place]))
        for config in SIX:
            rows = config.rows(sources)
            path = folder / f"{config.name}.parquet"
            total += seconds(lambda r=rows, p=path: write(r, p), 3)  # type: ignore[misc]
    return total


def naive(places: list[Place], folder: Path) -> None:
    """The usual way: the standard parser, jsonschema, rows from Python lists; five tables."""
    for table in TABLES:
        validator = jsonschema.Draft202012Validator(table_schema(table))
        records = []
        for place in places:
            for line in store.read_table(place.folder, table).decode().splitlines():
                record = json.loads(line)
                validator.validate(record)
                records.append(record)
        rows = pa.Table.from_pylist(_dated(records), source_features(table).arrow_schema)
        pq.write_table(rows, folder / f"{table}.parquet", compression="zstd")


def _dated(records: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{name: v for name, v in r.items() if name != "published"} for r in records]


def by_datasets(places: list[Place], folder: Path) -> None:
    """What `datasets` does with the same files, which checks nothing."""
    for table in TABLES:
        loaded = datasets.load_dataset(
            "json", data_files=_files(places, table), cache_dir=str(folder), split="train"
        )
        loaded.to_parquet(str(folder / f"{table}.parquet"))


def by_duckdb(places: list[Place], folder: Path) -> None:
    """What DuckDB does with the same files, which checks nothing."""
    for table in TABLES:
        source = f"read_json({_files(places, table)!r}, format='newline_delimited')"
        target = folder / f"{table}.parquet"
        duckdb.sql(f"COPY (SELECT * FROM {source}) TO '{target}' (FORMAT parquet, CODEC zstd)")


def by_polars(places: list[Place], folder: Path) -> None:
    """What polars does with the same files, which checks nothing."""
    for table in TABLES:
        frame = pl.scan_ndjson(_files(places, table), infer_schema_length=None)
        frame.sink_parquet(folder / f"{table}.parquet", compression="zstd")


def _files(places: Iterable[Place], table: str) -> list[str]:
    return [str(place.folder / store.table_file(table)) for place in places]


def once(run: Callable[[list[Place], Path], object], places: list[Place], times: int) -> float:
    """The best of several runs, each with a folder of its own."""
    best = float("inf")
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            best = min(best, seconds(lambda f=folder: run(places, Path(f)), 1))  # type: ignore[misc]
    return best


def row(folder: Path, documents: int) -> str:
    """One line of the first table."""
    places = corpus(folder, documents)
    with tempfile.TemporaryDirectory() as scratch:
        least = floor(places, Path(scratch))
    ours = once(validated, places, 3)
    full = once(everything, places, 1)
    few = places[:NAIVE]
    slow = once(naive, few, 1) / once(validated, few, 3)
    others = [once(way, places, 3) / ours for way in (by_datasets, by_duckdb, by_polars)]
    cells = [f"{documents:,}", f"{ours / least:.1f}", f"{full / least:.1f}", f"{slow:.0f}"]
    return f"| {' | '.join([*cells, *(f'{other:.2f}' for other in others)])} |"


RUN = """
import sys
from pathlib import Path
from onrecord.cli import main
code = main(sys.argv[1:])
status = Path("/proc/self/status").read_text()
print(status.partition("VmHWM:")[2].split()[0], file=sys.stderr)
sys.exit(code)
"""
"""Not `ru_maxrss`, in which a process starts with the memory of the one that forked it."""
START = "import onrecord.cli, onrecord.assemble, sys; print(0, file=sys.stderr)"
"""Nothing but what every build imports that has something to do."""


def command(*arguments: str, code: str = RUN) -> tuple[float, float, float]:
    """Seconds, seconds of processor time and MiB at most that `onrecord` takes with arguments."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    lasted, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return lasted, used, int(done.stderr.split()[-1]) / 1024


def scale(folder: Path, documents: int, *, ray: bool) -> Iterable[str]:
    """Lines of the second table: what whole builds of all configs take."""
    places = corpus(folder, documents)
    target = folder / f"dataset-{documents}"
    build = ("build", "--corpus", str(places[0].corpus.folder), "--to", str(target))
    shutil.rmtree(target, ignore_errors=True)
    start = command(code=START)[1]
    single, used, peak = command(*build, "--full")
    yield f"peak of one process: {peak:.0f} MiB"
    double, _, _ = command(*build, "--full", "--jobs", "2")
    yield f"two jobs: {single / double:.2f} times as fast as one"
    if ray:
        cluster, _, _ = command(*build, "--full", "--engine", "ray")
        yield f"Ray on two cores: {cluster / double:.2f} times as long as two jobs"
    time.sleep(3)
    command(*build)
    yield f"nothing changed: {100 * command(*build)[1] / used:.2f} % of the full build"
    before = _hashes(target)
    _edit(places[len(places) // 2])
    share = 100 * (command(*build)[1] - start) / used
    changed = sorted(name for name, digest in _hashes(target).items() if before[name] != digest)
    parts = [name for name in changed if name.startswith("data/")]
    yield f"one claim edited: {share:.2f} % of the full build, {len(parts)} Parquet files changed"
    yield f"process start: {100 * start / used:.2f} % of the full build, not counted in that"
    yield from _sizes(places, target, documents)


def _edit(place: Place) -> None:
    """Change the certainty of a claim there and back."""
    path = place.folder / "claims.jsonl"
    data = path.read_bytes()
    swapped = (b'"certain"', b'"probable"')
    old, new = swapped if swapped[0] in data.split(b"\n", 1)[0] else swapped[::-1]
    path.write_bytes(data.replace(old, new, 1))


def _hashes(target: Path) -> dict[str, str]:
    lines = (target / "SHA256SUMS").read_text().splitlines()
    return {line[66:]: line[:64] for line in lines}


def _sizes(places: list[Place], target: Path, documents: int) -> Iterable[str]:
    lines = [store.read_table(place.folder, table) for place in places for table in TABLES]
    zipped = sum(len(gzip.compress(data, 6)) for data in lines)
    files = [p for table in TABLES for p in (target / "data" / table).iterdir()]
    parquet = sum(path.stat().st_size for path in files)
    sizes = [sum(map(len, lines)), zipped, parquet]
    plain, packed, columns = (size / documents for size in sizes)
    yield f"bytes a document: JSON Lines {plain:.0f}, gzip {packed:.0f}, Parquet {columns:.0f}"


def loads(folder: Path, documents: int) -> Iterable[str]:
    """Lines of the third table: cold loads, as multiples of reading the Parquet with Arrow."""
    target = folder / f"dataset-{documents}"
    for config in CONFIGS:
        files = sorted((target / "data" / config.name).iterdir())
        plain = seconds(lambda f=files: [pq.read_table(p) for p in f], 3)  # type: ignore[misc]
        with tempfile.TemporaryDirectory() as cache:
            begun = time.perf_counter()
            datasets.load_dataset(str(target), config.name, cache_dir=cache)
            cold = time.perf_counter() - begun
        yield f"| `{config.name}` | {cold:.1f} | {cold / plain:.0f} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--large", type=int, default=200_000)
    options = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    datasets.disable_progress_bars()
    gc.set_threshold(1_000_000)
    names = ("pyarrow", "datasets", "orjson", "jsonschema", "duckdb", "polars", "ray")
    told = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"Python {platform.python_version()}, {told}\n")
    print("| documents | validated | all configs | naive | `datasets` | DuckDB | polars |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for documents in options.documents:
        print(row(options.folder, documents), flush=True)
    for documents in (options.documents[-1], options.large):
        print(f"\n{documents:,} documents:\n")
        for line in scale(options.folder, documents, ray=True):
            print(f"- {line}", flush=True)
    print("\n| config | seconds | times Arrow |\n| --- | ---: | ---: |")
    for line in loads(options.folder, options.documents[-1]):
        print(line, flush=True)


if __name__ == "__main__":
    main()
