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
from ..schema import layers
from ..store import read_articles
from ..validate import OF_SEEDS, require_sound
from .arguments import add_ignored, ignored, named_places, not_negative

if TYPE_CHECKING:
    from ..model import Article
    from ..scoring.breakdown import Part
    from ..scoring.comparison import Comparison
    from ..scoring.score import Score

FEW = 10
"""With fewer documents intervals say little, and the user is told so."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("gold", type=Path, metavar="GOLD", help="the annotation to compare with")
    parser.add_argument("predicted", type=Path, metavar="PRED", help="folder of predictions")
    add_ignored(parser)
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
    from ..scoring.score import score
    from ..scoring.written import Tables

    gold, splits = _gold(arguments.gold, ignored(arguments))
    comparisons = _compared(gold, splits, arguments.predicted)
    draws = {"samples": arguments.samples, "seed": arguments.seed}
    scored = score(comparisons)
    against = arguments.against
    other = score(_compared(gold, splits, against)) if against else None
    tables = Tables(
        scored.results(**draws),
        scored.documents,
        parts=_parts(scored, comparisons, arguments.by, draws) if arguments.by else None,
        differences=scored.against(other, **draws) if other else None,
    )
    _tell_layers(gold)
    _warn(len(gold), arguments.samples)
    print(json.dumps(tables.plain(), indent=1) if arguments.json else tables.markdown())
    return 0


def _parts(
    scored: "Score", comparisons: list["Comparison"], by: str, draws: dict[str, int]
) -> list["Part"]:
    from ..scoring import breakdown

    if by == "document":
        return breakdown.by_document(scored)
    return (breakdown.by_form if by == "form" else breakdown.by_phenomenon)(comparisons, **draws)


def _gold(path: Path, unheeded: tuple[str, ...]) -> tuple[list["Article"], set[str]]:
    """The gold articles, and the splits they are of."""
    places, _ = named_places([path])
    require_sound(places, level=4, ignored=(*OF_SEEDS, *unheeded))
    found = [article for _, article in read_articles(places)]
    if not found:
        raise NotFoundError(f"{str(path)!r} holds no documents")
    for name, number in Counter(article.document.id for article in found).items():
        if number > 1:
            raise UncheckedError(f"{name!r} is in {str(path)!r} {number} times, expected one")
    return found, {place.split for place in places}


def _compared(gold: list["Article"], splits: set[str], path: Path) -> list["Comparison"]:
    """The predictions in a folder beside the gold; what is odd about them goes to stderr."""
    from ..scoring.score import compare

    found = read_predictions(path, {a.document.id: a.document for a in gold}, splits)
    missing = len(gold) - len(found.articles)
    if missing:
        _tell(f"{path}: no predictions for {missing} of {len(gold)} documents")
    if found.tolerated:
        counts = report.summary(Counter(problem.code for problem in found.tolerated))
        _tell(f"{path}: {counts}, which do not keep it from being scored")
    return compare(gold, found.articles)


def _tell_layers(gold: list["Article"]) -> None:
    annotated = {layer for article in gold for layer in article.document.layers}
    for layer in layers():
        if layer not in annotated:
            _tell(f"{layer} are not scored: no document has them among its `layers`")


def _warn(documents: int, samples: int) -> None:
    if samples and 1 < documents < FEW:
        _tell(
            f"intervals from {documents} documents are too narrow to trust, expected {FEW} or more"
        )


def _tell(message: str) -> None:
    print(f"onrecord: {message}", file=sys.stderr)
