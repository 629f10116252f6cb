"""Check bundles against schema and rules.

Prints one line for each problem: path:line: CODE message (hint). Without PATH the whole corpus
around the working directory is checked. Nothing is ever changed.

exit code: 0 no errors, 1 errors found, 2 the command could not run
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from ..paths import Place, find_corpus, places_at
from ..problem import NotFoundError, Problem
from ..validate import check_places


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "path",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="a checkout, a corpus, a split, a bundle, or a file in one",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="lines to read, or one JSON array (default: text)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check and report."""
    places = named_places(arguments.path)
    problems = list(check_places(places))
    if arguments.format == "json":
        print(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            print(problem)
    _summarise(len(places), problems)
    return int(any(problem.is_error for problem in problems))


def named_places(paths: list[Path]) -> list[Place]:
    """The bundles that the command line names, each once, in the order given."""
    if not paths:
        places = list(find_corpus(Path.cwd()).places())
    else:
        places = [place for path in paths for place in places_at(path)]
    if not places:
        raise NotFoundError("no bundle found")
    return list(dict.fromkeys(places))


def _summarise(bundles: int, problems: list[Problem]) -> None:
    codes = Counter(problem.code for problem in problems)
    counts = ", ".join(f"{code} {count}" for code, count in sorted(codes.items()))
    found = f"{len(problems)} problems ({counts})" if problems else "no problems"
    print(f"{bundles} {'bundle' if bundles == 1 else 'bundles'}: {found}", file=sys.stderr)
