"""The baseline: annotation by rules and word lists, with nothing but the core installed.

Cues, claims and the kinds of names are told by lists of English words (`english.toml`). In other
languages only quotations and capitalised names are found.
"""

from collections.abc import Iterable, Iterator

from ..model import Article, Document
from ..schema import layers
from .composing.compose import compose
from .finding.asserting import asserted
from .finding.kinds import named
from .finding.naming import Naming
from .finding.nominals import Nominals
from .finding.pronouns import Pronouns
from .finding.reading import read
from .finding.reporting import reported
from .flat import Spans


class Rules:
    """A predictor that has nothing to load."""

    layers = layers()
    failed = 0

    def predict(self, documents: Iterable[Document]) -> Iterator[Article]:
        """An annotated article for each document."""
        for document in documents:
            yield compose(document, spans(document), self.layers)

    def remarks(self) -> list[str]:
        """Nothing: rules tell nothing of their own accord."""
        return []


def open_rules(_where: str) -> Rules:
    """The rules; there is nowhere to read them from."""
    return Rules()


def spans(document: Document) -> Spans:
    """What the rules find in one document."""
    reading = read(document)
    told = reported(reading)
    names = list(named(reading, Naming(reading).names()))
    actors = [*names]
    if reading.words.lists:
        actors += Nominals(reading, names, told.cues).spans()
        actors += Pronouns(reading, names, told.contents).spans()
    claims = list(asserted(reading, told))
    return Spans(actors=actors, contents=told.contents, cues=told.cues, claims=claims)
