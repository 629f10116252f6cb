"""Count documents, words, annotations, labels and phenomena, split by split.

And what the other splits hold that train does, and does not: people, outlets, places.
"""

import argparse
import json

from .. import holdout, stats
from ..validate import require_sound
from .arguments import add_ignored, add_paths, ignored, named_places


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add_paths(parser)
    add_ignored(parser)
    parser.add_argument(
        "--format",
        choices=("markdown", "json"),
        default="markdown",
        help="tables to read, or one JSON object (default: markdown)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Count and print."""
    places, _ = named_places(arguments.path)
    require_sound(places, ignored=ignored(arguments))
    counts, held = stats.count(places), holdout.hold(places)
    if arguments.format == "json":
        splits = stats.as_json(counts), holdout.as_json(held)
        print(json.dumps({s: splits[0][s] | splits[1][s] for s in counts}, indent=1))
    else:
        tables = stats.markdown, stats.markdown_labels, stats.markdown_phenomena
        print("\n\n".join([*(table(counts) for table in tables), holdout.markdown(held)]))
    return 0
