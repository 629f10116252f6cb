"""Measure the scorer beside nervaluate on the same flat mentions, as ratios in one run.

    python -m tests.bench.score [--documents 1000] [--spans 70]

Prints the table of README.md.
"""

import argparse
import platform
import random
from collections.abc import Callable
from importlib.metadata import version

from nervaluate import Evaluator

from onrecord.markdown import table
from onrecord.model import Article
from onrecord.scoring.measures import MEASURES
from onrecord.scoring.measures.mentions import MENTIONS
from onrecord.scoring.score import compare, score

from ..flat import KINDS, Flat, mentioning, predicted
from .check import seconds

REPEATS = 5


def main() -> None:
    """Make documents, time all, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--spans", type=int, default=70)
    arguments = parser.parse_args()
    rng = random.Random(1)
    gold = [_flat(rng, arguments.spans) for _ in range(arguments.documents)]
    found = [predicted(rng, spans) for spans in gold]
    ones, others = _articles(gold), {a.document.id: a for a in _articles(found)}

    theirs = _plain(gold), _plain(found)
    ways: dict[str, Callable[[], object]] = {
        "nervaluate": lambda: Evaluator(*theirs, tags=list(KINDS), loader="dict").evaluate(),
        "mentions": lambda: score(compare(ones, others), MENTIONS).results(samples=0),
        "mentions, intervals": lambda: score(compare(ones, others), MENTIONS).results(samples=1000),
        "all measures, intervals": lambda: score(compare(ones, others), MEASURES).results(),
    }
    for way in ways.values():
        way()
    times = {name: seconds(way, REPEATS) for name, way in ways.items()}
    spans = sum(map(len, gold)), sum(map(len, found))
    print(f"Python {platform.python_version()}, nervaluate {version('nervaluate')}\n")
    row = [len(gold), *spans, *(f"{times[n] / times['nervaluate']:.2f}" for n in list(ways)[1:])]
    print(table(["documents", "gold", "predicted", *list(ways)[1:]], [row], texts=0))


def _flat(rng: random.Random, number: int) -> list[Flat]:
    spans, at = [], 0
    for _ in range(number):
        start = at + rng.randint(3, 60)
        at = start + rng.randint(3, 20)
        spans.append((start, at, rng.choice(KINDS)))
    return spans


def _articles(documents: list[list[Flat]]) -> list[Article]:
    return [mentioning(spans, f"d{number}") for number, spans in enumerate(documents)]


def _plain(documents: list[list[Flat]]) -> list[list[dict[str, object]]]:
    return [
        [{"start": start, "end": end - 1, "label": kind} for start, end, kind in spans]
        for spans in documents
    ]


if __name__ == "__main__":
    main()
