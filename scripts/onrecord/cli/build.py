"""Check the corpus and build the dataset.

Writes Parquet for every config and split, a card with the YAML that `datasets` reads, a picture of
the labels, a description in Croissant, the licence and SHA256SUMS. Title, creators, version and
keywords are those of CITATION.cff in the corpus folder or beside it. The folder is written beside
its place and exchanged with it in one step; when a build is interrupted the old dataset stays
whole. A corpus with errors is not built. Groups of documents that have not changed since the last
build are taken over from it.

exit code: 0 built, 1 the corpus has errors, 2 the command could not run
"""

import argparse

from ..build import build
from ..engines import Engine, pool, ray_cluster, serial
from ..manifest import Options
from ..paths import shown
from ..problem import NotFoundError
from .arguments import add_dataset, add_ignored, ignored, named_dataset, positive
from .progress import Bar


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add_dataset(parser)
    add_ignored(parser)
    parser.add_argument(
        "--full", action="store_true", help="make everything anew, take over nothing"
    )
    parser.add_argument(
        "--group-size",
        type=positive,
        default=Options().size,
        metavar="N",
        help=f"documents in a Parquet file, roughly (default: {Options().size})",
    )
    parser.add_argument(
        "--jobs", type=positive, default=1, metavar="N", help="processes to use (default: 1)"
    )
    parser.add_argument(
        "--engine",
        choices=("local", "ray"),
        default="local",
        help="where the work is done (default: local, in --jobs processes)",
    )
    parser.add_argument(
        "--address", metavar="ADDRESS", help="of a running Ray cluster (default: one is started)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Build and say where."""
    corpus, target = named_dataset(arguments)
    options = Options(
        frozenset(arguments.withhold_text),
        arguments.group_size,
        arguments.full,
        ignored(arguments),
    )
    print(shown(build(corpus, target, options, engine=_engine(arguments), progress=Bar("group"))))
    return 0


def _engine(arguments: argparse.Namespace) -> Engine:
    if arguments.engine == "ray":
        return ray_cluster(arguments.address)
    if arguments.address:
        raise NotFoundError(f"no cluster at {arguments.address!r} without --engine ray")
    return serial if arguments.jobs == 1 else pool(arguments.jobs)
