"""Cohen's kappa: how far two annotators give the same label, beyond chance."""

from collections import Counter

from .alpha import Pairs


def kappa(pairs: Pairs) -> float | None:
    """(p_o - p_e) / (1 - p_e), p_e from the label counts of each (Cohen 1960, equation 1).

    None where there are no pairs, or where both give one and the same label throughout.
    """
    n = pairs.total()
    ones, others = Counter[str](), Counter[str]()
    for (one, other), number in pairs.items():
        ones[one] += number
        others[other] += number
    equal = sum(number for (one, other), number in pairs.items() if one == other)
    chance = sum(number * others[label] for label, number in ones.items())
    # In whole numbers n * n p_o and n * n p_e, so that perfect agreement is exactly 1.
    return (n * equal - chance) / (n * n - chance) if n * n > chance else None
