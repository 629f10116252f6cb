"""Take documents out of the corpus in another format.

Writes files into the folder --to, none of which may be there already unless --replace is given;
without --to the file is printed, if it is one. What the format cannot hold is counted by kind with
some of its locations, all of them with --report. 'onrecord formats' lists what each format loses.

exit code: 0 written, 1 the corpus has errors or --strict and something is lost, 2 the command could
not run
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from ..exporters import NAMES, exporter
from ..losses import Losses, require_whole
from ..paths import shown
from ..take import only, require_outside, take, write_into
from .arguments import add_ignored, add_paths, ignored, named_places
from .passage import add_report, tell


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("format", choices=NAMES, metavar="FORMAT", help=", ".join(NAMES))
    add_paths(parser)
    add_ignored(parser)
    parser.add_argument("--to", type=Path, metavar="DIR", help="write files into this folder")
    parser.add_argument("--replace", action="store_true", help="write over files that are there")
    add_report(parser)


def run(arguments: argparse.Namespace) -> int:
    """Export, write and report."""
    places, _ = named_places(arguments.path)
    losses, counts = Losses(), Counter[str]()
    files = take(exporter(arguments.format), places, losses, counts, ignored(arguments))
    if arguments.to is None:
        data = only(files)
        if arguments.strict:
            require_whole(losses, "the export")
        sys.stdout.buffer.write(data)
    else:
        over = arguments.replace
        require_outside(arguments.to, places)
        for path in write_into(arguments.to, files, losses, strict=arguments.strict, over=over):
            print(shown(path))
    tell(counts, losses, arguments.report)
    return 0
