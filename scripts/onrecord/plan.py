"""Decide what a build has to make, and what it can take over from the dataset that is there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import store
from .grouping import groups
from .manifest import Content
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
    if last and last.seen.settings != seen.settings:
        last = None  # what other code has packed may have another form
    old = last.groups if last else []
    contents = {
        f"{group.split}/{name}": content
        for group in old
        for name, content in group.made.bundles.items()
    }
    kept = {g.key: g for g in old if last and _stands(g, seen, last.seen)}
    for split in SPLITS:
        found = {place.name: place for place in corpus.split(split)}
        now = {name: _content(place, seen, contents) for name, place in found.items()}
        for names in groups([(name, content.documents) for name, content in now.items()], size):
            key = group_key(split, {name: now[name] for name in names})
            yield Planned(split, tuple(found[name] for name in names), kept.get(key))


def group_key(split: str, contents: Mapping[str, Content]) -> str:
    """What names the content of a group of bundles, given by name in order."""
    told = [(name, content.digest.encode()) for name, content in contents.items()]
    return store.digest_all([(split, b""), *told])


def _content(place: Place, seen: Seen, contents: Mapping[str, Content]) -> Content:
    """What a bundle holds now; of one that changed only the documents are counted."""
    name = f"{place.split}/{place.name}"
    digest = seen.bundles[name].digest
    if name in contents and contents[name].digest == digest:
        return contents[name]
    return Content(digest, store.count_documents(place.folder))


def _stands(group: Group, seen: Seen, was: Seen) -> bool:
    return all(
        _digest(seen.files, path) == group.made.parts[config].sha256
        for config, path in group.paths.items()
    ) and all(
        _digest(seen.seeds, name) == _digest(was.seeds, name) for name in group.made.roll.documents
    )


def _digest(names: Names, name: str) -> str:
    return names[name].digest if name in names else ""
