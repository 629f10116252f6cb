"""Ways out of the corpus; adding one is one module and one name here."""

from importlib import import_module

from ..standoff.format import Exporter

NAMES = (
    "interlinear",
    "brat",
    "label-studio",
    "doccano",
    "cas-xmi",
    "cas-json",
    "web-annotation",
    "tei",
    "spacy",
    "conll",
    "conllu",
    "csv",
)
"""What the formats are called; a module is called the same, with `_` for `-`."""


def exporter(name: str) -> Exporter:
    """The way out of that name; its module is loaded only now, since there are many."""
    found: Exporter = import_module(f".{name.replace('-', '_')}", __name__).EXPORTER
    return found
