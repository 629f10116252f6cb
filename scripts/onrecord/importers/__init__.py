"""Ways into the corpus; adding one is one module and one name here."""

from importlib import import_module

from ..standoff.format import Importer

NAMES = (
    "interlinear",
    "text",
    "html",
    "ninjs",
    "brat",
    "label-studio",
    "doccano",
    "cas-xmi",
    "cas-json",
    "webanno-tsv",
    "web-annotation",
    "tei",
    "spacy",
    "german-wikinews",
    "litbank",
    "gum",
    "claimpt",
)
"""What the formats are called; a module is called the same, with `_` for `-`."""


def importer(name: str) -> Importer:
    """The way in of that name; its module is loaded only now, since there are many."""
    found: Importer = import_module(f".{name.replace('-', '_')}", __name__).IMPORTER
    return found
