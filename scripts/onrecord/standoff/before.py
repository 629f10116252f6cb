"""What a document was in the corpus before it went out and came back edited.

Tools keep only what they show, so some edits can be told apart only by what stood there before: a
link taken away from one that fell with its mention, a new annotation from one that lost its id.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from ..model import Actor, Article, Claim, Mention, Quote, Span
from .items import Item

_Record = TypeVar("_Record", Actor, Mention, Quote, Claim)

Place = tuple[tuple[int, int], ...]
"""Start and end of each part of a record."""


class Before:
    """The records of an article by their ids; none where the document is new.

    `chains` has the mentions of each actor in order of the text, as exports link them.
    """

    def __init__(self, article: Article | None = None) -> None:
        self.text = article.document.text if article else ""
        self.actors: dict[str, Actor] = _by_id(article.actors if article else ())
        self.mentions: dict[str, Mention] = _by_id(article.mentions if article else ())
        self.quotes: dict[str, Quote] = _by_id(article.quotes if article else ())
        self.claims: dict[str, Claim] = _by_id(article.claims if article else ())
        self.chains: dict[str, list[str]] = {}
        for mention in self.mentions.values():
            self.chains.setdefault(mention.actor, []).append(mention.id)

    def of(self, known: Iterable[Item]) -> "Before":
        """The same, if some annotation has the id of a record; else nothing.

        Where none has, the document is no export of ours, and was not edited but made anew.
        """
        ids = {*self.mentions, *self.quotes, *self.claims}
        return self if any(item.fields.get("id") in ids for item in known) else Before()

    def __bool__(self) -> bool:
        return bool(self.text)

    def places(self, table: str) -> Iterator[tuple[Place, str]]:
        """The place and the id of each record."""
        for mention in self.mentions.values() if table == "mentions" else ():
            yield ((mention.start, mention.end),), mention.id
        for quote in self.quotes.values() if table == "quotes" else ():
            yield place(quote.content), quote.id
        for claim in self.claims.values() if table == "claims" else ():
            yield place(claim.content), claim.id

    def references(self, item: Item) -> Iterator[tuple[str, str]]:
        """Role and id of each annotation that a quote or claim referred to."""
        name = item.fields.get("id", "")
        if quote := self.quotes.get(name) if item.table == "quotes" else None:
            yield from (("speaker", one) for one in quote.speakers)
            yield from (("addressee", one) for one in quote.addressees)
            yield from (("within", one) for one in (quote.within,) if one)
        if claim := self.claims.get(name) if item.table == "claims" else None:
            yield from (("quote", one) for one in (claim.quote,) if one)

    def targets(self, item: Item) -> tuple[str, ...]:
        """The actors whom a claim was about."""
        claim = self.claims.get(item.fields.get("id", "")) if item.table == "claims" else None
        return claim.targets if claim else ()


def place(spans: Iterable[Span]) -> Place:
    """Where spans stand."""
    return tuple((span.start, span.end) for span in spans)


def _by_id(records: Iterable[_Record]) -> dict[str, _Record]:
    return {record.id: record for record in records}
