"""Explain rules (what each says, why, the usual cause, the cure), phenomena and measures.

Without a name all are listed, with the beginning of one (E3, quote:, mentions:) those that begin
with it. A phenomenon is named as 'onrecord stats' does (quote:nested), a measure as 'onrecord
score' does (quotes:speaker), or either by the last part alone.

exit code: 0 explained, 2 nothing has that name
"""

import argparse
from collections.abc import Iterator
from typing import NamedTuple

from ..checks import RULES
from ..phenomena import PHENOMENA
from ..problem import NotFoundError


class _Entry(NamedTuple):
    """Something that can be explained, and how: paragraphs, of which the first says what it is."""

    name: str
    paragraphs: list[str]

    def is_called(self, name: str) -> bool:
        """Whether it has that name, which may lack what stands before a colon."""
        return name.lower() in (self.name.lower(), self.name.rpartition(":")[2].lower())


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "name", nargs="*", metavar="NAME", help="such as E303, E3, quote:nested or quotes:speaker"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what the names mean."""
    print("\n\n".join(_told(name) for name in arguments.name or [""]))
    return 0


def _told(name: str) -> str:
    """The documentation of what has that name, else a list of what begins with it."""
    begun: list[_Entry] = []
    for entries in (_rules, _phenomena, _measures):
        known = list(entries())
        if called := [entry for entry in known if entry.is_called(name)]:
            return "\n\n".join(_explained(entry) for entry in called)
        begun += [entry for entry in known if entry.name.lower().startswith(name.lower())]
    if not begun:
        raise NotFoundError(
            f"{name!r} is no rule, phenomenon or measure; 'onrecord explain' lists them"
        )
    return "\n".join(f"{entry.name}  {entry.paragraphs[0]}" for entry in begun)


def _rules() -> Iterator[_Entry]:
    return (_Entry(rule.code(), rule.paragraphs()) for rule in RULES)


def _phenomena() -> Iterator[_Entry]:
    return (_Entry(phenomenon.key, phenomenon.paragraphs()) for phenomenon in PHENOMENA)


def _measures() -> Iterator[_Entry]:
    from ..scoring.measures import MEASURES

    return (_Entry(measure.key, measure.paragraphs()) for measure in MEASURES)


def _explained(entry: _Entry) -> str:
    statement, *rest = entry.paragraphs
    return "\n\n".join([f"{entry.name}: {statement}", *rest])
