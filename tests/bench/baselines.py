"""Score the baselines on held-out articles, and write the page that says what they reach.

    python -m tests.bench.baselines [--to scripts]

Writes RESULTS.md and results.svg. The CRF learns from the train split; nothing has been chosen by
looking at validation or test. Beside the models stands what two annotations made apart from each
other reach when one is scored against the other.
"""

import argparse
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from onrecord.markdown import table
from onrecord.model import Article
from onrecord.paths import Corpus, Place
from onrecord.predict import predict
from onrecord.predictions import read_predictions
from onrecord.predictors import open_predictor
from onrecord.predictors.labelling.fit import train_crf
from onrecord.scoring.breakdown import Part, by_phenomenon
from onrecord.scoring.comparison import Comparison
from onrecord.scoring.score import Result, compare, score
from onrecord.store import read_articles

from ..conftest import ROOT

CORPUS = Corpus(ROOT / "corpus")
HELD_OUT = ("validation", "test")

SHOWN = {
    "mentions": ("strict", "partial"),
    "coreference": ("conll", "lea"),
    "quotes": (
        "content-strict", "content-proportional", "cue-strict", "speaker", "speaker-accuracy",
        "full", "source-chain",
    ),
    "claims": ("strict", "proportional", "claimant", "kind", "certainty", "polarity"),
}  # fmt: skip
"""The measures of the page."""

BROKEN_DOWN = {"mention": "mentions:strict", "quote": "quotes:speaker", "claim": "claims:claimant"}
"""The measure by which the records of each layer are broken down."""

FEW = 3
"""A phenomenon is shown from so many gold records on."""

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class System:
    """Something that annotates: for each held-out split its annotations beside gold ones."""

    name: str
    compared: Mapping[str, list[Comparison]]


def main() -> None:
    """Write into the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "scripts")
    write(parser.parse_args().to)


def write(to: Path) -> None:
    """Train, predict, score, and write both files into a folder."""
    with tempfile.TemporaryDirectory() as folder:
        systems = [*_models(Path(folder)), _annotators()]
    (to / "RESULTS.md").write_text(page(systems), encoding="utf-8")
    (to / "results.svg").write_text(picture(systems), encoding="utf-8")


def page(systems: Sequence[System]) -> str:
    """The page of results."""
    tables = {split: _of_split(split, systems) for split in HELD_OUT}
    documents = max(len(compared) for s in systems for compared in s.compared.values())
    parts = _by_phenomenon(systems)
    return _rendered("results.md.jinja", tables=tables, parts=parts, few=FEW, documents=documents)


def picture(systems: Sequence[System]) -> str:
    """The main measures of every system in each split, with their intervals."""
    found = {
        split: {system.name: _results(system.compared[split]) for system in systems}
        for split in HELD_OUT
    }
    rows = [f"{group}:{name}" for group, names in SHOWN.items() for name in names]
    documents = max(len(compared) for s in systems for compared in s.compared.values())
    return _rendered("results.svg.jinja", found=found, rows=rows, documents=documents)


def _models(folder: Path) -> Iterable[System]:
    trained = folder / "crf"
    trained.mkdir()
    train_crf((article for _, article in read_articles(CORPUS.split("train"))), trained)
    for name, spec in (("rules", "rules"), ("crf", f"crf:{trained}")):
        yield System(name, {split: _predicted(split, spec, folder / name) for split in HELD_OUT})


def _predicted(split: str, spec: str, folder: Path) -> list[Comparison]:
    places = list(CORPUS.split(split))
    predict(places, open_predictor(spec), folder, over=True)
    gold = _gold(places)
    texts = {article.document.id: article.document for article in gold}
    return compare(gold, read_predictions(folder / split, texts).articles)


def _annotators() -> System:
    """The second annotation as gold, the first as prediction."""
    sides = (Corpus(CORPUS.folder / name) for name in ("second", "first"))
    second, first = ({split: _gold(side.split(split)) for split in HELD_OUT} for side in sides)
    compared = {
        split: compare(second[split], {a.document.id: a for a in first[split]})
        for split in HELD_OUT
    }
    return System("annotators", compared)


def _gold(places: Iterable[Place]) -> list[Article]:
    return [article for _, article in read_articles(places)]


def _results(compared: Sequence[Comparison]) -> dict[str, Result]:
    return {result.measure.key: result for result in score(compared).results()}


def _of_split(split: str, systems: Sequence[System]) -> str:
    found = [_results(system.compared[split]) for system in systems]
    rows = [
        [*_named(found[0][f"{group}:{name}"]), *(_figure(of[f"{group}:{name}"]) for of in found)]
        for group, names in SHOWN.items()
        for name in names
    ]
    return table(["measure", "gold", *(system.name for system in systems)], rows)


def _named(result: Result) -> tuple[str, int | None]:
    """The measure, marked where it judges matched pairs, and else how many units gold has."""
    judged = result.measure.kind in ("accuracy", "macro-F1")
    counted = result.measure.kind == "F1"
    name = result.measure.key.replace(":", " ")
    return f"{name} *" if judged else name, result.gold if counted else None


def _by_phenomenon(systems: Sequence[System]) -> dict[str, str]:
    """For each layer a table of what its records show, over all held-out articles."""
    broken = [_parts([c for split in HELD_OUT for c in s.compared[split]]) for s in systems]
    found = {}
    for layer, measure in BROKEN_DOWN.items():
        names = [n for n in broken[0] if n.startswith(f"{layer}:") and measure in broken[0][n]]
        rows = [
            [name.partition(":")[2], broken[0][name][measure].gold]
            + [_figure(of[name][measure]) if measure in of.get(name, {}) else None for of in broken]
            for name in names
            if (broken[0][name][measure].gold or 0) >= FEW
        ]
        head = [layer, "gold", *(system.name for system in systems)]
        found[measure.replace(":", " ")] = table(head, rows)
    return found


def _parts(compared: Sequence[Comparison]) -> dict[str, dict[str, Result]]:
    parts: list[Part] = by_phenomenon(compared, samples=1000)
    return {part.name: {r.measure.key: r for r in part.results} for part in parts}


def _figure(result: Result) -> str:
    if result.figure is None:
        return "-"
    if result.low is None or result.high is None:
        return f"{result.figure:.2f}"
    return f"{result.figure:.2f} ({result.low:.2f} to {result.high:.2f})"


def _rendered(template: str, **values: object) -> str:
    loader = jinja2.FileSystemLoader(HERE)
    environment = jinja2.Environment(
        loader=loader, autoescape=template.endswith(".svg.jinja"), keep_trailing_newline=True,
        trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    return environment.get_template(template).render(**values)


if __name__ == "__main__":
    main()
