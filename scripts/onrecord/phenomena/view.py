"""What the tests of phenomena ask about an article, each worked out once."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from .. import marks
from ..chains import Chains
from ..model import Article, Claim, Mention, Section, Span
from ..segment import Stretch, paragraph_sentences


@dataclass(frozen=True)
class View:
    """A checked article with its chains and sentences, and what follows from them."""

    article: Article

    @cached_property
    def chains(self) -> Chains:
        """The references of the article."""
        return Chains(self.article)

    @cached_property
    def by_paragraph(self) -> list[list[Stretch]]:
        """The sentences of each paragraph, in order."""
        return list(paragraph_sentences(self.article))

    @cached_property
    def sentences(self) -> list[Stretch]:
        """The sentences of the article, in order."""
        return [sentence for found in self.by_paragraph for sentence in found]

    @cached_property
    def speakers(self) -> dict[str, list[Mention]]:
        """The mentions that speak each quote, by its id."""
        return {quote.id: self.chains.speakers(quote) for quote in self.article.quotes}

    @cached_property
    def nested(self) -> frozenset[str]:
        """Ids of the mentions that stand inside a longer one."""
        found, reach, longest = [], 0, (0, 0)
        for mention in sorted(self.article.mentions, key=lambda m: (m.start, -m.end)):
            place = mention.start, mention.end
            if place != longest and mention.end <= reach:
                found.append(mention.id)
            elif mention.end > reach:
                reach, longest = mention.end, place
        return frozenset(found)

    @cached_property
    def speaking(self) -> frozenset[str]:
        """Ids of the mentions that speak in some quote."""
        return frozenset(name for quote in self.article.quotes for name in quote.speakers)

    @cached_property
    def addressed(self) -> frozenset[str]:
        """Ids of the mentions that are spoken to in some quote."""
        return frozenset(name for quote in self.article.quotes for name in quote.addressees)

    @cached_property
    def relaying(self) -> frozenset[str]:
        """Ids of the quotes that another quote is `within`."""
        return frozenset(quote.within for quote in self.article.quotes if quote.within is not None)

    @cached_property
    def carried(self) -> dict[str, list[Claim]]:
        """For each quote that carries claims, by id, those of which it is the innermost quote."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.article.claims:
            if claim.quote is not None:
                found[claim.quote].append(claim)
        return dict(found)

    @cached_property
    def scare_quotes(self) -> list[tuple[int, int]]:
        """Where words stand between quotation marks that are neither in a quote nor a name.

        Start and end of each stretch with its marks; a name may be followed by punctuation.
        """
        article = self.article
        taken = [(span.start, span.end) for quote in article.quotes for span in quote.content]
        taken += [(m.start, m.end) for m in article.mentions if m.form == "name"]
        return [
            (start, end)
            for start, end in marks.enclosed(article.document.text)
            if not any(first < end and start < last for first, last in taken)
        ]

    def has_layer(self, layer: str) -> bool:
        """Whether the article is annotated exhaustively in `layer`, so that absence means none."""
        return layer in self.article.document.layers

    def sentences_of(self, spans: Iterable[Span | Mention]) -> set[int]:
        """The numbers, from 0, of the sentences that spans touch."""
        return {
            number
            for span in spans
            for number in range(self._sentence(span.start), self._sentence(span.end - 1) + 1)
        }

    def in_headline(self, spans: Iterable[Span]) -> bool:
        """Whether one of the spans stands in a headline."""
        if not self._headlines:
            return False
        return any(h.start <= span.start < h.end for span in spans for h in self._headlines)

    def _sentence(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def _headlines(self) -> list[Section]:
        return [s for s in self.article.document.sections if s.role == "headline"]
