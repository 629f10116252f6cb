"""Score predictions against gold annotations.

Prints precision, recall and F1 of every measure, summed over the corpus, with intervals from
drawing documents again. GOLD is a checkout, a corpus, a split or a bundle. PRED is a folder that
holds predicted tables (actors.jsonl, mentions.jsonl, quotes.jsonl, claims.jsonl), itself or in
folders below, with records of the gold documents; it is checked first. 'onrecord explain
quotes:speaker' says what a measure counts.

exit code: 0 scored, 1 a side has errors, 2 the command could not run
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from .. import report
from ..predictions import read_predictions
from ..problem import NotFoundError, UncheckedError
from ..store import read_articles
from ..validate import require_sound
from .arguments import named_places, not_negative

if TYPE_CHECKING:
    from ..model import Article
    from ..scoring.comparison import Comparison

FEW = 10
"""With fewer documents intervals say little, and the user is told so."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("gold", type=Path, metavar="GOLD", help="the annotation to compare with")
    parser.add_argument("predicted", type=Path, metavar="PRED", help="folder of predictions")
    parser.add_argument(
        "--by",
        choices=("phenomenon", "form", "document"),
        help="also the scores of records that show each phenomenon, of each form, or of each"
        " document",
    )
    parser.add_argument(
        "--against",
        type=Path,
        metavar="OTHER",
        help="other predictions: by how much they do better, and whether that may be chance",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.add_argument(
        "--samples",
        type=not_negative,
        default=1000,
        metavar="N",
        help="draws for the 95%% intervals, 0 for none (default: 1000)",
    )
    parser.add_argument(
        "--seed", type=not_negative, default=0, metavar="N", help="of the draws (default: 0)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Score and print."""
    from ..scoring import breakdown, written
    from ..scoring.score import score

    gold = _gold(arguments.gold)
    comparisons = _compared(gold, arguments.predicted)
    draws = {"samples": arguments.samples, "seed": arguments.seed}
    scored = score(comparisons)
    tables = written.Tables(scored.results(**draws), [a.document.id for a in gold])
    if arguments.by == "document":
        tables.parts = breakdown.by_document(comparisons)
    elif arguments.by is not None:
        break_down = getattr(breakdown, f"by_{arguments.by}")
        tables.parts = break_down(comparisons, **draws)
    if arguments.against:
        other = score(_compared(gold, arguments.against))
        tables.differences = scored.against(other, **draws)
    _warn(len(gold), arguments.samples)
    print(json.dumps(tables.plain(), indent=1) if arguments.json else tables.markdown())
    return 0


def _gold(path: Path) -> list["Article"]:
    places, _ = named_places([path])
    require_sound(places, level=4)
    found = [article for _, article in read_articles(places)]
    if not found:
        raise NotFoundError(f"{str(path)!r} holds no documents")
    for name, number in Counter(article.document.id for article in found).items():
        if number > 1:
            raise UncheckedError(f"{name!r} is in {str(path)!r} {number} times, expected one")
    return found


def _compared(gold: list["Article"], path: Path) -> list["Comparison"]:
    """The predictions in a folder beside the gold; what is odd about them goes to stderr."""
    from ..scoring.score import compare

    found = read_predictions(path, {a.document.id: a.document for a in gold})
    missing = len(gold) - len(found.articles)
    if missing:
        _tell(f"{path}: no predictions for {missing} of {len(gold)} documents")
    if found.tolerated:
        counts = report.summary(Counter(problem.code for problem in found.tolerated))
        _tell(f"{path}: {counts}, which do not keep it from being scored")
    return compare(gold, found.articles)


def _warn(documents: int, samples: int) -> None:
    if samples and 1 < documents < FEW:
        _tell(f"intervals from {documents} documents are rough, expected {FEW} or more")


def _tell(message: str) -> None:
    print(f"onrecord: {message}", file=sys.stderr)
