"""Documents with flat mentions at random, for scorers that know nothing else."""

import random
from collections.abc import Iterable

from onrecord.model import Actor, Article, Mention

from .articles import article

KINDS = ("person", "organization", "gpe", "group", "artifact")

Flat = tuple[int, int, str]
"""Start, end, kind."""


def flat(rng: random.Random, number: int = 12) -> list[Flat]:
    """Spans in order, three characters or more apart."""
    spans, at = [], 0
    for _ in range(rng.randint(0, number)):
        start = at + rng.randint(3, 9)
        at = start + rng.randint(3, 8)
        spans.append((start, at, rng.choice(KINDS)))
    return spans


def predicted(rng: random.Random, gold: Iterable[Flat]) -> list[Flat]:
    """The same with faults: left out, moved by one, of another kind, and new ones between."""
    spans: list[Flat] = []
    for start, end, kind in gold:
        fault = rng.choice(["none", "none", "absent", "moved", "kind", "both", "spurious"])
        found = start + (fault in ("moved", "both"))
        named = rng.choice(KINDS) if fault in ("kind", "both") else kind
        if fault == "spurious":
            spans.append((start - 2, start, rng.choice(KINDS)))
        if fault != "absent":
            spans.append((found, end, named))
    return spans


def mentioning(spans: Iterable[Flat], name: str = "a") -> Article:
    """An article whose mentions are these spans, one actor for each kind."""
    found = list(spans)
    made = article("x" * max((end for _, end, _ in found), default=1), name=name)
    made.actors.extend(Actor(doc=name, id=kind, name=kind, kind=kind) for kind in KINDS)
    for number, (start, end, kind) in enumerate(found):
        made.mentions.append(
            Mention(
                doc=name, id=f"m-{number:04}", actor=kind, form="name",
                start=start, end=end, exact="x" * (end - start),
            )
        )  # fmt: skip
    return made
