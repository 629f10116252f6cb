"""Check bundles against schema and rules.

Prints for each problem path:line:column: CODE message (hint), and the text that it is about. Codes
that begin with E are errors and block a merge, those with W are advice. Nothing is ever changed.

exit code: 0 no errors, 1 errors found (with --fail-on W also warnings), 2 the command could not run
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from .. import report
from ..checks import RULES
from ..checks.rule import Choice
from ..problem import Problem
from ..validate import HIGHEST, check_places
from .arguments import add_paths, codes, named_places, positive
from .progress import Bar

FORMATS = ("text", "line", "json", "github", "sarif")
_MANY = 20
"""Bundles from which a bar is shown."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add_paths(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="text with excerpts, one line each, a JSON array, annotations for GitHub, or SARIF"
        " (default: text)",
    )
    parser.add_argument(
        "--select",
        action="append",
        metavar="CODES",
        help="report only these, separated by commas; a beginning such as E3 means all of it",
    )
    parser.add_argument(
        "--ignore", action="append", metavar="CODES", help="do not report these; wins over --select"
    )
    parser.add_argument(
        "--level",
        type=int,
        choices=range(1, HIGHEST + 1),
        default=HIGHEST,
        help="1 bytes and JSON, 2 schema, 3 anchors and references, 4 guidelines, 5 the corpus as a"
        " whole; stop after this one (default: 5)",
    )
    parser.add_argument(
        "--fail-on", choices=("E", "W"), default="E", help="what makes the exit code 1 (default: E)"
    )
    parser.add_argument(
        "--most",
        type=positive,
        default=50,
        metavar="N",
        help="of one code show at most this many in text, line and github (default: 50)",
    )
    parser.add_argument(
        "--jobs", type=positive, default=1, metavar="N", help="processes to use (default: 1)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Check and report."""
    choice = Choice(codes(arguments.select) or ("",), codes(arguments.ignore))
    places, whole = named_places(arguments.path)
    counts: Counter[str] = Counter()
    bar = Bar("bundle", least=_MANY)
    problems = check_places(
        places,
        whole=whole,
        level=arguments.level,
        choice=choice,
        jobs=arguments.jobs,
        progress=lambda checked: bar(checked, len(places)),
    )
    _print(_counted(problems, counts), arguments)
    bundles = f"{len(places)} {'bundle' if len(places) == 1 else 'bundles'}"
    print(f"{bundles}: {report.summary(counts)}", file=sys.stderr)
    return int(any(code.startswith(("E", arguments.fail_on)) for code in counts))


def _print(problems: Iterable[Problem], arguments: argparse.Namespace) -> None:
    match arguments.format:
        case "json":
            print(report.as_json(problems))
        case "sarif":
            from .. import __version__

            statements = {rule.code(): rule.paragraphs()[0] for rule in RULES}
            print(report.sarif(list(problems), statements, __version__))
        case name:
            show = {"text": report.text, "line": report.line, "github": report.github}[name]
            for shown in report.capped(problems, arguments.most, show):
                print(shown)


def _counted(problems: Iterable[Problem], counts: Counter[str]) -> Iterator[Problem]:
    for problem in problems:
        counts[problem.code] += 1
        yield problem
