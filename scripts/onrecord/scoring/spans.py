"""Where records stand in a text."""

from collections.abc import Iterable

from ..model import Mention, Span

Bounds = tuple[tuple[int, int], ...]
"""Start and end of each of a list of spans, in order and apart from each other."""


def bounds(spans: Iterable[Span | Mention]) -> Bounds:
    """Where spans stand."""
    return tuple((span.start, span.end) for span in spans)
