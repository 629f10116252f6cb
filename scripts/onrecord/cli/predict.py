"""Let a model annotate documents.

Reads the documents of the bundles and writes what the model finds as bundles of their own, so that
every command reads them: `check`, `agree`, `stats`, `export`. Models: rules (no extra needed),
crf[:DIR] (a model of `onrecord train`), hf:NAME (a token classifier), llm:URL (a language model
behind an OpenAI-compatible address).

exit code: 0 written, 1 the documents have errors, or the model could not annotate some, 2 the
command could not run
"""

import argparse
import sys
from pathlib import Path

from ..ids import slug
from ..paths import shown
from ..predict import predict
from ..predictors import SPECS, open_predictor
from .arguments import add_paths, named_places
from .progress import Bar


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add_paths(parser)
    parser.add_argument("--model", required=True, metavar="SPEC", help=", ".join(SPECS))
    parser.add_argument(
        "--to",
        type=Path,
        metavar="DIR",
        help="where the bundles go (default: predictions/<model> in the working directory)",
    )
    parser.add_argument("--name", help="the model to ask for at llm:URL")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="write over predictions that are there; those of other bundles stay",
    )


def run(arguments: argparse.Namespace) -> int:
    """Predict and say where."""
    places, _ = named_places(arguments.path)
    predictor = open_predictor(arguments.model, name=arguments.name)
    target = arguments.to or Path("predictions") / _folder(arguments.model, arguments.name)
    number = predict(places, predictor, target, over=arguments.replace, progress=Bar("bundle"))
    for remark in predictor.remarks():
        print(remark, file=sys.stderr)
    documents = "1 document" if number == 1 else f"{number} documents"
    print(f"{shown(target)}: {documents}")
    return 1 if predictor.failed else 0


def _folder(spec: str, name: str | None) -> str:
    """A folder's name for a model: what kind it is, and the last part of its name or place."""
    word, _, where = spec.partition(":")
    return slug(f"{word} {name or where.rstrip('/').rpartition('/')[2]}")
