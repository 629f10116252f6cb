"""A predicted annotation of a document beside the gold one, and what belongs to what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..model import Article, Claim, Mention, Quote
from ..phenomena.view import View
from .assignment import assign
from .coreference import Clusters, shared_clusters
from .match import OVERLAP, TIE, mention_pairs, overlapping
from .ordered import Ordered
from .spans import Bounds, bounds, iou, touching

Pairs = list[tuple[int, int]]
"""One-to-one: the index of a gold record and that of a predicted one."""

LAYER = {"mentions": "actors", "coreference": "actors", "quotes": "quotes", "claims": "claims"}
"""The layer that a document must be annotated in, exhaustively, for its groups of measures."""


@dataclass(frozen=True)
class Annotation:
    """One annotation of a document, its records in an order that no file and no id can change."""

    article: Article

    @cached_property
    def view(self) -> View:
        """The article with its chains and sentences."""
        return View(self.article)

    @cached_property
    def _ordered(self) -> Ordered:
        return Ordered(self.article)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The mentions by place."""
        return self._ordered.mentions

    @cached_property
    def quotes(self) -> list[Quote]:
        """The quotes by place of the content."""
        return self._ordered.quotes

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims by place of the content."""
        return self._ordered.claims

    @cached_property
    def contents(self) -> list[Bounds]:
        """Where the content of each quote stands."""
        return [bounds(quote.content) for quote in self.quotes]

    @cached_property
    def assertions(self) -> list[Bounds]:
        """Where the content of each claim stands."""
        return [bounds(claim.content) for claim in self.claims]

    @cached_property
    def kinds(self) -> list[str]:
        """The kind of the actor of each mention."""
        kinds = {actor.id: actor.kind for actor in self.article.actors}
        return [kinds[mention.actor] for mention in self.mentions]

    @cached_property
    def places(self) -> dict[str, list[tuple[int, int]]]:
        """Where each actor is mentioned."""
        places: dict[str, list[tuple[int, int]]] = {}
        for mention in self.mentions:
            places.setdefault(mention.actor, []).append((mention.start, mention.end))
        return places

    def spoken(self, quote: Quote) -> dict[str, list[tuple[int, int]]]:
        """For each actor that speaks a quote, where it does so."""
        found: dict[str, list[tuple[int, int]]] = {}
        for mention in self.view.chains.speakers(quote):
            found.setdefault(mention.actor, []).append((mention.start, mention.end))
        return found


@dataclass(frozen=True)
class Comparison:
    """The gold annotation of a document, and a predicted one of the same text."""

    gold: Annotation
    predicted: Annotation

    @cached_property
    def mentions(self) -> list[tuple[Mention, Mention]]:
        """Mentions with the same offsets, one to one, those of one actor first."""
        return mention_pairs(self.gold.article, self.predicted.article)

    @cached_property
    def clusters(self) -> tuple[Clusters, Clusters]:
        """The mentions of each actor; those with the same offsets are one on both sides."""
        return shared_clusters(self.gold.article, self.predicted.article, self.mentions)

    @cached_property
    def mention_edges(self) -> Pairs:
        """All mentions that share a character."""
        ours, theirs = (
            [((m.start, m.end),) for m in side.mentions] for side in (self.gold, self.predicted)
        )
        return list(touching(ours, theirs))

    @cached_property
    def quotes(self) -> Pairs:
        """The pairing of quotes with the greatest overlap.

        Equal overlaps are told by the cue, then by the speakers.
        """
        return self._quotes(least=0.0)

    @cached_property
    def matched_quotes(self) -> Pairs:
        """The same among quotes whose contents overlap by half."""
        return self._quotes(least=OVERLAP)

    @cached_property
    def claims(self) -> Pairs:
        """The pairing of claims with the greatest overlap.

        Equal overlaps are told by the claimants, then by the kind.
        """
        return self._claims(least=0.0)

    @cached_property
    def matched_claims(self) -> Pairs:
        """The same among claims whose contents overlap by half."""
        return self._claims(least=OVERLAP)

    def right_speakers(self, gold: Quote, predicted: Quote) -> int:
        """How many of the actors that speak are right, one to one.

        A predicted speaker is right where the mention that speaks overlaps by half any mention of
        an actor that speaks the gold quote.
        """
        ours = [self.gold.places[actor] for actor in self.gold.spoken(gold)]
        theirs = list(self.predicted.spoken(predicted).values())
        return len(assign(dict.fromkeys(_reaching(ours, theirs), 1.0)))

    def has_speakers(self, gold: Quote, predicted: Quote) -> bool:
        """Whether all speakers are right, none is missing and none is too many."""
        right = self.right_speakers(gold, predicted)
        return right == len(self.gold.spoken(gold)) == len(self.predicted.spoken(predicted))

    def has_chain(self, gold: Quote, predicted: Quote) -> bool:
        """Whether the source chains are equal: as long, and each link spoken by the same actors."""
        ours = self.gold.view.chains.chain(gold)
        theirs = self.predicted.view.chains.chain(predicted)
        return len(ours) == len(theirs) and all(map(self.has_speakers, ours, theirs))

    def right_claimants(self, gold: Claim, predicted: Claim) -> int:
        """How many claimants are right, one to one; the article is one where no quote carries."""
        ours, theirs = self.carriers(gold, predicted)
        if ours is None or theirs is None:
            return int(ours is theirs)
        return self.right_speakers(ours, theirs)

    def has_claimants(self, gold: Claim, predicted: Claim) -> bool:
        """Whether the claimants are the same: the article, or actors, or nobody named."""
        ours, theirs = self.carriers(gold, predicted)
        if ours is None or theirs is None:
            return ours is theirs
        return self.has_speakers(ours, theirs)

    def carriers(self, gold: Claim, predicted: Claim) -> tuple[Quote | None, Quote | None]:
        """The quotes that carry both."""
        return self.gold.view.chains.carrier(gold), self.predicted.view.chains.carrier(predicted)

    def _quotes(self, *, least: float) -> Pairs:
        def ties(gold: Quote, predicted: Quote) -> float:
            same_cue = bounds(gold.cue) == bounds(predicted.cue)
            return TIE * (2 * same_cue + self.has_speakers(gold, predicted))

        return assign(overlapping(self.gold.quotes, self.predicted.quotes, ties=ties, least=least))

    def _claims(self, *, least: float) -> Pairs:
        def ties(gold: Claim, predicted: Claim) -> float:
            same_kind = gold.kind == predicted.kind
            return TIE * (2 * self.has_claimants(gold, predicted) + same_kind)

        return assign(overlapping(self.gold.claims, self.predicted.claims, ties=ties, least=least))


def _reaching(
    ours: Sequence[Iterable[tuple[int, int]]], theirs: Sequence[Iterable[tuple[int, int]]]
) -> list[tuple[int, int]]:
    """The pairs of which some places overlap by half."""
    return [
        (i, j)
        for i, mentions in enumerate(ours)
        for j, speaking in enumerate(theirs)
        if any(iou((one,), (other,)) >= OVERLAP for one in mentions for other in speaking)
    ]
