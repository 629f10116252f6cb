"""Put withheld texts back into a dataset, from your own copies of them.

Reads DATASET, which was built with --withhold-text, and DIR/<document>.txt for each document whose
text was left out. The texts are proved by their hashes; then the dataset is built anew with
everything that is derived from them. Nothing is changed if one of them is missing or another.

exit code: 0 restored, 2 the command could not run
"""

import argparse
from pathlib import Path

from ..paths import shown


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("dataset", type=Path, metavar="DATASET", help="folder of the dataset")
    parser.add_argument(
        "--texts", type=Path, required=True, metavar="DIR", help="folder with the texts"
    )
    parser.add_argument(
        "--to", type=Path, metavar="DIR", help="where the whole dataset goes (default: DATASET)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Restore and say where."""
    from ..restore import restore

    print(shown(restore(arguments.dataset, arguments.texts, arguments.to or arguments.dataset)))
    return 0
