"""Write the generated files and the generated parts of documents anew.

exit code: 0 all up to date, 1 something is stale (with --check), 2 the command could not run
"""

import argparse
from pathlib import Path

from ..paths import find_corpus, shown
from ..store import write
from ..validate import require_sound


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "--check", action="store_true", help="write nothing; name what is stale and exit with 1"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write or verify."""
    # Heavy libraries, for this command alone.
    from .. import docs

    corpus = find_corpus(Path.cwd())
    require_sound(corpus.places())
    texts = docs.generated(corpus)
    stale = docs.stale(texts)
    for path in stale:
        if arguments.check:
            print(f"{shown(path)}: stale; run 'onrecord docs'")
        else:
            write(path, texts[path].encode())
            print(f"{shown(path)}: written")
    return int(arguments.check and bool(stale))
