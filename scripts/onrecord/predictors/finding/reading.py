"""A document as the rules read it: sentences, words, quotations, and the lists of its language."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...model import Article, Document
from ...segment import Stretch, paragraphs, sentences
from ..lexicon import Lexicon, lexicon
from .quotations import Quotation, quotations
from .tokens import Token, tokenized


@dataclass(frozen=True)
class Reading:
    """What is looked up once; tokens are those of each sentence."""

    document: Document
    sentences: Sequence[Stretch]
    tokens: Sequence[Sequence[Token]]
    quotations: Sequence[Quotation]
    words: Lexicon

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.document.text


def read(document: Document) -> Reading:
    """Read one document."""
    plain = Article(document)
    stretches = sentences(plain)
    return Reading(
        document,
        stretches,
        [list(tokenized(document.text, stretch)) for stretch in stretches],
        quotations(document.text, paragraphs(plain)),
        lexicon(document.language),
    )
