"""Bring bundles into canonical form.

Sorts records and keys, mints missing ids, fills exact from offsets or offsets from exact. A span
whose text stands more than once may name "nth", "prefix" or "suffix" beside "exact". Nothing inside
a text is changed; a line that cannot be understood stays as it is, and so does the order of its
file. With --reanchor the text of one document is replaced, with its seed and hash, and all spans
move along; if one cannot, nothing changes.

exit code: 0 all is canonical now, 1 something could not be done, or something would change (with
--check), 2 the command could not run
"""

import argparse
import sys
from pathlib import Path

from .. import report
from ..fmt import Formatted, format_bundle
from ..paths import places_at, shown
from ..problem import NotFoundError
from ..reanchor import reanchor
from ..store import write_all
from .arguments import add_paths, named_places


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add_paths(parser)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; name the files that would change"
    )
    parser.add_argument(
        "--reanchor", type=Path, metavar="BUNDLE", help="move a bundle to a new text"
    )
    parser.add_argument("--text", type=Path, metavar="NEW", help="with --reanchor: the new source")
    parser.add_argument(
        "--doc", metavar="ID", help="with --reanchor: which document, if the bundle has several"
    )


def run(arguments: argparse.Namespace) -> int:
    """Format and report."""
    if arguments.reanchor is None and (arguments.text or arguments.doc):
        raise NotFoundError("--text and --doc go with --reanchor BUNDLE")
    if arguments.reanchor is not None:
        formatted = [_reanchored(arguments)]
    else:
        places, _ = named_places(arguments.path)
        formatted = [format_bundle(place) for place in places]
    changed = {path: data for bundle in formatted for path, data in bundle.files.items()}
    problems = [problem for bundle in formatted for problem in bundle.problems]
    for problem in problems:
        print(report.text(problem))
    if not arguments.check:
        for bundle in formatted:
            write_all(bundle.files)
    for path in changed:
        print(f"{shown(path)}: {'would change' if arguments.check else 'formatted'}")
    total = f"{len(changed)} {'file' if len(changed) == 1 else 'files'}"
    print(f"{total} {'would change' if arguments.check else 'changed'}", file=sys.stderr)
    return int(bool(problems) or (arguments.check and bool(changed)))


def _reanchored(arguments: argparse.Namespace) -> Formatted:
    if arguments.text is None or arguments.path:
        raise NotFoundError("--reanchor BUNDLE needs --text NEW and no PATH")
    places = places_at(arguments.reanchor)
    if len(places) != 1:
        raise NotFoundError(f"{str(arguments.reanchor)!r} is not one bundle")
    try:
        return reanchor(places[0], arguments.text.read_bytes(), arguments.doc)
    except UnicodeDecodeError as error:
        raise NotFoundError(f"{str(arguments.text)!r} is not UTF-8: {error.reason}") from None
