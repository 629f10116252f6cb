"""Actors and mentions as records."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ...ids import numbered, slug
from ...model import Actor, Document, Mention
from .cluster import Cluster
from .forms import Reference

_LONGEST_SLUG = 90


def actor_records(
    document: Document,
    clusters: Sequence[Cluster],
    ids: Sequence[str],
    references: Sequence[Reference],
) -> Iterator[Actor]:
    """An actor for each cluster, under its id."""
    for cluster, key in zip(clusters, ids, strict=True):
        name = _name(cluster, references)
        yield Actor(doc=document.id, id=key, name=name, kind=cluster.kind)


def mention_records(
    document: Document, references: Sequence[Reference], actors: Mapping[int, str]
) -> Iterator[Mention]:
    """A mention for each reference, in order; `actors` are ids by the index of the reference."""
    for index, reference in enumerate(references):
        yield Mention(
            doc=document.id,
            id=numbered("m", index + 1),
            actor=actors[index],
            form=reference.form,
            start=reference.start,
            end=reference.end,
            exact=reference.exact,
        )


def actor_ids(clusters: Sequence[Cluster], references: Sequence[Reference]) -> list[str]:
    """A slug for each cluster, made of its name; it ends in the kind, so no two kinds share it."""
    taken: set[str] = set()
    last: Counter[tuple[str, str]] = Counter()
    made = []
    for cluster in clusters:
        name = _name(cluster, references)
        stem = slug(name)[:_LONGEST_SLUG].strip("-") or _coded(name)
        found = f"{stem}-{cluster.kind}"
        while found in taken:
            last[stem, cluster.kind] += 1
            found = f"{stem}-{1 + last[stem, cluster.kind]}-{cluster.kind}"
        taken.add(found)
        made.append(found)
    return made


def _name(cluster: Cluster, references: Sequence[Reference]) -> str:
    """The longest name, else the longest nominal, else the first mention."""
    mentions = [references[member] for member in cluster.members]
    for form in ("name", "nominal", "adjective"):
        if exact := [mention.exact for mention in mentions if mention.form == form]:
            return max(exact, key=len)
    return mentions[0].exact


def _coded(name: str) -> str:
    """What stands for a name without letters of the Latin alphabet; the same for the same name."""
    return f"x{hashlib.sha256(name.encode()).hexdigest()[:10]}"
