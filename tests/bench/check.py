"""Measure the checker, as ratios in one run.

    python -m tests.bench.check FOLDER [--documents 2000 20000 200000]

Makes synthetic corpora under FOLDER where they are missing, and prints the table of README.md.
"""

import argparse
import json
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import jsonschema
import orjson

from onrecord import store
from onrecord.checks.rule import Choice
from onrecord.paths import Place, places_at
from onrecord.schema import TABLES, table_schema
from onrecord.validate import check_places

from .synthetic import write_corpus

LEVELS = (2, 3, 4)


def corpus(folder: Path, documents: int) -> list[Place]:
    """The bundles of a synthetic corpus, made if it is not there."""
    place = folder / f"synthetic-{documents}" / "corpus"
    if not place.is_dir():
        write_corpus(place, documents)
    return places_at(place)


def bare(places: list[Place]) -> int:
    """Parse every line with orjson and keep nothing; the number of lines."""
    number = 0
    for place in places:
        for table in TABLES:
            for line in store.read_table(place.folder, table).split(b"\n"):
                if line:
                    orjson.loads(line)
                    number += 1
    return number


def naive(places: list[Place]) -> None:
    """The usual way: the standard parser and jsonschema, record by record; no other rule."""
    for place in places:
        for table in TABLES:
            validator = jsonschema.Draft202012Validator(table_schema(table))
            for line in store.read_table(place.folder, table).decode().splitlines():
                validator.validate(json.loads(line))


def checked(places: list[Place], level: int, jobs: int = 1, codes: str = "") -> None:
    """Check, and see that all is sound."""
    choice = Choice((codes,))
    assert not list(check_places(places, level=level, jobs=jobs, choice=choice))


def seconds(run: Callable[[], object], times: int) -> float:
    """The best of several runs."""
    best = float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - begun)
    return best


def peak(folder: Path) -> float:
    """MiB that a process of its own takes at most to check a corpus at level 4."""
    code = (
        "import resource, sys; from onrecord.cli import main; "
        "code = main(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
    )
    command = [sys.executable, "-c", code, "check", "--level", "4", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[2_000, 20_000, 200_000])
    options = parser.parse_args()
    names = ", ".join(f"{name} {version(name)}" for name in ("msgspec", "orjson", "jsonschema"))
    print(f"Python {platform.python_version()}, {names}\n")
    head = "documents records level_2 level_3 level_4 errors_only naive 2_jobs peak_MiB"
    print(f"| {' | '.join(head.split()).replace('_', ' ')} |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for documents in options.documents:
        print(row(options.folder, documents), flush=True)


def row(folder: Path, documents: int) -> str:
    """One line of the table: times as multiples of the bare parse of the same lines."""
    places = corpus(folder, documents)
    times = 3 if documents <= 20_000 else 1
    records = bare(places)
    base = seconds(lambda: bare(places), times)
    levels = [seconds(lambda at=at: checked(places, at), times) for at in LEVELS]  # type: ignore[misc]
    few = places[: max(1, 2_000 // 500)]
    errors = seconds(lambda: checked(places, 4, codes="E"), times)
    slow = seconds(lambda: naive(few), 1) / seconds(lambda: bare(few), 3)
    pair = seconds(lambda: checked(places, 4, jobs=2), times)
    cells = [f"{documents:,}", f"{records:,}", *(f"{level / base:.1f}" for level in levels)]
    cells += [f"{errors / base:.1f}", f"{slow:.0f}", f"{levels[-1] / pair:.2f}"]
    cells += [f"{peak(folder / f'synthetic-{documents}'):.0f}"]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
