"""Bring articles and annotations of another format into the corpus.

Reads SOURCE, a file or a folder, and writes a bundle for each document into the split --to, or all
documents into one bundle if --to is a folder in a split. Either everything is written or, where
something cannot be read, nothing: every problem is told with file and line. What has no place in
the record model is counted by kind with some of its locations, all of them with --report. Offsets
are proved by the words that the source gives. 'onrecord formats' lists what each format loses.

exit code: 0 written, 1 the source has errors, 2 the command could not run
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from ..bring import Order, bring
from ..importers import NAMES, importer
from ..losses import Losses
from ..model import Article
from ..problem import NotFoundError
from ..schema import ANNOTATIONS
from ..standoff import maps
from ..standoff.format import Importer, Reading
from ..standoff.units import UNITS
from ..store import read_articles
from ..target import target
from .passage import add_report, tell
from .progress import Bar


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("format", choices=NAMES, metavar="FORMAT", help=", ".join(NAMES))
    parser.add_argument("source", type=Path, metavar="SOURCE", help="a file or a folder")
    parser.add_argument(
        "--to", type=Path, required=True, metavar="DIR", help="corpus/<split>, or a bundle in one"
    )
    parser.add_argument(
        "--map",
        metavar="NAME",
        help="what the labels of the source mean: a TOML file, or one of"
        f" {', '.join(maps.shipped())} (default: the one made for the format, else onrecord)",
    )
    parser.add_argument("--language", metavar="TAG", help="language of the documents (BCP 47)")
    parser.add_argument("--license", metavar="SPDX", help="their licence (an SPDX expression)")
    parser.add_argument(
        "--offsets", choices=UNITS, help="what offsets count, where that cannot be recognised"
    )
    parser.add_argument(
        "--reanchor",
        action="store_true",
        help="look for words that do not stand where the source says",
    )
    parser.add_argument("--replace", action="store_true", help="write over bundles that are there")
    parser.add_argument("--text", type=Path, metavar="FILE", help="interlinear: the article")
    parser.add_argument(
        "--registry", type=Path, metavar="FILE", help="interlinear: actors of many articles"
    )
    add_report(parser)


def run(arguments: argparse.Namespace) -> int:
    """Import, write and report."""
    way = importer(arguments.format)
    given = {"language": arguments.language, "license": arguments.license}
    order = Order(
        map=_map(way, arguments.map),
        document={name: value for name, value in given.items() if value},
        strict=arguments.strict,
        reanchor=arguments.reanchor,
        replace=arguments.replace,
    )
    found = Losses()
    reading = Reading(found, [], arguments.offsets, arguments.text, arguments.registry)
    to, bar = target(arguments.to), Bar("document")
    brought = bring(way, arguments.source, to, order, reading, passing=lambda d: bar(d, None))
    if brought.records["documents"] == 1:
        for _, article in read_articles(brought.places):
            _list(article)
    problems = Counter(problem.code for problem in brought.problems)
    source, report = arguments.source, arguments.report
    tell(brought.records, found, report, source=source, problems=problems)
    if order.map and _understands_nothing(brought.records, found):
        wanted = "expected one that says what they mean (--map)"
        print(
            f"onrecord: no label of the source is in {order.map.title!r}, {wanted}", file=sys.stderr
        )
    return 0


def _map(way: Importer, name: str | None) -> maps.Map | None:
    if name and not way.map:
        raise NotFoundError(f"{way.name} has no labels to map, expected no --map")
    return maps.load(name or way.map) if way.map else None


def _understands_nothing(records: Counter[str], found: Losses) -> bool:
    """Whether there were labels, and none became a record."""
    labelled = any(kind.startswith("label ") for kind in found.lost_kinds)
    return labelled and not any(records[table] for table in ANNOTATIONS)


def _list(article: Article) -> None:
    """The annotations in words, as a second reader wants them."""
    mentions = {mention.id: mention for mention in article.mentions}
    for mention in article.mentions:
        print(f"{mention.exact} = {mention.actor} ({mention.form})")
    for quote in article.quotes:
        who = ", ".join(mentions[name].exact for name in quote.speakers) or "nobody"
        words = " … ".join(span.exact for span in quote.content)
        print(f"{quote.id} {quote.form}: {who}: {words}")
    for claim in article.claims:
        words = " … ".join(span.exact for span in claim.content)
        labels = f"{claim.kind}, {claim.certainty}, {claim.polarity}"
        print(f"{claim.quote or 'article'}: {labels}: {words}")
