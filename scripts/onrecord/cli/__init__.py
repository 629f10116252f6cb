"""The `onrecord` command: one module for each of its commands."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from types import ModuleType

from .. import __doc__ as about
from .. import report
from ..paths import printable
from ..problem import OnrecordError, UncheckedError
from . import (
    agree,
    build,
    check,
    docs,
    explain,
    export,
    fmt,
    formats,
    import_,
    new,
    predict,
    publish,
    restore,
    score,
    stats,
    train,
)

COMMANDS = (
    new,
    check,
    explain,
    fmt,
    import_,
    export,
    formats,
    score,
    agree,
    predict,
    train,
    stats,
    build,
    publish,
    restore,
    docs,
)


_MOST = 20
"""Problems of one code that are told where checking is not what was asked for."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when problems were found, 2 for bad use."""
    arguments = parser().parse_args(argv)
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away (`onrecord explain | head`); nothing is left to tell it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return code


def _run(arguments: argparse.Namespace) -> int:
    """Run the command; what it raises becomes a message and an exit code."""
    try:
        code: int = arguments.run(arguments)
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("ONRECORD_DEBUG"):
            raise
        return _failed(error)
    return code


def _failed(error: Exception) -> int:
    """The exit code for what a command raised, after telling the user."""
    match error:
        case UncheckedError():
            for told in report.capped(error.problems, _MOST, report.text):
                print(told)
            print(f"onrecord: {error}", file=sys.stderr)
            return 1
        case OnrecordError():
            message = str(error)
        case OSError():
            message = printable(f"{error.filename or 'output'}: {error.strerror or error}")
        case MemoryError():
            message = "not enough memory for this"
        case _:
            found = f"{type(error).__name__}: {error}".splitlines()[0]
            message = f"a fault of onrecord itself, {found}; ONRECORD_DEBUG=1 shows where"
    print(f"onrecord: {message}", file=sys.stderr)
    return 2


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(prog="onrecord", description=about)
    top.add_argument("--version", action=_Version)
    commands = top.add_subparsers(metavar="COMMAND", required=True, title="commands")
    for command in COMMANDS:
        name = command_name(command)
        doc = (command.__doc__ or "").strip()
        sub = commands.add_parser(
            name, help=_first_line(doc), description=doc, formatter_class=_RAW
        )
        command.add_arguments(sub)
        sub.set_defaults(run=command.run)
    return top


def command_name(command: ModuleType) -> str:
    """What the user types; a module's name where that is no word of Python."""
    return command.__name__.rpartition(".")[2].rstrip("_")


class _Version(argparse.Action):
    """Print the version; looked up only then."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="show the version and exit")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from .. import __version__

        print(f"onrecord {__version__}")
        parser.exit()


_RAW = argparse.RawDescriptionHelpFormatter


def _first_line(doc: str) -> str:
    line = doc.splitlines()[0].rstrip(".")
    return line[0].lower() + line[1:]
