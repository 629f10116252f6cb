"""Take a raw article into the corpus.

Stores the source byte for byte in seeds/, its text normalised (NFC, LF, no space at line ends) in
an empty bundle that passes the checks, proposes sections, and says what to do next. An article that
the corpus already has is refused.

exit code: 0 written, 1 the text cannot be a document's, 2 the command could not run
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from ..create import Created, create
from ..ids import slug
from ..paths import SPLITS, find_corpus, shown
from ..problem import NotFoundError, UncheckedError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("article", type=Path, metavar="ARTICLE", help="the article, as plain text")
    parser.add_argument("--split", choices=SPLITS, required=True, help="where it goes")
    parser.add_argument("--id", metavar="SLUG", help="its id (default: made from the file's name)")
    parser.add_argument("--language", default="en", help="BCP 47 tag (default: en)")
    parser.add_argument(
        "--constructed",
        action="store_true",
        help="written for this corpus, all of it invented (default: published by somebody)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Create and report."""
    name = arguments.id or slug(arguments.article.stem)
    try:
        created = create(
            find_corpus(Path.cwd()),
            arguments.article.read_bytes(),
            name,
            arguments.split,
            language=arguments.language,
            constructed=arguments.constructed,
        )
    except UnicodeDecodeError as error:
        where = f"byte {error.start}"
        raise NotFoundError(f"{str(arguments.article)!r} is not UTF-8: {where}") from None
    except UncheckedError as error:
        path = shown(arguments.article)
        problems = [replace(p, path=path, line=0, column=0) for p in error.problems]
        raise UncheckedError(str(error), problems) from None
    print(shown(created.place.folder))
    _tell(created)
    return 0


def _tell(created: Created) -> None:
    document, folder = created.document, shown(created.place.folder)
    print(f"text: {'; '.join(created.changes) or 'as in the source'}", file=sys.stderr)
    for section in document.sections:
        words = document.text[section.start : section.end][:60].split("\n")[0]
        print(f"section {section.role} {section.start}-{section.end}: {words}", file=sys.stderr)
    print(
        f"next: correct the sections in {folder}/documents.jsonl; annotate by schema/GUIDELINES.md"
        " and say in 'annotation' how; list the finished layers in 'layers'; onrecord fmt"
        f" {folder}; onrecord check {folder}; onrecord docs",
        file=sys.stderr,
    )
