"""Many documents at once as level 5 sees them: enough to tell whether anything contradicts.

A roll says that there is a conflict, not which; `Ledger` names it. Rolls of groups of documents are
kept between builds, so that one changed document does not make the others be read again.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from .corpus import Summary
from .repeats import bands

Identity = tuple[str | None, ...]


class Roll(msgspec.Struct, frozen=True):
    """Some documents of one split.

    `bands` holds, one document after the other, the keys under which near-duplicates meet: 64 bits
    each, empty where they are not looked for.
    """

    split: str
    documents: tuple[str, ...]
    stories: frozenset[str]
    actors: frozenset[tuple[str, Identity]]
    bands: bytes = b""


def roll(split: str, summaries: Sequence[Summary]) -> Roll:
    """The roll of some documents of one split."""
    return Roll(
        split,
        tuple(summary.name for summary in summaries),
        frozenset(summary.story for summary in summaries if summary.story is not None),
        frozenset((slug, identity) for s in summaries for slug, identity, _ in s.actors),
        b"".join(bands(summary.signature) for summary in summaries if summary.signature),
    )


def at_odds(rolls: Sequence[Roll]) -> bool:
    """Whether anything in the rolls contradicts rules E501 to E504."""
    documents = [name for roll in rolls for name in roll.documents]
    stories = {(story, roll.split) for roll in rolls for story in roll.stories}
    actors = set().union(*(roll.actors for roll in rolls))
    return (
        len(set(documents)) < len(documents)
        or len({story for story, _ in stories}) < len(stories)
        or len({slug for slug, _ in actors}) < len(actors)
        or _repeat(rolls)
    )


def _repeat(rolls: Iterable[Roll]) -> bool:
    """Whether texts of two splits meet under a key."""
    keys: dict[str, bytes] = {}
    for roll in rolls:
        keys[roll.split] = keys.get(roll.split, b"") + roll.bands
    if sum(map(bool, keys.values())) < 2:
        return False
    import numpy as np

    tables = [np.frombuffer(data, np.uint64) for data in keys.values() if data]
    return any(np.intersect1d(one, other).size for one, other in combinations(tables, 2))
