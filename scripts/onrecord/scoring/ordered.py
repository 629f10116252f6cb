"""The records of an annotation in an order that neither files nor ids can change.

Of pairings that weigh the same one has to be taken, and records that stand on the same place are
then told by what they are. An id decides only between records that differ in nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

from ..model import Article, Claim, Mention, Quote
from .spans import bounds

Key = tuple[Any, ...]
"""What a record is without ids: keys of one table can be compared."""

Table = Literal["mentions", "quotes", "claims"]
TABLES: tuple[Table, ...] = get_args(Table)
"""The tables whose records are paired."""


@dataclass(frozen=True)
class Ordered:
    """The records of an article, each list by place, then by what else is known of it.

    What refers to no record is passed over, so that parts of an article can be compared.
    """

    article: Article

    @cached_property
    def actors(self) -> list[str]:
        """The ids of the actors that are mentioned, by their mentions."""
        return sorted(self._portraits, key=lambda name: (self._portraits[name], name))

    @cached_property
    def mentions(self) -> list[Mention]:
        """The mentions by place, form, what they speak, and actor."""
        return sorted(self.article.mentions, key=lambda m: (*self._mention(m), m.id))

    @cached_property
    def quotes(self) -> list[Quote]:
        """The quotes by content, cue, form, speakers, those that relay them, and claims."""
        return sorted(self.article.quotes, key=lambda q: (*self._quote(q), q.id))

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims by content, labels, and the quote that carries them."""
        return sorted(self.article.claims, key=lambda c: (*self._claim(c), c.id))

    def key(self, table: Table) -> Key:
        """What the records of one table are without ids."""
        if table == "mentions":
            return tuple(self._mention(mention) for mention in self.mentions)
        if table == "quotes":
            return tuple(self._quote(quote) for quote in self.quotes)
        return tuple(self._claim(claim) for claim in self.claims)

    @cached_property
    def _by_id(self) -> tuple[dict[str, Mention], dict[str, Quote]]:
        mentions = {mention.id: mention for mention in self.article.mentions}
        return mentions, {quote.id: quote for quote in self.article.quotes}

    @cached_property
    def _roles(self) -> dict[str, Key]:
        """By id of a mention, the contents and cues that it speaks or is told."""
        found: dict[str, list[Key]] = defaultdict(list)
        for quote in self.article.quotes:
            said = bounds(quote.content), bounds(quote.cue)
            for role, names in enumerate((quote.speakers, quote.addressees)):
                for name in names:
                    found[name].append((role, *said))
        return {name: tuple(sorted(roles)) for name, roles in found.items()}

    @cached_property
    def _portraits(self) -> dict[str, Key]:
        """By id of an actor, its mentions and its kind."""
        found: dict[str, list[Key]] = defaultdict(list)
        for mention in self.article.mentions:
            found[mention.actor].append(self._place(mention))
        kinds = {actor.id: actor.kind for actor in self.article.actors}
        return {name: (tuple(sorted(places)), kinds[name]) for name, places in found.items()}

    @cached_property
    def _carried(self) -> dict[str, list[Key]]:
        found: dict[str, list[Key]] = defaultdict(list)
        for claim in self.article.claims:
            if claim.quote is not None:
                found[claim.quote].append(bounds(claim.content))
        return found

    def _place(self, mention: Mention) -> Key:
        return mention.start, mention.end, mention.form, self._roles.get(mention.id, ())

    def _mention(self, mention: Mention) -> Key:
        return *self._place(mention), self._portraits[mention.actor]

    def _quote(self, quote: Quote) -> Key:
        _, quotes = self._by_id
        links, seen = [self._link(quote)], {quote.id}
        above = quotes.get(quote.within or "")
        while above is not None and above.id not in seen:
            links.append(self._link(above))
            seen.add(above.id)
            above = quotes.get(above.within or "")
        return *links[0], tuple(links[1:]), tuple(sorted(self._carried.get(quote.id, ())))

    def _link(self, quote: Quote) -> Key:
        people = self._people(quote.speakers), self._people(quote.addressees)
        return bounds(quote.content), bounds(quote.cue), quote.form, *people

    def _people(self, names: Iterable[str]) -> Sequence[Key]:
        mentions, _ = self._by_id
        return tuple(sorted(self._mention(mentions[name]) for name in names if name in mentions))

    def _claim(self, claim: Claim) -> Key:
        _, quotes = self._by_id
        carrier = quotes.get(claim.quote or "")
        labels = claim.kind, claim.certainty, claim.polarity
        return bounds(claim.content), *labels, () if carrier is None else self._quote(carrier)
