"""In which quotation another lies, where a source only says that one is nested or has nested ones.

It is taken to lie in the innermost that has nested ones and whose words hold all of its own. Of two
with the same words the outer one is that which is less deep by what the source says of both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ...standoff.graph import Stretch


@dataclass(frozen=True, slots=True)
class Nested:
    """The words of a quotation, whether it lies in another, and whether another lies in it."""

    content: tuple[Stretch, ...]
    is_nested: bool
    has_nested: bool


def carriers(quotations: Sequence[Nested]) -> list[int | None]:
    """For each quotation the number of the one that it lies in; None where none or several can be.

    No chain of them leads back to where it began.
    """
    return [_carrier(number, quotations) for number in range(len(quotations))]


def _carrier(number: int, quotations: Sequence[Nested]) -> int | None:
    inner = quotations[number]
    if not inner.is_nested:
        return None
    around = [n for n, other in enumerate(quotations) if _is_around(other, inner)]
    innermost = [
        n for n in around if not any(_is_around(quotations[n], quotations[m]) for m in around)
    ]
    return innermost[0] if len(innermost) == 1 else None


def _is_around(outer: Nested, inner: Nested) -> bool:
    if not outer.has_nested or not _holds(outer, inner):
        return False
    return not _holds(inner, outer) or _depth(outer) < _depth(inner)


def _holds(one: Nested, other: Nested) -> bool:
    return all(
        any(start <= first and last <= end for start, end in one.content)
        for first, last in other.content
    )


def _depth(quotation: Nested) -> int:
    """-1 for an outermost one, 1 for an innermost one."""
    return int(quotation.is_nested) - int(quotation.has_nested)
