"""The baseline: annotation by rules and word lists, with nothing but the core installed.

Cues, claims and the kinds of names are told by lists of English words (`english.toml`). In other
languages only quotations and capitalised names are found.
"""

from collections.abc import Iterable, Iterator

from ..model import Article, Document
from ..segment import paragraphs, sentences
from .asserting import Asserting
from .compose import compose
from .lexicon import lexicon
from .naming import Naming, tokenized
from .nominals import Nominals
from .quotations import quotations
from .reporting import reported
from .spans import Spans


class Rules:
    """A predictor that has nothing to load."""

    layers = ("actors", "quotes", "claims")

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
    words = lexicon(document.language)
    plain = Article(document)
    stretches = sentences(plain)
    marked = quotations(document.text, paragraphs(plain))
    told = reported(document, stretches, marked, words)
    tokens = [list(tokenized(document.text, stretch)) for stretch in stretches]
    actors = Naming(document, tokens, words).spans()
    if words.lists:
        nominals = Nominals(document.text, tokens, actors, told.cues, words)
        actors = [*actors, *nominals.spans(), *nominals.pronouns(told.contents)]
    claims = Asserting(document, stretches, told.contents, told.cues, marked, words).spans()
    return Spans(actors=actors, contents=told.contents, cues=told.cues, claims=list(claims))
