"""How far two annotations of the same documents agree."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import TypeVar

from ..chains import Chains
from ..model import Article, Claim, Quote
from .alpha import Pairs
from .comparison import LAYER
from .match import (
    OVERLAP,
    claim_pairs,
    mention_pairs,
    near_mentions,
    quote_pairs,
    same_actors,
)
from .ordered import TABLES
from .spans import Bounds, bounds, coverage
from .tally import Tally
from .tiers import Tier, tiers
from .units import TIERS


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the figures of one table follow from, in one document or in several; can be added.

    `found` has a tally for each measure, the first annotation as gold: `exact` for the same place,
    `half` for contents with IoU >= 0.5, either with what else has to be equal (`exact+actor`, where
    actors are aligned by the mentions they share; `half+labels`), and `proportional` for the share
    that one-to-one partners cover. `labels` has the pairs of labels of each field on matched
    records: mentions with the same offsets, contents with IoU >= 0.5.
    """

    found: Mapping[str, Tally]
    labels: Mapping[str, Pairs]
    tiers: Mapping[str, Tier]

    def __add__(self, more: "Agreement") -> "Agreement":
        """That on the documents of both."""
        return Agreement(
            {name: tally.plus(more.found[name]) for name, tally in self.found.items()},
            {name: pairs + more.labels[name] for name, pairs in self.labels.items()},
            {name: tier + more.tiers[name] for name, tier in self.tiers.items()},
        )


Layers = Mapping[str, Agreement]
"""The agreement on each table whose layer both annotations have."""


def compare(one: Article, other: Article) -> Layers:
    """The agreement on one document, in every layer that both annotate exhaustively.

    Raises:
        ValueError: the two do not annotate the same text.
    """
    if one.document.text != other.document.text:
        raise ValueError(f"{one.document.id!r} has two different texts")
    parts = {"mentions": _mentions, "quotes": _quotes, "claims": _claims}
    found = tiers(one, other)
    return {
        table: Agreement(
            *parts[table](one, other),
            {name: tier for name, tier in found.items() if TIERS[name] == table},
        )
        for table in compared(one, other)
    }


def compared(one: Article, other: Article) -> list[str]:
    """The tables whose layer both documents name: elsewhere absence does not mean "none"."""
    shared = set(one.document.layers) & set(other.document.layers)
    return [table for table in TABLES if LAYER[table] in shared]


def total(documents: Iterable[Layers]) -> Layers:
    """The agreement on several documents together: on all their records, not a mean."""
    sums: dict[str, Agreement] = {}
    for layers in documents:
        for table, agreement in layers.items():
            sums[table] = sums[table] + agreement if table in sums else agreement
    return {table: sums[table] for table in TABLES if table in sums}


def speakers(one: Article, other: Article) -> Callable[[Quote, Quote], tuple[set[str], set[str]]]:
    """What gives the speakers of a quote of each side, both as actors of the first.

    An actor of the second that is no actor of the first has a `?` before its slug.
    """
    here, there, aligned = Chains(one), Chains(other), same_actors(one, other)

    def of(a: Quote, b: Quote) -> tuple[set[str], set[str]]:
        translated = {aligned.get(actor.id, f"?{actor.id}") for actor in there.sources(b)}
        return {actor.id for actor in here.sources(a)}, translated

    return of


Part = tuple[dict[str, Tally], dict[str, Pairs]]


def _mentions(one: Article, other: Article) -> Part:
    here, there, aligned = Chains(one), Chains(other), same_actors(one, other)
    matched = mention_pairs(one, other)
    agreed = {
        "exact": len(matched),
        "exact+actor": sum(a.actor == aligned.get(b.actor) for a, b in matched),
        "exact+form": sum(a.form == b.form for a, b in matched),
    }
    labels = {
        "kind": Counter((here.actor(a).kind, there.actor(b).kind) for a, b in matched),
        "form": Counter((a.form, b.form) for a, b in matched),
    }
    return _tallies(agreed, one.mentions, other.mentions, near_mentions(one, other)), labels


def _quotes(one: Article, other: Article) -> Part:
    near, spoken = quote_pairs(one, other), speakers(one, other)
    matched = quote_pairs(one, other, least=OVERLAP)
    said = [spoken(a, b) for a, b in matched]
    agreed = {
        "half": len(matched),
        "half+speaker": sum(a == b for a, b in said),
        "exact": _equal(_content, one.quotes, other.quotes),
    }
    labels = {"form": Counter((a.form, b.form) for a, b in matched)}
    contents = [(bounds(a.content), bounds(b.content)) for a, b in near]
    return _tallies(agreed, one.quotes, other.quotes, contents), labels


def _claims(one: Article, other: Article) -> Part:
    near = claim_pairs(one, other)
    matched = claim_pairs(one, other, least=OVERLAP)
    agreed = {
        "half": len(matched),
        "half+labels": sum(_labels(a) == _labels(b) for a, b in matched),
        "exact": _equal(_content, one.claims, other.claims),
        "exact+labels": _equal(lambda c: (_content(c), _labels(c)), one.claims, other.claims),
    }
    fields = ("kind", "certainty", "polarity")
    labels = {f: Counter((getattr(a, f), getattr(b, f)) for a, b in matched) for f in fields}
    contents = [(bounds(a.content), bounds(b.content)) for a, b in near]
    return _tallies(agreed, one.claims, other.claims, contents), labels


R = TypeVar("R", Quote, Claim)


def _equal(key: Callable[[R], Hashable], ones: Iterable[R], others: Iterable[R]) -> int:
    """How many records have a partner with the same key, one to one.

    They are not asked for among pairs that overlap best: for a greater total overlap, these part
    records that are equal.
    """
    return (Counter(map(key, ones)) & Counter(map(key, others))).total()


def _content(record: Quote | Claim) -> Bounds:
    return bounds(record.content)


def _labels(claim: Claim) -> tuple[str, str, str]:
    return claim.kind, claim.certainty, claim.polarity


def _tallies(
    agreed: Mapping[str, int],
    ones: Sequence[object],
    others: Sequence[object],
    near: Iterable[tuple[Bounds, Bounds]],
) -> dict[str, Tally]:
    """A tally for each measure, the first as gold; `near` are the contents that are paired."""
    predicted, gold = len(others), len(ones)
    found = {name: Tally(n, predicted, n, gold) for name, n in agreed.items()}
    shares = [coverage(one, other) for one, other in near]
    covered, right = fsum(found for found, _ in shares), fsum(right for _, right in shares)
    return {**found, "proportional": Tally(right, predicted, covered, gold)}
