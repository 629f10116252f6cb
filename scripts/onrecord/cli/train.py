"""Train a model on the annotations of a corpus.

`crf` trains conditional random fields from nothing, in seconds; `hf` fine-tunes a transformer, by
its name on the Hugging Face Hub or its folder. Each column (actors, contents, cues, speakers,
claims) gets a model of its own in the folder --to, which must be new unless --replace is given.
Only the train split is learnt from. `onrecord predict` uses the model: `--model crf:DIR`, or
`--model hf:DIR`.

exit code: 0 trained, 1 the corpus has errors, 2 the command could not run
"""

import argparse
from functools import partial
from pathlib import Path

from ..iob import columns
from ..paths import find_corpus, shown
from ..predictors.labelling.finetune import Recipe, train_transformer
from ..problem import ModelError
from ..train import Fit, train
from .arguments import add_paths, named_places, positive
from .progress import Bar

_HF_ONLY = ("base", "columns", "epochs", "seed")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("kind", choices=("crf", "hf"), help="what kind of model")
    add_paths(parser, default="the train split of the corpus around the working directory")
    parser.add_argument(
        "--to", type=Path, metavar="DIR", help="where the model goes (default: models/crf or /hf)"
    )
    parser.add_argument("--replace", action="store_true", help="replace the model that is there")
    parser.add_argument(
        "--any-split", action="store_true", help="allow bundles of validation and test, too"
    )
    parser.add_argument("--base", metavar="NAME", help="hf: the model to start from")
    parser.add_argument(
        "--columns",
        nargs="+",
        choices=[column.name for column in columns()],
        metavar="COLUMN",
        help="hf: train these only (default: all that are annotated)",
    )
    parser.add_argument(
        "--epochs",
        type=positive,
        metavar="N",
        help=f"hf: rounds over the articles (default: {Recipe().epochs})",
    )
    parser.add_argument(
        "--seed", type=int, metavar="N", help=f"hf: chance (default: {Recipe().seed})"
    )


def run(arguments: argparse.Namespace) -> int:
    """Train and say where."""
    paths = arguments.path or [find_corpus(Path.cwd()).folder / "train"]
    places, _ = named_places(paths)
    target = arguments.to or Path("models") / arguments.kind
    fit = _fit(arguments)
    trained = train(places, target, fit, replace=arguments.replace, any_split=arguments.any_split)
    print(f"{shown(target)}: {', '.join(trained)} learnt from {_bundles(len(places))}")
    return 0


def _bundles(number: int) -> str:
    return "1 bundle" if number == 1 else f"{number} bundles"


def _fit(arguments: argparse.Namespace) -> Fit:
    if arguments.kind == "crf":
        from ..predictors.labelling.fit import train_crf

        if others := [name for name in _HF_ONLY if getattr(arguments, name) is not None]:
            raise ModelError(f"--{others[0]} for a CRF, expected with hf only")
        return partial(train_crf, progress=Bar("column"))
    if not arguments.base:
        raise ModelError("no --base, expected a model on the Hub or a folder to start from")
    given = {name: getattr(arguments, name) for name in ("epochs", "seed")}
    recipe = Recipe(**{name: value for name, value in given.items() if value is not None})
    return partial(
        train_transformer,
        base=arguments.base,
        names=arguments.columns or [],
        recipe=recipe,
        progress=Bar("step"),
    )
