"""Break sound sources of every format, import them, and see that each is read or refused.

    python -m tests.fuzz_imports 600 --seed 1

A source that is refused tells why and changes nothing; from one that is read comes a corpus whose
structure is sound, which can be exported and read again. Nothing else may happen, and nothing takes
long.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from onrecord import exporters, importers
from onrecord.bring import Order, bring
from onrecord.losses import Losses, lines
from onrecord.paths import Corpus
from onrecord.problem import OnrecordError, UncheckedError
from onrecord.standoff import maps
from onrecord.standoff.format import Importer, Reading
from onrecord.store import read_articles
from onrecord.target import target
from onrecord.validate import check_bundle

from . import damage, sound

SLOWEST = 5.0
"""Seconds that a source may take."""


def run(number: int, seed: int, folder: Path, *, seconds: float = 1e9) -> Iterator[tuple[str, str]]:
    """Import so many broken sources, of each format in turn; the format and what went wrong."""
    until = time.monotonic() + seconds
    draw = random.Random(seed)
    known = {name: sound.source(name) for name in importers.NAMES}
    for turn in range(number):
        if time.monotonic() > until:
            return
        name = importers.NAMES[turn % len(importers.NAMES)]
        files = broken(known[name], draw)
        if fault := answer(importers.importer(name), files, folder / "run"):
            kept = folder / f"fault-{turn}"
            sound.write(files, kept)
            yield name, f"{fault} ({kept})"


def broken(files: dict[str, bytes], draw: random.Random) -> dict[str, bytes]:
    """The files, one of which something has happened to."""
    name = draw.choice([*files, next(iter(files))])
    data = files[name]
    ways = [damage.data(data, draw)]
    if name.endswith((".json", ".jsonl", ".jsonld")):
        values = [json.loads(line) for line in data.splitlines()] if name.endswith("l") else []
        value = values[0] if values else json.loads(data)
        ways += [
            json.dumps(damage.value(value, draw)).encode(),
        ]
    return {**files, name: draw.choice(ways)}


def answer(importer: Importer, files: dict[str, bytes], folder: Path) -> str:
    """What is wrong with how a source was answered, empty if nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    sound.write(files, folder / "source")
    begun = time.perf_counter()
    try:
        fault = _brought(importer, folder)
    except Exception as error:
        return f"raised {error!r:.300}"
    took = time.perf_counter() - begun
    return fault or (f"took {took:.1f} s" if took > SLOWEST else "")


def _brought(importer: Importer, folder: Path) -> str:
    losses = Losses()
    order = Order(map=maps.load(importer.map) if importer.map else None)
    to = target(folder / "corpus" / "train")
    try:
        brought = bring(importer, folder / "source", to, order, Reading(losses, []))
    except UncheckedError as error:
        told = [p for p in error.problems if p.message and "\n" not in p.message]
        fault = "" if told == error.problems and told else f"told {error.problems!r:.300}"
    except OnrecordError:
        fault = ""
    else:
        list(lines(losses))
        return _sound(brought.places[0].corpus, folder)
    return fault or ("left something" if {p.name for p in folder.iterdir()} != {"source"} else "")


def _sound(corpus: Corpus, folder: Path) -> str:
    """What is wrong with what came in: its structure, or the way out and in again."""
    places = list(corpus.places())
    codes = {p.code for place in places for p in check_bundle(place).problems if p.is_error}
    if wrong := sorted(code for code in codes if code < "E4"):
        return f"let in {wrong}"
    articles = [article for _, article in read_articles(places)]
    for name in ("brat", "web-annotation", "tei", "interlinear", "conllu"):
        made = dict(exporters.exporter(name).write(articles, Losses()))
        if name in ("brat", "web-annotation"):
            sound.write(made, folder / name)
            order, losses = Order(map=maps.load("onrecord")), Losses()
            to = target(folder / f"again-{name}" / "corpus" / "train")
            bring(importers.importer(name), folder / name, to, order, Reading(losses, []))
            again = [article for _, article in read_articles(to.corpus.places())]
            if again != articles:
                return f"came back from {name} otherwise"
    return ""


def main() -> int:
    """Run for so many seconds, and print what was answered wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    faults: Counter[str] = Counter()
    folder = Path(tempfile.mkdtemp())
    for name, fault in run(10**9, options.seed, folder, seconds=options.seconds):
        faults[name] += 1
        print(f"{name}: {fault}", flush=True)
    print(f"{options.seconds:.0f} s: {faults.total()} answered wrongly")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
