"""A document as the rules read it: sentences, words, quotations, and the lists of its language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ...model import Article, Document, Section
from ...segment import Stretch, paragraphs, sentences
from ..lexicon import Lexicon, lexicon
from ..overlaps import Nested, Overlaps
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

    @cached_property
    def outermost(self) -> Overlaps[Quotation]:
        """The quotations that lie in no other."""
        return Overlaps(each for each in self.quotations if each.depth == 0)

    @cached_property
    def nested(self) -> Nested[Quotation]:
        """All quotations, by what they hold."""
        return Nested(self.quotations)

    @cached_property
    def sections(self) -> Overlaps[Section]:
        """The sections by offset."""
        return Overlaps(self.document.sections)

    def role(self, offset: int) -> str:
        """The role of the section at an offset, empty if there is none."""
        return next((each.role for each in self.sections.overlapping(offset, offset + 1)), "")

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
