"""Compare two annotations of the same documents.

Prints pairwise F1 for each document and in all, then every disagreement in words. A and B are each
a checkout, a corpus, a split or a bundle; documents are matched by id. Actors are aligned by the
mentions they share, so that their slugs may differ.

exit code: 0 compared, 1 a side has errors, 2 the command could not run
"""

import argparse
import json
from pathlib import Path

from ..model import Article
from ..problem import NotFoundError
from ..scoring.agreement import Count, Difference, compare, markdown, total
from ..store import read_articles
from ..validate import require_sound
from .arguments import named_places


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


def run(arguments: argparse.Namespace) -> int:
    """Compare and print."""
    one, other = _articles(arguments.one), _articles(arguments.other)
    shared = [name for name in one if name in other]
    if not shared:
        raise NotFoundError("the two annotations have no document in common")
    compared = {name: _compared(one[name], other[name]) for name in shared}
    counts = {name: found for name, (found, _) in compared.items()}
    differences = [d for _, found in compared.values() for d in found]
    shown = [] if arguments.no_list else differences
    if arguments.format == "json":
        print(_json(counts, shown))
    else:
        print(_markdown(counts, shown))
    return 0


def _compared(one: Article, other: Article) -> tuple[dict[str, Count], list[Difference]]:
    try:
        return compare(one, other)
    except ValueError as error:
        raise NotFoundError(str(error)) from None


def _articles(path: Path) -> dict[str, Article]:
    places, _ = named_places([path])
    require_sound(places)
    return {article.document.id: article for _, article in read_articles(places)}


def _markdown(counts: dict[str, dict[str, Count]], differences: list[Difference]) -> str:
    parts = [markdown(counts)]
    for difference in differences:
        where = f"{difference.document} {difference.layer} {difference.start}"
        parts.append(
            f"{where}: {difference.words!r}\n    A: {difference.one}\n    B: {difference.other}"
        )
    return "\n\n".join(parts)


def _json(counts: dict[str, dict[str, Count]], differences: list[Difference]) -> str:
    documents = {name: _figures(row) for name, row in counts.items()}
    found = {"documents": documents, "all": _figures(total(counts.values()))}
    listed = [difference._asdict() for difference in differences]
    return json.dumps({**found, "differences": listed}, ensure_ascii=False, indent=1)


def _figures(row: dict[str, Count]) -> dict[str, dict[str, float | None]]:
    return {
        name: {"f1": count.f1, "one": count.one, "other": count.other, "both": count.both}
        for name, count in row.items()
    }
