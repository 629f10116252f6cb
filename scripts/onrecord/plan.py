"""Decide what a build has to make, and what it can take over from the dataset that is there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import store, survey
from .grouping import groups
from .paths import SPLITS, Corpus, Place
from .state import Group, Names, Seen, State


@dataclass(frozen=True, slots=True)
class Planned:
    """One group of bundles of a split; `old` is what the dataset has of it, None to make it."""

    split: str
    places: tuple[Place, ...]
    old: Group | None


def planned(corpus: Corpus, size: int, seen: Seen, last: State | None) -> Iterator[Planned]:
    """The groups of every split, in order, of about `size` documents each.

    A group of the last build is taken over if the settings, its bundles, their seeds and the files
    made of them are the same.
    """
    kept = dict(_standing(seen, last)) if last else {}
    for split in SPLITS:
        places = {place.name: place for place in corpus.split(split)}
        sized = [(name, store.count_documents(place.folder)) for name, place in places.items()]
        for names in groups(sized, size):
            key = group_key(split, {n: seen.bundles[f"{split}/{n}"].digest for n in names})
            yield Planned(split, tuple(places[name] for name in names), kept.get(key))


def group_key(split: str, digests: Mapping[str, str]) -> str:
    """What names the content of a group of bundles, given by name in order."""
    contents = [(name, digest.encode()) for name, digest in digests.items()]
    return survey.digest([(split, b""), *contents])


def _standing(seen: Seen, last: State) -> Iterator[tuple[str, Group]]:
    if seen.settings == last.seen.settings:
        for group in last.groups:
            if _stands(group, seen, last.seen):
                yield group.key, group


def _stands(group: Group, seen: Seen, was: Seen) -> bool:
    return all(
        _digest(seen.files, path) == group.made.parts[config].sha256
        for config, path in group.paths.items()
    ) and all(
        _digest(seen.seeds, name) == _digest(was.seeds, name) for name in group.made.roll.documents
    )


def _digest(names: Names, name: str) -> str:
    return names[name].digest if name in names else ""
