"""Check the corpus and build the dataset from it.

Writes Parquet for every config and split, a card with the YAML that `datasets` reads, a picture of
the labels, a description in Croissant, the licence and SHA256SUMS. Title, creators, version and
keywords are those of CITATION.cff in the corpus folder or beside it. The folder is written beside
its place and exchanged with it in one step; when a build is interrupted the old dataset stays
whole. A corpus with errors is not built.

exit code: 0 built, 1 the corpus has errors, 2 the command could not run
"""

import argparse
from pathlib import Path

from ..paths import corpus_at, find_corpus, shown


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "--corpus",
        type=Path,
        metavar="DIR",
        help="folder with the splits (default: the corpus around the working directory)",
    )
    parser.add_argument(
        "--to",
        type=Path,
        metavar="DIR",
        help="where the dataset goes (default: dataset/ beside the corpus)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Build and say where."""
    # Heavy libraries, for this command alone.
    from ..build import build

    corpus = corpus_at(arguments.corpus) if arguments.corpus else find_corpus(Path.cwd())
    target = arguments.to or corpus.root / "dataset"
    print(shown(build(corpus, target)))
    return 0
