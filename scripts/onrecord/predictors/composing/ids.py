"""Ids and names of what a model finds."""

import hashlib
from collections.abc import Sequence

from ...ids import slug
from .cluster import Cluster
from .forms import Reference

_LONGEST_SLUG = 90


def record_id(letter: str, index: int) -> str:
    """The id of a mention, quote or claim, by its number from 0."""
    return f"{letter}-{index + 1:04}"


def actor_ids(found: Sequence[Cluster], references: Sequence[Reference]) -> list[str]:
    """A slug for each cluster, made of its name; it ends in the kind, so no two kinds share it."""
    taken: set[str] = set()
    names = []
    for cluster in found:
        name = actor_name(cluster, references)
        stem = slug(name)[:_LONGEST_SLUG].strip("-") or _coded(name)
        number, name = 1, f"{stem}-{cluster.kind}"
        while name in taken:
            number += 1
            name = f"{stem}-{number}-{cluster.kind}"
        taken.add(name)
        names.append(name)
    return names


def actor_name(cluster: Cluster, references: Sequence[Reference]) -> str:
    """The longest name, else the longest nominal, else the first mention."""
    mentions = [references[member] for member in cluster.members]
    for form in ("name", "nominal", "adjective"):
        if exact := [mention.exact for mention in mentions if mention.form == form]:
            return max(exact, key=len)
    return mentions[0].exact


def _coded(name: str) -> str:
    """What stands for a name without letters of the Latin alphabet; the same for the same name."""
    return f"x{hashlib.sha256(name.encode()).hexdigest()[:10]}"
