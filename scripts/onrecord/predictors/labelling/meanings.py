"""What the types of a model's labels mean here: a column, and a type of it."""

from collections.abc import Iterable, Mapping

from ...iob import columns
from .decode import parted

_NER: Mapping[str, str] = {
    "per": "person",
    "pers": "person",
    "person": "person",
    "org": "organization",
    "organisation": "organization",
    "corporation": "organization",
    "gpe": "gpe",
    "norp": "gpe",  # mostly adjectives of nationality, which are mentions of the country
}
"""Kinds of actors by what CoNLL-2003, OntoNotes and their kin call them."""

_PLACES = ("loc", "location")
"""Countries and cities for models that do not tell them from mountains and rivers."""


def meanings(labels: Iterable[str], column: str = "") -> dict[str, tuple[str, str]]:
    """Column and type for each type of these labels that has a place; our own names win.

    Types that several columns have are told apart only by the `column` of the model.
    """
    types = sorted({name for _, name in map(parted, labels) if name})
    ours = {name: (c.name, name) for c in columns() for name in c.types if column in ("", c.name)}
    if not column:
        ours.pop("unspecified")
    tells = any(name.casefold() == "gpe" for name in types)
    kinds = {**_NER, **({} if tells else dict.fromkeys(_PLACES, "gpe"))}
    found = {}
    for name in types:
        if place := ours.get(name.casefold()):
            found[name] = place
        elif kind := kinds.get(name.casefold()):
            found[name] = ("actors", kind)
    return found
