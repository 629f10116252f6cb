"""The phenomena that records show; adding one is one function and one name in its module.

All follow from the data alone, whatever its language. What would need word lists or a tagger is
none of them: nouns as cues, cues of denial or expectation, anonymity in so many words; nor is what
needs the whole corpus, such as several articles on one story.
"""

from collections.abc import Mapping
from typing import Any

from ..model import Record
from .claims import CLAIMS
from .documents import DOCUMENTS
from .mentions import MENTIONS
from .phenomenon import Phenomenon
from .quotes import QUOTES
from .speakers import SPEAKERS
from .view import View

LAYERS: Mapping[str, tuple[Phenomenon[Any], ...]] = {
    "document": DOCUMENTS,
    "mention": MENTIONS,
    "quote": (*QUOTES, *SPEAKERS),
    "claim": CLAIMS,
}
"""The phenomena of each layer."""

PHENOMENA: tuple[Phenomenon[Any], ...] = tuple(p for layer in LAYERS.values() for p in layer)
"""Every phenomenon."""


def shown(view: View, layer: str) -> dict[str, tuple[str, ...]]:
    """For each record of `layer` of an article, by id, the names of the phenomena it shows.

    Names stand in the order in which the phenomena are declared.
    """
    tests = [(phenomenon.name, phenomenon.shows) for phenomenon in LAYERS[layer]]
    return {
        record.id: tuple(name for name, shows in tests if shows(record, view))
        for record in _records(view, layer)
    }


def _records(view: View, layer: str) -> list[Record]:
    return [view.article.document] if layer == "document" else view.article.table(f"{layer}s")
