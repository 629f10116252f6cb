"""The tokens and the units of two annotations of one document, side by side."""

from collections import Counter
from dataclasses import dataclass

from ..model import Article
from ..segment import tokens
from .alpha import Pairs, Unitized
from .units import Unit, flat, token_labels, units


@dataclass(frozen=True, slots=True)
class Tier:
    """How two annotators label the tokens and divide the texts; can be added.

    `left_out` is the number of units, of both, that overlap a longer one of the same label: they
    are not in `texts`.
    """

    tokens: Pairs
    texts: tuple[Unitized, ...]
    left_out: int = 0

    def __add__(self, more: "Tier") -> "Tier":
        """That of the documents of both."""
        left_out = self.left_out + more.left_out
        return Tier(self.tokens + more.tokens, self.texts + more.texts, left_out)


def tiers(one: Article, other: Article) -> dict[str, Tier]:
    """Every tier of `units`.

    Tokens are those of the first document without annotations: names keep sentences from being
    parted, and the two need not have the same names.
    """
    stretches = tokens(Article(one.document))
    length = len(one.document.text)
    here, there = units(one), units(other)

    def tier(a: list[Unit], b: list[Unit]) -> Tier:
        kept = Unitized(length, flat(a), flat(b))
        labels = zip(token_labels(stretches, a), token_labels(stretches, b), strict=True)
        return Tier(Counter(labels), (kept,), len(a) + len(b) - len(kept.one) - len(kept.other))

    return {name: tier(here[name], there[name]) for name in here}
