"""Level 4, claims."""

from collections.abc import Iterator, Sequence

from ..model import Claim, Quote
from .quotes import first_outside
from .rule import Draft, Finding, Rule, check


class E421(Rule):
    """The content of a claim lies in the content of the quote that carries it.

    Reason: the source asserts only what it is quoted with.

    Usual cause: the claim names the wrong quote, or was marked across the frame ("he said").

    Cure: correct `quote`, or cut the frame out of the content.
    """


class E422(Rule):
    """A claim is tied to the innermost quote that carries it.

    Reason: the claimant is who said it first, not who relays it.

    Usual cause: "X reports, citing Y": the claim was tied to X.

    Cure: name the inner quote.
    """


class E423(Rule):
    """What lies inside a quote is not the article's own claim.

    Reason: the article does not assert what it reports somebody to have said.

    Usual cause: `quote` was forgotten.

    Cure: name the innermost quote that carries the claim.
    """


class E424(Rule):
    """A claim is recorded once.

    Reason: two records of one claim count it twice.

    Usual cause: a merge kept both versions of a line whose id was minted twice.

    Cure: delete one of the two.
    """


@check(E421, E422, E423)
def carriers(draft: Draft) -> Iterator[Finding]:
    """Claims against the quotes of their document."""
    for number, claim in draft.claims:
        if claim.quote is None:
            yield from _articles_own(number, claim, draft.quotes.records)
        elif carrier := draft.quote.get(claim.quote):
            yield from _carried(number, claim, carrier, draft.nested.get(carrier.id, ()))


@check(E424)
def duplicates(draft: Draft) -> Iterator[Finding]:
    """Claims with the same content in the same quote."""
    first: dict[object, str] = {}
    for number, claim in draft.claims:
        key = claim.quote, claim.content
        other = first.setdefault(key, claim.id)
        if other != claim.id:
            message = f"{claim.content[0].exact[:40]!r} is claim {other} already"
            yield E424.at("claims", number, message)


def _articles_own(number: int, claim: Claim, quotes: Sequence[Quote]) -> Iterator[Finding]:
    start, end = claim.content[0].start, claim.content[-1].end
    around = [q for q in quotes if q.content[0].start <= start and end <= q.content[-1].end]
    holding = [q for q in around if first_outside(claim.content, q.content) is None]
    if holding:
        outer = {quote.within for quote in holding}
        innermost = next((quote for quote in holding if quote.id not in outer), holding[0])
        message = f"{claim.content[0].exact[:40]!r} lies in quote {innermost.id}"
        yield E423.at("claims", number, message, hint="a claim in a quote names it")


def _carried(
    number: int, claim: Claim, carrier: Quote, inner: Sequence[Quote]
) -> Iterator[Finding]:
    if span := first_outside(claim.content, carrier.content):
        message = f"{span.exact[:40]!r} is not in the content of {carrier.id}"
        yield E421.at("claims", number, message, pointer="/content")
        return
    for quote in inner:
        if first_outside(claim.content, quote.content) is None:
            message = f"tied to {carrier.id}, but {quote.id} inside it carries the claim too"
            yield E422.at("claims", number, message, pointer="/quote")
            return
