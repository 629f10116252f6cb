"""Explain rules: what each says, why, the usual cause, the cure.

Without CODE all rules are listed, with the beginning of a code (E3) those that begin with it.

exit code: 0 explained, 2 no such code
"""

import argparse

from ..checks import RULES, find_rule
from ..checks.rule import Rule


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("code", nargs="*", metavar="CODE", help="such as E303, or E3")


def run(arguments: argparse.Namespace) -> int:
    """Print rules, or a list of them."""
    for code in arguments.code or [""]:
        begun = [rule for rule in RULES if rule.code().startswith(code.upper())]
        if len(begun) > 1:
            for rule in begun:
                print(f"{rule.code()}  {rule.paragraphs()[0]}")
        else:
            print(_explained(find_rule(code)))
    return 0


def _explained(rule: type[Rule]) -> str:
    statement, *rest = rule.paragraphs()
    return "\n\n".join([f"{rule.code()}: {statement}", *rest])
