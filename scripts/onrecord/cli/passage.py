"""What import and export tell at their end: how much went, and what was lost or changed."""

import argparse
import sys
from collections import Counter
from pathlib import Path

import msgspec

from .. import losses, report
from ..paths import shown
from ..schema import TABLES
from ..store import write


def add_report(parser: argparse.ArgumentParser) -> None:
    """Declare --strict and --report."""
    parser.add_argument(
        "--strict", action="store_true", help="if anything is lost or changed, write nothing"
    )
    parser.add_argument(
        "--report",
        type=_no_folder,
        metavar="FILE",
        help="write all that is lost or changed there, as JSON",
    )


def _no_folder(name: str) -> Path:
    """The path of a file that can be written; told before anything is done."""
    path = Path(name)
    if path.is_dir():
        raise argparse.ArgumentTypeError(f"{name!r} is a folder, expected a file")
    return path


def tell(
    records: Counter[str],
    found: losses.Losses,
    to: Path | None,
    *,
    source: Path | None = None,
    problems: Counter[str] | None = None,
) -> None:
    """Tell on standard error, and into the file `to`.

    `source` is where things came from, `problems` what checks found in them, by code.
    """
    print(", ".join(f"{records[table]:,} {table}" for table in TABLES), file=sys.stderr)
    below = shown(source) if source else ""
    for line in losses.lines(found, below=below):
        print(line, file=sys.stderr)
    if found.unproved:
        print(f"{found.unproved:,} spans whose words the source does not give", file=sys.stderr)
    if problems is not None:
        print(f"check: {report.summary(problems)}", file=sys.stderr)
    if to is not None:
        told = {
            "records": {table: records[table] for table in TABLES},
            "losses": losses.as_json(found),
            "unproved": found.unproved,
            **({"problems": dict(sorted(problems.items()))} if problems is not None else {}),
        }
        to.parent.mkdir(parents=True, exist_ok=True)
        write(to, msgspec.json.format(msgspec.json.encode(told)) + b"\n")
