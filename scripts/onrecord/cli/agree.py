"""Compare two annotations of the same documents.

Prints how far they agree on each document and on all, then every disagreement in words. A and B are
each a checkout, a corpus, a split or a bundle; documents are matched by id, and compared in the
layers that both name in `layers`. Actors are aligned by the mentions they share, so that their
slugs may differ.

F1    mentions with the same offsets; quotes and claims whose contents overlap by half (IoU >= 0.5)
+...  of these only those that have also the same actor, form, speakers or labels
exact quotes and claims with the same content
prop. F1 of the share of each record that its one-to-one partner covers
α     Krippendorff's alpha of tokens: the kind of actor of the longest mention around each, the form
      of the innermost quote, cue or not, the kind of the innermost claim; or none
uα    his alpha for unitizing (2004), of the same units with their places: parts of discontinuous
      spans are units, of those that overlap and have one label the longest is kept
γ     gamma of Mathet et al. (2015), for all documents the mean; only with --gamma
κ     Cohen's kappa of the labels on the records that F1 counts

A figure that is not defined, as where neither side has such records, is - (in JSON null).

exit code: 0 compared, 1 a side has errors, 2 the command could not run
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..model import Article
from ..problem import NotFoundError
from ..scoring.agreement import Layers, compare, total
from ..scoring.differences import Difference, differences
from ..scoring.figures import TABLES, Figures, figures, left_out, markdown
from ..scoring.gamma import gammas, mean
from ..store import read_articles
from ..validate import OF_SEEDS, require_sound
from .arguments import named_places

Articles = dict[str, Article]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("one", type=Path, metavar="A", help="the first annotation")
    parser.add_argument("other", type=Path, metavar="B", help="the second annotation")
    parser.add_argument(
        "--format",
        choices=("markdown", "json"),
        default="markdown",
        help="tables to read, or one JSON object (default: markdown)",
    )
    parser.add_argument(
        "--no-list", action="store_true", help="only the figures, not the disagreements"
    )
    parser.add_argument(
        "--gamma",
        action="store_true",
        help="gamma as well; takes seconds for each document and needs 'onrecord[gamma]'",
    )


def run(arguments: argparse.Namespace) -> int:
    """Compare and print."""
    one, other = _articles(arguments.one), _articles(arguments.other)
    shared = [name for name in one if name in other]
    if not shared:
        raise NotFoundError("the two annotations have no document in common")
    _tell_missing({arguments.one: one, arguments.other: other}, len(shared))
    layers = {name: _compared(one[name], other[name]) for name in shared}
    if not any(layers.values()):
        raise NotFoundError("the two annotations have no layer in common in any document")
    asked = shared if arguments.gamma else []
    extra = {name: gammas(one[name], other[name]) for name in asked}
    rows = {name: figures(found, extra.get(name)) for name, found in layers.items()}
    every = figures(total(layers.values()), mean(extra.values()) if extra else None)
    listed = [] if arguments.no_list else [d for n in shared for d in differences(one[n], other[n])]
    sides = (str(arguments.one), str(arguments.other))
    print((_json if arguments.format == "json" else _markdown)(sides, rows, every, listed))
    return 0


def _articles(path: Path) -> Articles:
    places, _ = named_places([path])
    require_sound(places, level=4, ignored=OF_SEEDS)
    return {article.document.id: article for _, article in read_articles(places)}


def _tell_missing(sides: Mapping[Path, Articles], shared: int) -> None:
    for path, articles in sides.items():
        if alone := len(articles) - shared:
            number = "1 document" if alone == 1 else f"{alone} documents"
            print(f"not compared: {number} that only {path} has", file=sys.stderr)


def _compared(one: Article, other: Article) -> Layers:
    try:
        return compare(one, other)
    except ValueError as error:
        raise NotFoundError(str(error)) from None


Sides = tuple[str, str]


def _markdown(
    sides: Sides, rows: Mapping[str, Figures], every: Figures, listed: Iterable[Difference]
) -> str:
    shown = {**rows, "**all**": every} if len(rows) > 1 else rows
    parts = ["\n".join(f"{name}: {side}  " for name, side in zip("AB", sides, strict=True))]
    for title, columns in TABLES.items():
        if table := markdown(shown, columns):
            parts += [f"**{title}**", table]
    if missing := ", ".join(f"{number} {name}" for name, number in left_out(every).items()):
        parts.append(f"uα leaves out what overlaps a longer unit of the same label: {missing}")
    return "\n\n".join([*parts, *(_told(difference, sides) for difference in listed)])


def _told(difference: Difference, sides: Sides) -> str:
    where = f"{difference.document} {difference.table} {difference.start}"
    width = max(map(len, sides)) + 1
    there = zip(sides, (difference.one, difference.other), strict=True)
    told = "".join(f"\n    {f'{side}:':{width}} {marked or 'nothing'}" for side, marked in there)
    return f"{where}: {difference.words!r}{told}"


def _json(
    sides: Sides, rows: Mapping[str, Figures], every: Figures, listed: Iterable[Difference]
) -> str:
    compared = {"one": sides[0], "other": sides[1], "documents": rows, "all": every}
    told = [difference._asdict() for difference in listed]
    return json.dumps({**compared, "differences": told}, ensure_ascii=False, indent=1)
