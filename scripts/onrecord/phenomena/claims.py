"""Phenomena of claims: whose they are, how firm, and what they do."""

from ..model import Claim
from .phenomenon import Phenomenon, phenomenon
from .view import View


@phenomenon("claim")
def of_article(claim: Claim, _: View) -> bool:
    """The article itself asserts it: no quote carries the claim.

    Example: The uncle is calm. (dry-dock-on-credit/c-116k)
    """
    return claim.quote is None


@phenomenon("claim")
def of_source(claim: Claim, view: View) -> bool:
    """A source asserts it: the quote that carries the claim has speakers.

    Example: “This is a forgery,” she says. (the-framework-leaked/c-e26q)
    """
    quote = view.chains.carrier(claim)
    return quote is not None and bool(quote.speakers)


@phenomenon("claim")
def of_unnamed_source(claim: Claim, view: View) -> bool:
    """The quote that carries the claim has speakers, and none of their actors is ever named.

    Example: "It will be July at the latest," the official said.
    (wheat-jumps-as-freeze-fades/c-0j90)
    """
    quote = view.chains.carrier(claim)
    return quote is not None and bool(quote.speakers) and not view.chains.is_named(quote)


@phenomenon("claim")
def of_no_source(claim: Claim, view: View) -> bool:
    """The quote that carries the claim has no speakers.

    Example: Two shipyards are supposed to have promised orders. (dry-dock-on-credit/c-1zff)
    """
    quote = view.chains.carrier(claim)
    return quote is not None and not quote.speakers


@phenomenon("claim")
def relayed(claim: Claim, view: View) -> bool:
    """The quote that carries the claim is itself reported inside another one.

    Example: citing the same Command, that two sailors were wounded by splinters.
    (no-shot-was-fired/c-jzyr)
    """
    quote = view.chains.carrier(claim)
    return quote is not None and quote.within is not None


@phenomenon("claim")
def negative(claim: Claim, _: View) -> bool:
    """The claim says that something is not so, whoever asserts it.

    Example: The answers were not weighted. (no-edges-ahead/c-pbb3)
    """
    return claim.polarity == "negative"


@phenomenon("claim")
def denial(claim: Claim, _: View) -> bool:
    """A quote carries the claim, and it says that something is not so.

    Example: ‘Flares do not throw splinters,’ he remarked. (no-shot-was-fired/c-fhm6)
    """
    return claim.polarity == "negative" and claim.quote is not None


@phenomenon("claim")
def probable(claim: Claim, _: View) -> bool:
    """The claim is hedged as likely.

    Example: Exports this season are expected to total 9.4 million tonnes
    (levy-frozen-in-lotovai/c-kvvq)
    """
    return claim.certainty == "probable"


@phenomenon("claim")
def possible(claim: Claim, _: View) -> bool:
    """The claim is hedged as possible.

    Example: Aurel's National Concord may soon need every one of them.
    (halvic-in-the-boatyard/c-ej48)
    """
    return claim.certainty == "possible"


@phenomenon("claim")
def conditional(claim: Claim, _: View) -> bool:
    """The claim holds only under a stated condition.

    Example: “The debt is bearable if the registry recovers,” she says.
    (dry-dock-on-credit/c-m4cn)
    """
    return claim.certainty == "conditional"


@phenomenon("claim")
def fact(claim: Claim, _: View) -> bool:
    """The claim can be true or false and is none of the other kinds.

    Example: ‘She was fired upon.’ (no-shot-was-fired/c-y0sz)
    """
    return claim.kind == "fact"


@phenomenon("claim")
def accusation(claim: Claim, _: View) -> bool:
    """The wording presents a named actor's act as wrong.

    Example: it was the Kadreshis who shot first, recklessly and at an unarmed ship.
    (no-shot-was-fired/c-01z6)
    """
    return claim.kind == "accusation"


@phenomenon("claim")
def evaluation(claim: Claim, _: View) -> bool:
    """A value word carries the claim.

    Example: “He was always well prepared,” Mr Deshek wrote. (oriel-hazand/c-ra9k)
    """
    return claim.kind == "evaluation"


@phenomenon("claim")
def intention(claim: Claim, _: View) -> bool:
    """A future act is presented as decided or aimed at by its agent.

    Example: Repayments begin in January. (dry-dock-on-credit/c-yh0b)
    """
    return claim.kind == "intention"


@phenomenon("claim")
def prediction(claim: Claim, _: View) -> bool:
    """The claim is about what will or would happen.

    Example: Associate dues would come to 14 million hopa a year, her office said.
    (no-edges-ahead/c-47w1)
    """
    return claim.kind == "prediction"


@phenomenon("claim")
def demand(claim: Claim, _: View) -> bool:
    """The claimant urges or requires that something be done.

    Example: Mourners should use the northern gate, the Transport Ministry said, as the
    coach park is being resurfaced. (oriel-hazand/c-znyh)
    """
    return claim.kind == "demand"


@phenomenon("claim")
def targeted(claim: Claim, _: View) -> bool:
    """The claim is an accusation or a demand that says whom it is aimed at.

    Example: "A vessel of ours was fired on in our own waters and we expect an explanation,"
    Varga said (night-off-cape-orzan/c-2g32)
    """
    return bool(claim.targets)


@phenomenon("claim")
def discontinuous(claim: Claim, _: View) -> bool:
    """The content has several parts.

    Example: General Tsekudo, Lansor alleges, is trading in land his army does not hold.
    (the-framework-leaked/c-ffkc)
    """
    return len(claim.content) > 1


@phenomenon("claim")
def headline(claim: Claim, view: View) -> bool:
    """A part of the content stands in the headline.

    Example: To depend less on its flag, Aukareva has pawned it (dry-dock-on-credit/c-peas)
    """
    return view.in_headline(claim.content)


CLAIMS: tuple[Phenomenon[Claim], ...] = (
    of_article,
    of_source,
    of_unnamed_source,
    of_no_source,
    relayed,
    negative,
    denial,
    probable,
    possible,
    conditional,
    fact,
    accusation,
    evaluation,
    intention,
    prediction,
    demand,
    targeted,
    discontinuous,
    headline,
)
