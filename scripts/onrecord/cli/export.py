"""Take documents out of the corpus in another format.

Without --to one document is printed; with it each document becomes a file of its own in that
folder. Formats: interlinear (notes for a text editor; importing them gives the same bundle).
"""

import argparse
from pathlib import Path

from ..exporters import EXPORTERS
from ..paths import shown
from ..problem import NotFoundError
from ..store import read_articles, write
from ..validate import require_sound
from .arguments import add_paths, named_places


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("format", choices=EXPORTERS, metavar="FORMAT", help=", ".join(EXPORTERS))
    add_paths(parser)
    parser.add_argument("--to", type=Path, metavar="DIR", help="write files into this folder")


def run(arguments: argparse.Namespace) -> int:
    """Export."""
    places, _ = named_places(arguments.path)
    require_sound(places)
    articles = [article for _, article in read_articles(places)]
    texts = {article.document.id: EXPORTERS[arguments.format](article) for article in articles}
    if arguments.to is None:
        if len(texts) != 1:
            raise NotFoundError(f"{len(texts)} documents; name one, or a folder with --to")
        print(*texts.values(), end="")
        return 0
    arguments.to.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        path = arguments.to / f"{name}.{arguments.format}"
        write(path, text.encode())
        print(shown(path))
    return 0
