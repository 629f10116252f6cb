"""Arguments that several commands take."""

import argparse
from pathlib import Path

from ..checks import RULES
from ..paths import Corpus, Place, corpus_at, find_corpus, places_at
from ..problem import NotFoundError


def add_paths(
    parser: argparse.ArgumentParser, *, default: str = "the corpus around the working directory"
) -> None:
    """Declare PATH, any number of times; `default` is what its absence means."""
    parser.add_argument(
        "path",
        nargs="*",
        type=Path,
        metavar="PATH",
        help=f"a checkout, a corpus, a split, a bundle, or a file in one (default: {default})",
    )


def named_places(paths: list[Path]) -> tuple[list[Place], Corpus | None]:
    """The bundles that the command line names, each once, and the corpus if they are all of it.

    Raises:
        NotFoundError: a path leads to no bundle.
    """
    named = paths or [find_corpus(Path.cwd()).folder]
    places = list(dict.fromkeys(place for path in named for place in places_at(path)))
    if not places:
        raise NotFoundError("no bundle found")
    corpus = places[0].corpus
    return places, corpus if set(corpus.places()) == set(places) else None


def add_dataset(parser: argparse.ArgumentParser) -> None:
    """Declare --corpus and --to: what is built, and where."""
    parser.add_argument(
        "--corpus",
        type=Path,
        metavar="DIR",
        help="folder with the splits (default: the corpus around the working directory)",
    )
    parser.add_argument(
        "--to",
        type=Path,
        metavar="DIR",
        help="where the dataset goes (default: dataset/ beside the corpus)",
    )
    parser.add_argument(
        "--withhold-text",
        action="append",
        default=[],
        metavar="LICENCE",
        help="leave out the text of documents under this licence and all words taken from it;"
        " may be given again",
    )


def named_dataset(arguments: argparse.Namespace) -> tuple[Corpus, Path]:
    """The corpus to build, and where its dataset goes.

    Raises:
        NotFoundError: there is no corpus.
    """
    corpus = corpus_at(arguments.corpus) if arguments.corpus else find_corpus(Path.cwd())
    return corpus, arguments.to or corpus.root / "dataset"


def add_ignored(parser: argparse.ArgumentParser) -> None:
    """Declare --ignore: errors that do not keep a command from its work."""
    parser.add_argument(
        "--ignore",
        action="append",
        metavar="CODES",
        help="errors of levels 4 and 5 that do not matter, separated by commas; E4 means all of it",
    )


def ignored(arguments: argparse.Namespace) -> tuple[str, ...]:
    """The beginnings of the codes that --ignore names.

    Raises:
        NotFoundError: no code begins so, or what is below level 4 is to be ignored.
    """
    found = codes(arguments.ignore)
    for code in found:
        if not code.startswith(("E4", "E5")):
            raise NotFoundError(f"{code!r} cannot be ignored, expected codes of E4 or E5")
    return found


def codes(given: list[str] | None) -> tuple[str, ...]:
    """The beginnings of codes that an option names.

    Raises:
        NotFoundError: no code begins like one of them.
    """
    found = tuple(code.strip().upper() for text in given or () for code in text.split(","))
    for code in found:
        if not code or not any(rule.code().startswith(code) for rule in RULES):
            raise NotFoundError(f"no code begins with {code!r}; 'onrecord explain' lists them")
    return found


def positive(text: str) -> int:
    """A number of at least 1, for argparse."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
    return number


def not_negative(text: str) -> int:
    """A number of at least 0, for argparse."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is not at least 0")
    return number
