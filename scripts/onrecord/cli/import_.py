"""Bring annotations of another format into a bundle.

Reads NOTES over the plain text of the article and writes the five tables into the folder --to,
which must be new unless --replace is given. Every error is reported at once, with its line, and
then nothing is written; otherwise the records are listed for reading, since no check finds a wrong
actor. Formats: interlinear.

exit code: 0 written, 1 the notes have errors, 2 the command could not run
"""

import argparse
import sys
from pathlib import Path

from ..codec import encode
from ..importers import IMPORTERS
from ..model import Article, articles
from ..normal import article_text
from ..paths import shown
from ..problem import NotFoundError, OccupiedError
from ..store import table_file, write_all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("format", choices=IMPORTERS, metavar="FORMAT", help=", ".join(IMPORTERS))
    parser.add_argument("notes", type=Path, metavar="NOTES", help="the annotations")
    parser.add_argument("--text", type=Path, required=True, metavar="FILE", help="the article")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="the bundle's folder")
    parser.add_argument(
        "--registry", type=Path, metavar="FILE", help="actor lines shared by many articles"
    )
    parser.add_argument(
        "--replace", action="store_true", help="write over the tables that are there"
    )


def run(arguments: argparse.Namespace) -> int:
    """Import, write and list."""
    folder: Path = arguments.to
    if folder.exists() and any(folder.iterdir()) and not arguments.replace:
        raise OccupiedError(f"{str(folder)!r} is not empty; --replace writes over its tables")
    registry = _text(arguments.registry) if arguments.registry else ""
    tables = IMPORTERS[arguments.format](
        _text(arguments.notes),
        article_text(arguments.text.read_bytes()),
        path=shown(arguments.notes),
        registry=registry,
    )
    folder.mkdir(parents=True, exist_ok=True)
    write_all({folder / table_file(name): encode(rows) for name, rows in tables.items()})
    for article in articles(tables):
        _list(article)
    print(f"{shown(folder)}: written; read the list, then run onrecord check", file=sys.stderr)
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise NotFoundError(f"{str(path)!r} is not UTF-8: byte {error.start}") from None


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
