"""List the formats that import and export know.

For each its direction, the extra that it needs, what it reads or writes and what it loses; then the
maps, which say what the labels of a source mean.
"""

import argparse
import json

from ..interchange import formats, text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="(default: text)"
    )


def run(arguments: argparse.Namespace) -> int:
    """List."""
    if arguments.format == "json":
        print(json.dumps(formats(), ensure_ascii=False, indent=1))
    else:
        print(text())
    return 0
