"""Explain rules (what each says, why, the usual cause, the cure), phenomena and measures.

Without CODE all rules are listed, with the beginning of a code (E3) those that begin with it.
A phenomenon is named as 'onrecord stats' does (quote:nested), a measure as 'onrecord score'
does (quotes:speaker), or either by the last part alone.

exit code: 0 explained, 2 no such code, phenomenon or measure
"""

import argparse

from ..checks import RULES, find_rule
from ..phenomena import find_phenomena


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("code", nargs="*", metavar="CODE", help="such as E303, E3 or quote:nested")


def run(arguments: argparse.Namespace) -> int:
    """Print rules, or a list of them, phenomena and measures."""
    for code in arguments.code or [""]:
        begun = [rule for rule in RULES if rule.code().startswith(code.upper())]
        if len(begun) > 1:
            for rule in begun:
                print(f"{rule.code()}  {rule.paragraphs()[0]}")
        elif begun or not (others := _others(code)):
            rule = find_rule(code)
            print(_explained(rule.code(), rule.paragraphs()))
        else:
            print("\n\n".join(_explained(*other) for other in others))
    return 0


def _others(code: str) -> list[tuple[str, list[str]]]:
    """The phenomena and measures of that name, each with its documentation."""
    from ..scoring.measures import find_measures

    phenomena = [(found.key, found.paragraphs()) for found in find_phenomena(code)]
    return phenomena + [(found.key, found.paragraphs()) for found in find_measures(code)]


def _explained(name: str, paragraphs: list[str]) -> str:
    statement, *rest = paragraphs
    return "\n\n".join([f"{name}: {statement}", *rest])
