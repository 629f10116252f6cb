"""Measures of claims: what is asserted, by whom, and how."""

from collections.abc import Sequence

from ...model import Claim
from ..comparison import Annotation, Comparison
from ..credit import Credits, equal, paired, twice
from ..measure import Measure, accuracy, by_record, macro
from ..spans import coverage


@by_record("claims")
def strict(c: Comparison) -> Credits:
    """The same content, all its parts."""
    return equal(c.gold.assertions, c.predicted.assertions)


@by_record("claims")
def proportional(c: Comparison) -> Credits:
    """The share of each content that its partner covers, paired so that overlap is greatest."""
    gold, predicted = c.gold.assertions, c.predicted.assertions
    earned = [coverage(gold[i], predicted[j]) for i, j in c.claims]
    return paired(c.claims, [1.0] * len(gold), [1.0] * len(predicted), earned)


@by_record("claims", "quotes")
def claimant(c: Comparison) -> Credits:
    """The content overlaps by half, and the right actor asserts it, as for the speaker of a quote.

    The article is the claimant where no quote carries the claim; each claimant counts.
    """
    right = [float(c.right_claimants(*pair)) for pair in _matched(c)]
    return paired(c.matched_claims, _claimants(c.gold), _claimants(c.predicted), twice(right))


@accuracy("claims", "quotes")
def claimant_accuracy(c: Comparison) -> Sequence[bool]:
    """Of claims whose contents overlap by half, the share whose claimants are all right."""
    return [c.has_claimants(*pair) for pair in _matched(c)]


@macro("claims", "kind")
def kind(c: Comparison) -> Sequence[tuple[str, str]]:
    """The kind of claims whose contents overlap by half."""
    return [(gold.kind, predicted.kind) for gold, predicted in _matched(c)]


@macro("claims", "certainty")
def certainty(c: Comparison) -> Sequence[tuple[str, str]]:
    """The certainty of claims whose contents overlap by half."""
    return [(gold.certainty, predicted.certainty) for gold, predicted in _matched(c)]


@macro("claims", "polarity")
def polarity(c: Comparison) -> Sequence[tuple[str, str]]:
    """The polarity of claims whose contents overlap by half."""
    return [(gold.polarity, predicted.polarity) for gold, predicted in _matched(c)]


def _matched(c: Comparison) -> list[tuple[Claim, Claim]]:
    return [(c.gold.claims[i], c.predicted.claims[j]) for i, j in c.matched_claims]


def _claimants(side: Annotation) -> list[float]:
    """How many claimants each claim has."""
    carriers = (side.view.chains.carrier(claim) for claim in side.claims)
    return [1.0 if quote is None else float(len(side.spoken(quote))) for quote in carriers]


CLAIMS: tuple[Measure, ...] = (
    strict,
    proportional,
    claimant,
    claimant_accuracy,
    kind,
    certainty,
    polarity,
)
