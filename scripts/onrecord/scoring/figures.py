"""The figures of an agreement, for a program and as tables to read."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..markdown import table
from .agreement import Agreement, Layers
from .alpha import nominal_alpha, unitized_alpha
from .kappa import kappa
from .tally import Tally

Figures = dict[str, Any]
"""The figures of one document, or of all, by table: what JSON can hold."""

Gammas = Mapping[str, float | None]
"""The gamma of each tier."""

Columns = Mapping[str, str]
"""The way to a figure, its steps joined by dots, for each head of a table."""

TABLES: Mapping[str, Columns] = {
    "mentions": {
        "A": "mentions.one",
        "B": "mentions.other",
        "F1": "mentions.measures.exact.f1",
        "+actor": "mentions.measures.exact+actor.f1",
        "+form": "mentions.measures.exact+form.f1",
        "prop.": "mentions.measures.proportional.f1",
        "α": "mentions.tiers.mentions.alpha",
        "uα": "mentions.tiers.mentions.unitized_alpha",
        "γ": "mentions.tiers.mentions.gamma",
    },
    "quotes": {
        "A": "quotes.one",
        "B": "quotes.other",
        "F1": "quotes.measures.half.f1",
        "+speaker": "quotes.measures.half+speaker.f1",
        "exact": "quotes.measures.exact.f1",
        "prop.": "quotes.measures.proportional.f1",
        "α": "quotes.tiers.quotes.alpha",
        "uα": "quotes.tiers.quotes.unitized_alpha",
        "γ": "quotes.tiers.quotes.gamma",
    },
    "cues": {
        "α": "quotes.tiers.cues.alpha",
        "uα": "quotes.tiers.cues.unitized_alpha",
        "γ": "quotes.tiers.cues.gamma",
    },
    "claims": {
        "A": "claims.one",
        "B": "claims.other",
        "F1": "claims.measures.half.f1",
        "+labels": "claims.measures.half+labels.f1",
        "exact": "claims.measures.exact.f1",
        "exact+labels": "claims.measures.exact+labels.f1",
        "prop.": "claims.measures.proportional.f1",
        "α": "claims.tiers.claims.alpha",
        "uα": "claims.tiers.claims.unitized_alpha",
        "γ": "claims.tiers.claims.gamma",
    },
    "labels (κ)": {
        "actor kind": "mentions.labels.kind.kappa",
        "mention form": "mentions.labels.form.kappa",
        "quote form": "quotes.labels.form.kappa",
        "claim kind": "claims.labels.kind.kappa",
        "certainty": "claims.labels.certainty.kappa",
        "polarity": "claims.labels.polarity.kappa",
    },
}
"""The tables of the command by their title; their rows are documents."""

MAIN: Columns = {
    "mentions": "mentions.measures.exact.f1",
    "+actor": "mentions.measures.exact+actor.f1",
    "α mentions": "mentions.tiers.mentions.alpha",
    "quotes": "quotes.measures.half.f1",
    "+speaker": "quotes.measures.half+speaker.f1",
    "α quotes": "quotes.tiers.quotes.alpha",
    "claims": "claims.measures.half.f1",
    "+labels": "claims.measures.half+labels.f1",
    "α claims": "claims.tiers.claims.alpha",
}
"""The one table that says the most: F1, and the alpha of tokens."""


def figures(layers: Layers, gammas: Gammas | None = None) -> Figures:
    """Every figure of one document or of several, None where it is not defined.

    For each table the numbers of records, `measures` (F1, precision and recall with the first
    annotation as gold), `labels` (kappa) and `tiers` (alpha of tokens and of units, and gamma where
    it is given).
    """
    return {name: _figures(agreement, gammas) for name, agreement in layers.items()}


def markdown(rows: Mapping[str, Figures], columns: Columns) -> str:
    """One row for each of `rows`; without columns that no row has, empty where none is left."""
    found = {name: dict(_leaves(row)) for name, row in rows.items()}
    kept = {head: way for head, way in columns.items() if any(way in row for row in found.values())}
    lines = [[name, *(row.get(way) for way in kept.values())] for name, row in found.items()]
    return table(["document", *kept], lines) if kept else ""


def left_out(row: Figures) -> dict[str, int]:
    """How many units of each tier the alpha of units does not see."""
    found = [tier for of_table in row.values() for tier in of_table["tiers"].items()]
    return {name: tier["left_out"] for name, tier in found if tier["left_out"]}


def _figures(agreement: Agreement, gammas: Gammas | None) -> Figures:
    exact = agreement.found["exact"]
    return {
        "one": exact.gold,
        "other": exact.predicted,
        "measures": {name: _f1(tally) for name, tally in agreement.found.items()},
        "labels": {
            name: {"pairs": pairs.total(), "kappa": kappa(pairs)}
            for name, pairs in agreement.labels.items()
        },
        "tiers": {
            name: {
                "tokens": tier.tokens.total(),
                "alpha": nominal_alpha(tier.tokens),
                "unitized_alpha": unitized_alpha(tier.texts),
                "left_out": tier.left_out,
                **({} if gammas is None else {"gamma": gammas[name]}),
            }
            for name, tier in agreement.tiers.items()
        },
    }


def _f1(tally: Tally) -> dict[str, float | None]:
    shares = {"f1": tally.f1, "precision": tally.precision, "recall": tally.recall}
    return {**shares, "right": tally.right, "found": tally.found}


def _leaves(node: Figures, way: str = "") -> Iterator[tuple[str, float | None]]:
    """Every figure with the way to it."""
    for step, below in node.items():
        if isinstance(below, dict):
            yield from _leaves(below, f"{way}{step}.")
        else:
            yield f"{way}{step}", below
