"""Explain a rule: what it says, why, the usual cause, the cure.

Without CODE all rules are listed.
"""

import argparse

from ..checks import RULES, find_rule


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("code", nargs="?", metavar="CODE", help="such as E303")


def run(arguments: argparse.Namespace) -> int:
    """Print one rule, or the list."""
    if arguments.code:
        rule = find_rule(arguments.code)
        statement, *rest = rule.paragraphs()
        print("\n\n".join([f"{rule.code()}: {statement}", *rest]))
    else:
        for rule in RULES:
            print(f"{rule.code()}  {rule.paragraphs()[0]}")
    return 0
