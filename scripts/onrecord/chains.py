"""What follows from the references of an article: who speaks, who claims, who relays whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from .model import Actor, Article, Claim, Mention, Quote
from .problem import UncheckedError

R = TypeVar("R", Actor, Mention, Quote)


@dataclass(frozen=True)
class Chains:
    """An article whose references can be followed; what is asked for is indexed once.

    The article has been checked. Whatever follows a reference that leads nowhere, or a chain
    without an end, raises UncheckedError.
    """

    article: Article

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """The actors by id."""
        return {actor.id: actor for actor in self.article.actors}

    @cached_property
    def mentions(self) -> dict[str, Mention]:
        """The mentions by id."""
        return {mention.id: mention for mention in self.article.mentions}

    @cached_property
    def quotes(self) -> dict[str, Quote]:
        """The quotes by id."""
        return {quote.id: quote for quote in self.article.quotes}

    @cached_property
    def named(self) -> frozenset[str]:
        """Ids of the actors that have a mention of form `name`."""
        return frozenset(m.actor for m in self.article.mentions if m.form == "name")

    def actor(self, mention: Mention) -> Actor:
        """Whom a mention refers to."""
        return self._find(self.actors, mention.actor)

    def speakers(self, quote: Quote) -> list[Mention]:
        """The mentions that speak a quote, in the order of its `speakers`; none for no source."""
        return [self._find(self.mentions, name) for name in quote.speakers]

    def addressees(self, quote: Quote) -> list[Mention]:
        """The mentions spoken to, in the order of its `addressees`."""
        return [self._find(self.mentions, name) for name in quote.addressees]

    def sources(self, quote: Quote) -> list[Actor]:
        """The actors that speak a quote, each once, in the order of its speakers."""
        return self._actors(self.speakers(quote))

    def is_named(self, quote: Quote) -> bool:
        """Whether a source of the quote has a mention of form `name` anywhere in the article."""
        return any(mention.actor in self.named for mention in self.speakers(quote))

    def chain(self, quote: Quote) -> list[Quote]:
        """The quote, the one that relays it, and so on outwards to the one the article relays."""
        links = [quote]
        while (name := links[-1].within) is not None:
            links.append(self._find(self.quotes, name))
            if len(links) > len(self.quotes):
                raise UncheckedError(f"quote {quote.id!r} of {quote.doc!r} is within itself")
        return links

    def carrier(self, claim: Claim) -> Quote | None:
        """The innermost quote that carries a claim, None for a claim of the article itself."""
        return None if claim.quote is None else self._find(self.quotes, claim.quote)

    def claimants(self, claim: Claim) -> list[Actor]:
        """The actors that speak the quote which carries the claim, each once.

        None where the article itself asserts it, and where its quote names no source; `carrier`
        tells the two apart.
        """
        quote = self.carrier(claim)
        return [] if quote is None else self.sources(quote)

    def _actors(self, mentions: Iterable[Mention]) -> list[Actor]:
        return [self._find(self.actors, name) for name in dict.fromkeys(m.actor for m in mentions)]

    def _find(self, records: Mapping[str, R], name: str) -> R:
        try:
            return records[name]
        except KeyError:
            where = self.article.document.id
            raise UncheckedError(f"{name!r} is not in {where!r}; see 'onrecord check'") from None
